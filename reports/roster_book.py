"""The roster as a workbook to be filled in, empty or with what holds now."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports import roster_layout as layout
from reports.roster import EVERYWHERE, REVIEWER, ROLES, Department, Roster
from reports.wording import phrases, say
from reports.workbook_look import Look, height

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_WIDTHS = {
    "departments": (14, 40, 34),
    "units": (30, 14, 40),
    "people": (12, 22, 12, 34, 11, 14, 16, 24, 30),
}
_BLANK_ROWS = 400
_HEAD = 1
_HELP_WIDTH = 100
_HELP_LINE = 1.3
_GREY = "#808080"


def build_roster_book(roster: Roster | None = None) -> bytes:
    """The bytes of an .xlsx file: three sheets to be filled in and one that explains them.
    Without a roster they hold examples, which are not read back."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    workbook.set_properties({"created": _MADE.replace(tzinfo=None)})
    _Book(workbook).fill(roster)
    workbook.close()
    return buffer.getvalue()


class _Book:
    """The workbook, sheet by sheet."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook, self.look = workbook, Look(workbook)
        text = {"border": 1, "valign": "vcenter", "text_wrap": True, "num_format": "@"}
        self.text = workbook.add_format({**text, "font_size": 11})
        self.example = workbook.add_format({**text, "italic": True, "font_color": _GREY})
        self.help = workbook.add_format({"text_wrap": True, "valign": "top", "font_size": 11})

    def fill(self, roster: Roster | None) -> None:
        pages = {kind: self._sheet(kind) for kind in layout.SHEETS}
        self._help()
        if roster is None:
            examples = phrases()["roster_examples"]
            lines = {
                "departments": [examples["departments"]],
                "units": [examples["units"]],
                "people": examples["people"],
            }
        else:
            lines = {
                "departments": _departments(roster),
                "units": _units(roster),
                "people": _people(roster),
            }
        for kind, page in pages.items():
            look = self.example if roster is None else self.text
            for at, line in enumerate(lines[kind], start=_HEAD):
                for column, words in enumerate(line):
                    page.write_string(at, column, words, look)
            self._guard(kind, page, _HEAD + len(lines[kind]))

    def _sheet(self, kind: str) -> Worksheet:
        page: Worksheet = self.workbook.add_worksheet(layout.sheet_title(kind))
        needed = layout.required(kind)
        for column, (name, width) in enumerate(
            zip(layout.columns(kind), _WIDTHS[kind], strict=True)
        ):
            head = layout.head(kind, name)
            words = say("roster_heads_required", head=head) if name in needed else head
            page.write_string(0, column, words, self.look.head)
            # Text: codes keep the noughts before them.
            page.set_column(column, column, width, self.text)
        page.set_row(0, 24)
        page.freeze_panes(_HEAD, 0)
        page.autofilter(0, 0, 0, len(layout.columns(kind)) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        return page

    def _help(self) -> None:
        page: Worksheet = self.workbook.add_worksheet(say("roster_help_sheet"))
        page.set_column(0, 0, _HELP_WIDTH)
        page.write_string(0, 0, say("roster_book_title"), self.look.plain)
        for at, words in enumerate(phrases()["roster_help"], start=2):
            line = f"{at - 1}. {words}"
            page.write_string(at, 0, line, self.help)
            page.set_row(at, height([(line, _HELP_WIDTH)]) * _HELP_LINE)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)

    def _guard(self, kind: str, page: Worksheet, filled: int) -> None:
        """What Excel itself offers and checks while people fill in."""
        last = filled + _BLANK_ROWS
        places = {name: at for at, name in enumerate(layout.columns(kind))}
        if kind == "people":
            roles = [layout.role_name(role) for role in ROLES]
            role = {"validate": "list", "source": roles, "input_message": _message("role")}
            self._rule(page, places["role"], last, role)
            ranks = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 9}
            rank = {**ranks, "input_message": _message("rank"), "error_type": "warning"}
            self._rule(page, places["rank"], last, rank)
        if "department" in places:
            # A list over the other sheet's names; several, a code or "all" may be typed as well.
            sheet, column = layout.sheet_title("departments"), "B"
            source = f"='{sheet}'!${column}$2:${column}${_BLANK_ROWS + _HEAD}"
            rule: dict[str, Any] = {"validate": "list", "source": source, "show_error": False}
            rule |= {"input_message": _message("department")}
            self._rule(page, places["department"], last, rule)

    def _rule(self, page: Worksheet, column: int, last: int, rule: dict[str, Any]) -> None:
        whole = {"error_title": say("roster_error_title"), **rule}
        page.data_validation(_HEAD, column, last, column, whole)


def _message(column: str) -> str:
    return say(f"roster_message_{column}")


def _departments(roster: Roster) -> list[Sequence[str]]:
    return [
        (each.code, each.name, _joined(each.short_names)) for each in roster.departments.values()
    ]


def _units(roster: Roster) -> list[Sequence[str]]:
    return [
        (_named(department), "" if unit.code == unit.name else unit.code, unit.name)
        for department in roster.departments.values()
        for unit in department.units
    ]


def _people(roster: Roster) -> list[Sequence[str]]:
    """A line for each post; what else is known of somebody stands in their first."""
    order = {code: at for at, code in enumerate(roster.departments)}
    lines: list[Sequence[str]] = []
    told: set[str] = set()
    posts = sorted(
        roster.posts.items(),
        key=lambda each: (
            order.get(each[0].department, len(order)),
            ROLES.index(each[0].role),
            each[1].rank,
            each[0].userid,
        ),
    )
    for post, seat in posts:
        person = roster.people[post.userid]
        department = roster.departments.get(post.department)
        named = _named(department) if department else layout.everywhere()
        reviews = post.role == REVIEWER
        about = (person.office, _joined(person.aliases), person.email)
        lines.append(
            (
                person.name,
                person.userid,
                layout.role_name(post.role),
                layout.everywhere() if post.department == EVERYWHERE else named,
                str(seat.rank) if reviews else "",
                seat.title if reviews else "",
                *(about if post.userid not in told else ("", "", "")),
            )
        )
        told.add(post.userid)
    return lines


def _named(department: Department) -> str:
    """Code and name: the line still fits when the name is changed on the other sheet."""
    return f"{department.code} {department.name}"


def _joined(names: Sequence[str]) -> str:
    return str(phrases()["roster_list_comma"]).join(names)
