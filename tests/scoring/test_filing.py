"""FACTS files: what is wrong is told with file, line and what to do."""

from pathlib import Path

import pytest

from scoring.filing import FactsError, read_answers, read_answers_file
from scoring.standard import Standard
from scoring.values import YesNo


@pytest.mark.parametrize(
    ("text", "line", "code", "words"),
    [
        (
            "has_rent: true\nincome_totl: 1万元",
            2,
            "facts_unknown",
            "income_total（财政拨款收入合计",
        ),
        ("财政拨款收入合计: 1万元", 1, "facts_unknown", "income_total"),
        ("zzzzzz: 1", 1, "facts_unknown_far", "jixiao standard facts"),
        ("7: 1", 1, "facts_unknown_far", "7"),
        ("# 说明\n\nincome_total: 12", 3, "bad_money_unit", "12"),
        ("special_funds:\n- name: a\n  amount: 3\n", 3, "bad_money_unit", "第1行"),
        ("goals:\n- name: a\n- nam: b\n", 3, "bad_column", "nam"),
        ("has_rent: true\nhas_rent: false", 2, "facts_not_yaml", "has_rent"),
        ("- 1", 1, "facts_not_mapping", "数据名"),
        ("只有文字", 1, "facts_not_mapping", "数据名"),
        ("has_rent: {na: 没有}", 1, "bad_not_applicable", "有资产出租出借收入"),
        ("has_rent: {a: [b: c]}", 1, "bad_yesno", "true"),
    ],
)
def test_mistakes(standard: Standard, text: str, line: int, code: str, words: str) -> None:
    with pytest.raises(FactsError) as refused:
        read_answers(standard, "f.yaml", text)
    [mistake] = refused.value.mistakes
    assert (mistake.file, mistake.line, mistake.code) == ("f.yaml", line, code)
    assert words in str(mistake)


def test_all_mistakes_at_once(standard: Standard) -> None:
    with pytest.raises(FactsError) as refused:
        read_answers(standard, "f.yaml", "income_total: 1\nhas_rent: 2\nfilled_on: 3\n")
    assert [mistake.line for mistake in refused.value.mistakes] == [1, 2, 3]


def test_empty_values_are_no_answers(standard: Standard) -> None:
    assert read_answers(standard, "f.yaml", "income_total:\nhas_rent: true") == {
        "has_rent": YesNo(True)
    }
    assert read_answers(standard, "f.yaml", "") == {}


def test_files_that_cannot_be_read(standard: Standard, tmp_path: Path) -> None:
    wrong = tmp_path / "gbk.yaml"
    wrong.write_bytes("department_name: 财政局".encode("gbk"))
    for path, code in ((wrong, "facts_not_utf8"), (tmp_path / "nix.yaml", "facts_absent")):
        with pytest.raises(FactsError) as refused:
            read_answers_file(standard, path)
        assert [mistake.code for mistake in refused.value.mistakes] == [code]
    with pytest.raises(FactsError):
        read_answers_file(standard, tmp_path)
