"""What is different from the version that a desk saw last, in short lines for its notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from bot.excerpts import excerpts
from bot.phrases import phrase
from bot.services import Services
from bot.shelf import read_answers
from dialogs.case import Role, Waiting
from dialogs.wording import shortened
from reports.comparison import Comparison, compare
from scoring.standard import Standard
from scoring.wording import written
from storage import deliveries, evidence, submissions
from storage.evidence import Evidence
from storage.submissions import Submission

MOST_LINES = 8
MOST_ITEMS = 4
_LIMIT = 40


def with_changes(services: Services, tx: Connection, waiting: Waiting, role: Role) -> Waiting:
    """The view with what changed since the reviewers' last submission or finance's last
    delivery; as it is where there was none before."""
    seen = _seen(tx, waiting, role)
    if seen is None:
        return waiting
    before = read_answers(waiting.standard, submissions.answers_of(tx, seen))
    found = compare(waiting.standard, before, waiting.answers)
    given = evidence_line(
        waiting.standard,
        evidence.as_of(tx, waiting.form.id, seen.at),
        _given(tx, waiting, role),
    )
    return replace(waiting, changes=tuple(short_lines(found, given)))


def _given(tx: Connection, waiting: Waiting, role: Role) -> list[Evidence]:
    """The evidence of the version that is spoken of: of a delivered one what there was then."""
    made_of = {each.version: each.submission for each in deliveries.of_form(tx, waiting.form.id)}
    number = made_of.get(waiting.form.version) if role is Role.FINANCE else None
    sent_in = {each.number: each for each in submissions.of_form(tx, waiting.form.id)}
    if number in sent_in:
        return evidence.as_of(tx, waiting.form.id, sent_in[number].at)
    return evidence.of_form(tx, waiting.form.id)


def evidence_line(standard: Standard, before: Sequence[Evidence], after: Sequence[Evidence]) -> str:
    """For which items files came, were replaced or were taken out; "" where none were."""
    old, new = _files(before), _files(after)
    moved = {item: (old.get(item, set()), new.get(item, set())) for item in {**old, **new}}
    names = {item.id: item.name for each in standard.indicators for item in each.evidence}
    kinds: dict[str, list[str]] = {"new": [], "replaced": [], "gone": []}
    order = [*names, *sorted(set(moved) - set(names))]
    for item in (each for each in order if each in moved):
        was, now = moved[item]
        if was != now:
            kind = "new" if was < now else "gone" if now < was else "replaced"
            kinds[kind].append(names.get(item, phrase("change_evidence_others")))
    told = [
        phrase(f"change_evidence_{kind}", count=len(found), names=_some(found))
        for kind, found in kinds.items()
        if found
    ]
    return phrase("change_evidence", told=phrase("list_comma").join(told)) if told else ""


def _files(given: Sequence[Evidence]) -> dict[str, set[str]]:
    """What lies under each item, by the files' hashes."""
    found: dict[str, set[str]] = {}
    for each in given:
        found.setdefault(each.item, set()).add(each.sha256)
    return found


def _some(names: Sequence[str]) -> str:
    shown = phrase("list_comma").join(names[:MOST_ITEMS])
    return phrase("change_evidence_more", names=shown) if len(names) > MOST_ITEMS else shown


def short_lines(found: Comparison, given: str = "") -> list[str]:
    """The comparison in a few lines, the evidence and the scores last; `given` is the line about
    the evidence."""
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
    lines += [given] if given else []
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
    old, new = excerpts(old, new, _LIMIT) if old and new else (old, new)
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
