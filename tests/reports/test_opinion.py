"""The opinion of finance as a paper: what it says, and that it says the same of the same."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from reports.opinion import build_opinion
from reports.opinion_words import Objection, Reviewed, Told
from reports.pdf import make_pdf
from scoring.standard import Standard
from scoring.values import Offline, Value

Answers = dict[str, Value]
Text = Callable[[bytes], str]
TOLD = Told(
    "梅州市梅江区科工商务局",
    number=1,
    version=2,
    on=date(2022, 6, 20),
    points={
        "B3-1": Reviewed(Decimal("1.50"), "合同少了两份<附件> & 验收单"),
        "A1-3": Reviewed(Decimal(4), "差异已说明"),
    },
    until=date(2022, 6, 27),
)


def test_every_change_with_its_reason(
    standard: Standard, answers: Answers, docx_text: Text
) -> None:
    text = docx_text(build_opinion(standard, answers, TOLD))
    assert "自评得分95.45分，复核得分95.5分（满分100分），相差0.05分，绩效等级为“优”。" in text
    assert "B3-1\t政府采购执行率\t3\t2.95\t1.5\t合同少了两份<附件> & 验收单" in text
    assert "A1-3\t财政拨款收入预决算差异率\t4\t2.5\t4\t差异已说明" in text
    assert "优（90分及以上）；良（80分及以上、不满90分）" in text
    assert "差（不满60分）" in text
    assert "2022年6月27日（含当日）前" in text
    assert "（第2版）" in text
    assert "申辩意见的采纳情况" not in text


def test_the_final_one_says_what_became_of_objections(
    standard: Standard, answers: Answers, docx_text: Text
) -> None:
    heard = (
        Objection("B3-1", "合同在材料里。", True, "已核实"),
        Objection("C4-2", "问卷是抽样的", False, "没有抽样说明"),
    )
    told = replace(TOLD, number=2, until=None, final=True, objections=heard)
    text = docx_text(build_opinion(standard, answers, told))
    assert "最终复核意见" in text
    assert "你单位认为：合同在材料里。经研究，予以采纳：已核实。" in text
    assert "你单位认为：问卷是抽样的。经研究，不予采纳：没有抽样说明。" in text
    assert "四、下一步" in text
    assert "提出申辩，说明" not in text


def test_nothing_changed(standard: Standard, answers: Answers, docx_text: Text) -> None:
    text = docx_text(build_opinion(standard, answers, replace(TOLD, points={}, until=None)))
    assert "各项指标均按自评分核定，复核得分95.45分" in text


def test_what_was_on_paper_needs_points(
    standard: Standard, answers: Answers, docx_text: Text
) -> None:
    answers["income_adjusted_budget"] = Offline()
    with pytest.raises(ValueError, match="on paper"):
        build_opinion(standard, answers, replace(TOLD, points={}))
    text = docx_text(build_opinion(standard, answers, TOLD))
    assert "A1-3\t财政拨款收入预决算差异率\t4\t线下报送\t4" in text
    assert "自评没有总分" in text


def test_the_same_gives_the_same_bytes(standard: Standard, answers: Answers) -> None:
    assert build_opinion(standard, answers, TOLD) == build_opinion(standard, answers, TOLD)


def test_hostile_words_do_no_harm(standard: Standard, answers: Answers) -> None:
    points = {"B3-1": Reviewed(Decimal(1), "{{ 7*7 }}\x00\x0b]]>\ud800" + "长" * 500)}
    data = build_opinion(standard, answers, replace(TOLD, points=points))
    cells = [c.text for t in Document(io.BytesIO(data)).tables for r in t.rows for c in r.cells]
    assert any(cell.startswith("{{ 7*7 }}") for cell in cells)


@pytest.mark.slow
def test_it_opens_in_libreoffice(standard: Standard, answers: Answers, tmp_path: Path) -> None:
    made = make_pdf(build_opinion(standard, answers, TOLD))
    assert made
    (tmp_path / "opinion.pdf").write_bytes(made)
    words = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "opinion.pdf"), "-"],
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert "复核意见" in words
    assert "合同少了两份" in words.replace("\n", "")
