"""Sentences: what is not there folds a sentence away, marks it, or says why."""

from __future__ import annotations

from decimal import Decimal

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from reports.sentences import Sentences
from reports.shown import GAP_CLOSES, GAP_OPENS, Absence, Amount, Missing, Row, Ticked
from scoring.standard import Standard
from scoring.values import Money, Percent


@pytest.fixture
def sentences(standard: Standard) -> Sentences:
    made = Sentences(standard.outline.words)
    made.context |= {
        "gap": made.gap("金额"),
        "paper": made.on_paper(),
        "absent": made.absent("本年度无采购。"),
        "blank": Missing(Absence.BLANK, ""),
        "money": Amount(Money(Decimal("2767733"), "yuan")),
        "zero": Amount(Money(Decimal(0), "wan")),
        "rate": Percent(Decimal("98.31")),
        "words": "一句话；",
        "ticks": Ticked(("甲", "乙"), ()),
        "rows": [Row({"name": "甲。", "done": True}), Row({"name": "乙", "done": False})],
    }
    return made


GAP = f"{GAP_OPENS}【待填：金额】{GAP_CLOSES}"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("收入{{ money|wan }}。", "收入276.77万元。"),
        ("收入{{ money }}。", "收入2767733元。"),
        ("{{ zero|wan }}", "0万元"),
        ("{% if zero %}有{% else %}无{% endif %}", "无"),
        ("{% if money > zero %}多{% endif %}", "多"),
        ("{{ rate }}", "98.31%"),
        ("{{ words|bare }}，{{ words|full }}", "一句话，一句话。"),
        ("{{ ticks.met|join('、') }}{{ ticks.unmet|length }}", "甲、乙0"),
        ("{{ rows|names }}", "甲、乙"),
        ("{{ rows|yes('done')|names }}/{{ rows|no('done')|names }}", "甲/乙"),
        ("{{ rows[0].done }}", "是"),
        ("收入{{ gap|wan }}。", f"收入{GAP}。"),
        ("{% if gap %}有{% endif %}", GAP),
        ("{% if gap is given %}有{% endif %}", GAP),
        ("{% for x in gap %}{{ x }}{% endfor %}", GAP),
        ("{{ growth(money, gap, '上年') }}", GAP),
        ("{{ gap.met|join }}", GAP),
        ("采购{{ absent|wan }}。", "本年度无采购。"),
        ("{% if absent < money %}少{% endif %}", "本年度无采购。"),
        ("{% if absent is given %}有{% else %}无{% endif %}", "无"),
        ("收入{{ paper|wan }}。", "收入（该数据涉及不宜公开内容，已线下报送）。"),
        ("{% if paper %}有{% endif %}", "该数据涉及不宜公开内容，已线下报送。"),
        ("{{ growth(money, paper, '上年') }}", "增减情况已线下报送"),
        ("公开{{ blank }}。", ""),
        ("{% if blank %}有{% else %}无{% endif %}", "无"),
        ("{{ listed([['省', money], ['市', blank], ['区', zero]]) }}", "省2767733元、区0万元"),
    ],
)
def test_rendered(sentences: Sentences, sentence: str, said: str) -> None:
    assert sentences.render(sentence) == said


def test_what_is_said_instead_is_said_once(sentences: Sentences) -> None:
    said = sentences.paragraph(["{{ absent }}一。", "{{ absent }}二。", "三。", "{{ blank }}"])
    assert said == "本年度无采购。三。"


def test_names_nobody_knows_are_errors(sentences: Sentences) -> None:
    with pytest.raises(UndefinedError):
        sentences.render("{{ nobody }}")


@pytest.mark.parametrize(
    "attack",
    ["{{ ''.__class__.__mro__ }}", "{{ rows.append(1) }}", "{{ money.__init__.__globals__ }}"],
)
def test_sentences_stay_in_their_sandbox(sentences: Sentences, attack: str) -> None:
    with pytest.raises((SecurityError, UndefinedError)):
        sentences.render(attack)
