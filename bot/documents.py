"""Documents of a form as bytes with their names: report, score sheet, letter, evidence index."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import PurePath
from typing import Protocol, TypeVar

import structlog

from bot.phrases import phrase
from dialogs.case import FormView
from reports.given import Given
from reports.pdf import PdfFailed, make_pdf
from scoring.engine import score
from scoring.standard import Standard
from scoring.values import Value

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
log = structlog.get_logger(__name__)
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class Papers(Protocol):
    """Whatever has a name and a type: made or stored documents."""

    @property
    def name(self) -> str: ...

    @property
    def content_type(self) -> str: ...


_Named = TypeVar("_Named", bound=Papers)


@dataclass(frozen=True)
class Document:
    """A made document; `name` is what people see."""

    name: str
    content: bytes = field(repr=False)
    content_type: str


@dataclass(frozen=True)
class Edition:
    """What a final is made with: number of the version, the version code printed on every page,
    the evidence given."""

    version: int
    code: str = ""
    given: Sequence[Given] = ()


Builder = Callable[[FormView, Standard, Mapping[str, Value], Edition | None], list[Document]]
"""(form, standard, answers, edition) → documents; None asks for the draft alone."""


def build_documents(
    form: FormView,
    standard: Standard,
    answers: Mapping[str, Value],
    edition: Edition | None,
    *,
    pdf: bool = True,
) -> list[Document]:
    """The draft of the report, or for an edition all that is delivered: the final report (also as
    PDF where LibreOffice is, if `pdf`), score sheet, covering letter and evidence index. Slow:
    never to be called inside a reply."""
    sheet = score(standard, answers)
    # Only the worker needs these libraries, so a web process doesn't load them.
    report = import_module("reports.report")
    if edition is None:
        content = report.build_report(standard, answers, sheet, draft=True)
        return [Document(file_name("draft_name", form), content, DOCX)]
    version, code = edition.version, edition.code
    words = phrase("version", version=version)
    final = report.build_report(standard, answers, sheet, draft=False, version=words, code=code)
    table = import_module("reports.score_sheet").build_score_sheet(
        standard, answers, sheet, code=code, gathered={each.item for each in edition.given}
    )
    letter = import_module("reports.letter").build_letter(standard, answers, sheet, code=code)
    index = import_module("reports.evidence_index").build_evidence_index(
        standard, answers, sheet, edition.given, code=code
    )
    return [
        Document(file_name("report_name", form, version), final, DOCX),
        *(_as_pdf(file_name("report_pdf_name", form, version), final) if pdf else []),
        Document(file_name("score_sheet_name", form, version), table, XLSX),
        Document(file_name("letter_name", form, version), letter, DOCX),
        Document(file_name("index_name", form, version), index, DOCX),
    ]


def _as_pdf(name: str, content: bytes) -> list[Document]:
    """Nothing where it can't be made: a report is never late for want of a PDF."""
    try:
        made = make_pdf(content)
    except PdfFailed as failure:
        log.warning("no_pdf", reason=str(failure))
        return []
    return [Document(name, made, PDF)] if made else []


def to_print(documents: Sequence[_Named]) -> list[_Named]:
    """What is to be printed: of a document that is there as Word and PDF only the PDF."""
    pdfs = {PurePath(d.name).stem for d in documents if d.content_type == PDF}
    return [d for d in documents if d.content_type != DOCX or PurePath(d.name).stem not in pdfs]


def file_name(code: str, form: FormView, version: int = 0) -> str:
    """A file name without what WeChat Work or a file system refuses."""
    name = phrase(code, department=form.department, year=form.year, version=version)
    return fit_name(name)


def fit_name(name: str) -> str:
    """A file name without what WeChat Work or a file system refuses."""
    return _UNFIT.sub("", name)
