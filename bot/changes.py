"""What is different from the version that a desk saw last, in short lines for its notice."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from bot.phrases import phrase
from bot.services import Services
from bot.shelf import read_answers
from dialogs.case import Role, Waiting
from dialogs.wording import shortened
from reports.comparison import Comparison, compare
from scoring.wording import written
from storage import deliveries, submissions
from storage.submissions import Submission

MOST_LINES = 8
_LIMIT = 40


def with_changes(services: Services, tx: Connection, waiting: Waiting, role: Role) -> Waiting:
    """The view with what changed since the reviewers' last submission or finance's last
    delivery; as it is where there was none before."""
    seen = _seen(tx, waiting, role)
    if seen is None:
        return waiting
    before = read_answers(waiting.standard, submissions.answers_of(tx, seen))
    found = compare(waiting.standard, before, waiting.answers)
    return replace(waiting, changes=tuple(short_lines(found)))


def short_lines(found: Comparison) -> list[str]:
    """The comparison in a few lines, the scores last."""
    lines = [_fact(each.number, each.label, each.old, each.new) for each in found.facts]
    for table in found.tables:
        counts = {
            "added": len(table.added),
            "removed": len(table.removed),
            "cells": len({cell.row for cell in table.cells}),
        }
        parts = [phrase(f"change_{name}", count=n) for name, n in counts.items() if n]
        told = phrase("list_comma").join(parts) or phrase("change_order")
        lines.append(phrase("change_table", number=table.number, label=table.label, told=told))
    if len(lines) > MOST_LINES:
        more = phrase("change_more", count=len(lines) - MOST_LINES)
        lines = [*lines[:MOST_LINES], more]
    for moved in found.moved[:MOST_LINES]:
        lines.append(
            phrase(
                "change_moved",
                indicator=moved.code,
                name=moved.name,
                old=written(moved.old),
                new=written(moved.new),
            )
        )
    if found.total_before != found.total_after:
        lines.append(
            phrase("change_total", old=written(found.total_before), new=written(found.total_after))
        )
    return lines or [phrase("change_nothing")]


def _fact(number: int, label: str, old: str, new: str) -> str:
    blank = phrase("change_blank")
    told = {"old": shortened(old, _LIMIT) or blank, "new": shortened(new, _LIMIT) or blank}
    return phrase("change_fact", number=number, label=label, **told)


def _seen(tx: Connection, waiting: Waiting, role: Role) -> Submission | None:
    """The submission that was seen before the newest one."""
    sent_in = submissions.of_form(tx, waiting.form.id)
    if role is not Role.FINANCE:
        return sent_in[-2] if len(sent_in) > 1 else None
    earlier = [
        each.submission
        for each in deliveries.of_form(tx, waiting.form.id)
        if each.version < waiting.form.version and each.submission
    ]
    return next((each for each in sent_in if each.number == max(earlier, default=0)), None)
