"""An outline that does not fit its standard is refused with file, line and what is wrong."""

from __future__ import annotations

import json

import pytest

from reports.sentences import Sentences
from scoring.loading import from_text
from scoring.outline_checks import FILTERS, TESTS
from scoring.problems import StandardError
from scoring.standard import Standard


def _problems(standard: Standard, old: str, new: str) -> str:
    files = json.loads(standard.text)
    assert files["outline.yaml"].count(old) >= 1, old
    files["outline.yaml"] = files["outline.yaml"].replace(old, new, 1)
    with pytest.raises(StandardError) as caught:
        from_text(json.dumps(files), "demo")
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{ next_steps|full }}", "{{ next_step|full }}", "不存在的“next_step”"),
        ("{{ next_steps|full }}", "{{ next_steps|fully }}", "不存在的“fully”"),
        ("{{ next_steps|full }}", "{{ next_steps|full }", "读不懂"),
        ("budget_reasonable.met ", "budget_reasonable.mett ", "不存在的“budget_reasonable.mett”"),
        ("{{ leader_posts|bare }}", "{{ leader_posts.__class__ }}", "“leader_posts.__class__”"),
        ("{{ row.kind|bare }}", "{{ row.kinds|bare }}", "没有的栏目“kinds”"),
        ("{{ department_name }}{{ year", "{{ department_name|wan }}{{ year", "text 类型"),
        ('goals|yes("reached")', 'yearly_work|yes("reached")', "只能用在 rows"),
        ('income_general_last_year, "上年决算数")', "income_general_last_year)", "三项"),
        ("growth(income_general, ", "growth(department_name, ", "三项"),
        ("documents is given", "documents is gvien", "不存在的“gvien”"),
        ("{{ row.text|full }}", "{{ row.txt|full }}", "没有的栏目“txt”"),
        ("key_tasks|yes('done')", "key_tasks|yes('ready')", "没有的栏目“ready”"),
        ("{column: authorised", "{column: authorized", "没有的栏目“authorized”"),
        ("each: duties", "each: next_steps", "“next_steps”不是一张表"),
        ("table: staffing", "table: staff", "“staff”不是一张表"),
        ("  C4-2:\n", "  C4-9:\n", "“C4-9”不是三级指标"),
        ("  C4-2:\n", "  C4-9:\n", "C4-2没有指标分析"),
        ("  same: 与{{ than }}持平", "  same: 与{{ then }}持平", "不存在的“then”"),
        ("  same: 与{{ than }}持平\n", "", "same"),
        ("  - {insert: causes}", "  - {insert: reasons}", "reasons"),
        ("- {each: duties, text:", "- {each: duties, heading: x, text:", "每一块要且只要写"),
        ("  B2-1:\n  - text:", "  B2-1:\n  - heading: x\n  - text:", "不能有 heading"),
    ],
)
def test_refused(standard: Standard, old: str, new: str, said: str) -> None:
    assert said in _problems(standard, old, new)


def test_the_line_is_named(standard: Standard) -> None:
    text = json.loads(standard.text)["outline.yaml"]
    line = text[: text.index("{{ contact_phone }}")].count("\n") + 1
    said = _problems(standard, "{{ contact_phone }}", "{{ phone }}")
    assert said.startswith(f"demo/outline.yaml:{line}: ")


def test_sentences_know_every_word_that_outlines_may_use(standard: Standard) -> None:
    jinja = Sentences(standard.outline.words)._jinja
    assert set(jinja.filters) >= FILTERS
    assert set(jinja.tests) >= TESTS


def test_a_bureau_can_change_a_sentence(standard: Standard) -> None:
    files = json.loads(standard.text)
    files["outline.yaml"] = files["outline.yaml"].replace("故此项指标自评", "本项自评")
    assert from_text(json.dumps(files)).hash != standard.hash
