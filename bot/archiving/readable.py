"""What people can read in an archive without any program of ours: tables as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.phrases import knows, phrase
from scoring.plain import read_value
from scoring.standard import Standard
from scoring.wording import written

Plain = Mapping[str, Any]
# Excel shows Chinese in a CSV only where it begins with this mark.
_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV that Excel opens; nothing in it is a formula."""
    out = io.StringIO()
    out.write(_MARK)
    writer = csv.writer(out)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_harmless(str(cell)) for cell in row])
    return out.getvalue().encode()


def answers(
    standard: Standard, form: Mapping[str, Any], names: Mapping[str, str], zone: ZoneInfo
) -> bytes:
    """The present answers in the order of the questions."""
    given = {row["fact"]: row for row in form["present_answers"]}
    rows = []
    for question in standard.questions:
        for fact in question.facts:
            row = given.get(fact)
            if row is not None:
                number = standard.number_of[question.id]
                label = standard.facts[fact].label
                value = _words(standard, fact, row["value"])
                rows.append(
                    (number, label, value, _who(names, row["actor"]), _when(row["at"], zone))
                )
    return table(_heads("archive_answer_heads"), rows)


def history(
    standard: Standard, form: Mapping[str, Any], names: Mapping[str, str], zone: ZoneInfo
) -> bytes:
    """Every answer ever given, oldest first, in the words it was given in."""
    rows = []
    for row in form["answer_events"]:
        spec = standard.facts.get(row["fact"])
        label = spec.label if spec else row["fact"]
        if row["purged_at"]:
            value = phrase("archive_purged")
        elif row["value"] is None:
            value = phrase("archive_taken_back")
        else:
            value = _words(standard, row["fact"], row["value"])
        rows.append((_when(row["at"], zone), _who(names, row["actor"]), label, value, row["raw"]))
    return table(_heads("archive_history_heads"), rows)


def course(form: Mapping[str, Any], names: Mapping[str, str], zone: ZoneInfo) -> bytes:
    """What was done with the form."""
    rows = []
    for row in form["form_events"]:
        act = phrase(f"act_{row['act']}") if knows(f"act_{row['act']}") else row["act"]
        to = phrase(f"state_{row['to_state']}") if knows(f"state_{row['to_state']}") else ""
        rows.append((_when(row["at"], zone), _who(names, row["actor"]), act, to, row["words"]))
    return table(_heads("archive_course_heads"), rows)


def people(roster: Mapping[str, Any], departments: Mapping[int, str]) -> bytes:
    """Who held which role."""
    names = {row["userid"]: row["name"] for row in roster["people"]}
    rows = [
        (
            names.get(row["userid"], ""),
            row["userid"],
            phrase(f"archive_role_{row['role']}"),
            departments.get(row["department_id"] or 0, phrase("archive_everywhere")),
            row["title"],
        )
        for row in roster["roles"]
        if row["department_id"] is None or row["department_id"] in departments
    ]
    return table(_heads("archive_people_heads"), rows)


def _heads(code: str) -> list[str]:
    return phrase(code).split()


def _words(standard: Standard, fact: str, plain: Any) -> str:
    """A value as on paper; tables row by row."""
    spec = standard.facts.get(fact)
    if spec is None or not isinstance(plain, list) or not spec.columns:
        return written(read_value(spec, plain)) if spec else str(plain)
    lines = []
    for row in plain:
        cells = [
            phrase("archive_cell", label=column.label, value=row[name])
            for name, column in spec.columns.items()
            if name in row
        ]
        lines.append(phrase("list_comma").join(cells))
    return "\n".join(lines)


def _who(names: Mapping[str, str], userid: str) -> str:
    return names.get(userid, userid)


def _when(iso: str, zone: ZoneInfo) -> str:
    return f"{datetime.fromisoformat(iso).astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _harmless(cell: str) -> str:
    """A cell that a program takes for words."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
