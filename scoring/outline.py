"""The report's chapters, and which facts and indicators stand where."""

from __future__ import annotations

from scoring.questionnaire import Strict


class Outline(Strict):
    """The outline of the report as data."""

    title: str
