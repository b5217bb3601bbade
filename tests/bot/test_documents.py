"""What is delivered: which documents, under which names, with which code, with or without PDF."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from docx import Document as Word

from bot import documents
from bot.documents import DOCX, PDF, Document, Edition, build_documents, to_print
from dialogs.case import FormView
from reports.pdf import PdfFailed
from scoring.standard import Standard
from scoring.values import Value

CODE = "W62J-NQ"
FORM = FormView(1, "approved", "科工/商务局", 2021, datetime(2022, 6, 15, tzinfo=UTC))
Answers = dict[str, Value]


def suffixes(made: list[Document]) -> list[str]:
    return [document.name.rpartition(".")[2] for document in made]


def test_the_draft_comes_alone(standard: Standard, whole_answers: Answers) -> None:
    (draft,) = build_documents(FORM, standard, whole_answers, None)
    assert draft.name == "科工商务局2021年度部门整体绩效自评报告（草稿）.docx"


def test_an_edition_is_all_that_finance_gets(standard: Standard, whole_answers: Answers) -> None:
    made = build_documents(FORM, standard, whole_answers, Edition(2, CODE), pdf=False)
    assert [document.name for document in made] == [
        "科工商务局2021年度部门整体绩效自评报告（第2版）.docx",
        "科工商务局2021年度部门整体绩效评分表（第2版）.xlsx",
        "科工商务局2021年度部门整体绩效自评报送函（第2版）.docx",
        "科工商务局2021年度部门整体绩效佐证材料目录（第2版）.docx",
    ]
    for document in made:
        if document.content_type == DOCX:
            section = Word(io.BytesIO(document.content)).sections[0]
            assert CODE in section.footer.paragraphs[0].text


def test_the_pdf_stands_beside_the_report_and_is_what_is_printed(
    standard: Standard, whole_answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "make_pdf", lambda content: b"%PDF")
    made = build_documents(FORM, standard, whole_answers, Edition(2, CODE))
    assert suffixes(made) == ["docx", "pdf", "xlsx", "docx", "docx"]
    assert (made[1].content, made[1].content_type) == (b"%PDF", PDF)
    assert to_print(made) == made[1:]


def test_without_libreoffice_the_word_file_is_printed(
    standard: Standard, whole_answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "make_pdf", lambda content: None)
    made = build_documents(FORM, standard, whole_answers, Edition(2, CODE))
    assert suffixes(made) == ["docx", "xlsx", "docx", "docx"]
    assert to_print(made) == made


def test_a_report_is_never_late_for_want_of_a_pdf(
    standard: Standard, whole_answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(content: bytes) -> bytes:
        raise PdfFailed("it took too long")

    monkeypatch.setattr(documents, "make_pdf", fails)
    assert len(build_documents(FORM, standard, whole_answers, Edition(2, CODE))) == 4
