"""Documents of a form as bytes with their names: the report and the score sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from bot.phrases import phrase
from dialogs.case import FormView
from scoring.engine import score
from scoring.standard import Standard
from scoring.values import Value

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True)
class Document:
    """A made document; `name` is what people see."""

    name: str
    content: bytes = field(repr=False)
    content_type: str


Builder = Callable[[FormView, Standard, Mapping[str, Value], int | None], list[Document]]
"""(form, standard, answers, version) → documents; version None asks for the draft alone."""


def build_documents(
    form: FormView, standard: Standard, answers: Mapping[str, Value], version: int | None
) -> list[Document]:
    """The draft of the report, or for a version the final report and its score sheet. Slow:
    never to be called inside a reply."""
    # Only the worker needs these libraries, so a web process doesn't load them.
    report = import_module("reports.report")
    sheet = score(standard, answers)
    if version is None:
        content = report.build_report(standard, answers, sheet, draft=True)
        return [Document(_name("draft_name", form), content, DOCX)]
    score_sheet = import_module("reports.score_sheet")
    words = phrase("version", version=version)
    final = report.build_report(standard, answers, sheet, draft=False, version=words)
    table = score_sheet.build_score_sheet(standard, answers, sheet)
    return [
        Document(_name("report_name", form, version), final, DOCX),
        Document(_name("score_sheet_name", form, version), table, XLSX),
    ]


def _name(code: str, form: FormView, version: int = 0) -> str:
    """A file name without what WeChat Work or a file system refuses."""
    name = phrase(code, department=form.department, year=form.year, version=version)
    return _UNFIT.sub("", name)
