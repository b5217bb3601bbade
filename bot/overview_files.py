"""The picture and the workbook over all forms."""

from __future__ import annotations

from importlib import import_module

from bot.documents import XLSX, Document, fit_name
from bot.phrases import phrase
from dialogs.overview.counts import STATES, moment, time_left
from dialogs.overview.lines import typical_of
from dialogs.overview.names import short_names
from dialogs.overview.one import hand_told, last_told, leader_told
from dialogs.overview.status import Overview, Status, Trouble
from dialogs.overview.troubles import told
from dialogs.paper import state_name
from dialogs.wording import join
from reports.district import Cell, District, Line

PNG = "image/png"


def district_of(overview: Overview, cycle: str) -> District:
    """The forms of one cycle as the documents take them."""
    found = sorted(overview.cycles[cycle], key=_order)
    names = short_names([status.form for status in found])
    typical = typical_of(found)
    return District(
        cycle=cycle,
        at=overview.at,
        deadline=moment(typical.form.deadline.astimezone(overview.at.tzinfo)),
        left=time_left(typical),
        sections=tuple(section.name for section in found[0].measure.sections),
        lines=tuple(_line(status, names[status.form.id]) for status in found),
    )


def picture_of(overview: Overview) -> Document:
    """The picture of the cycle whose deadline is nearest. Slow: never inside a reply. Raises
    LookupError where there is no form."""
    district = district_of(overview, _first(overview))
    content = import_module("reports.pictures.district").draw_district(district)
    return Document(_name("digest_picture_name", district), content, PNG)


def book_of(overview: Overview) -> Document:
    """The workbook over all cycles. Slow: never inside a reply. Raises LookupError where there is
    no form."""
    _first(overview)
    districts = [district_of(overview, cycle) for cycle in overview.cycles]
    content = import_module("reports.district_book").build_district_book(districts)
    return Document(_name("digest_book_name", districts[0]), content, XLSX)


def _first(overview: Overview) -> str:
    if not overview.statuses:
        raise LookupError("there is no form in an open cycle")
    return next(iter(overview.cycles))


def _name(code: str, district: District) -> str:
    return fit_name(phrase(code, cycle=district.cycle, day=f"{district.at:%m%d}"))


def _order(status: Status) -> tuple[int, int, int, int]:
    """By state; in each the gravest trouble first, then who has done least."""
    order = tuple(Trouble)
    gravest = order.index(status.troubles[0]) if status.troubles else len(order)
    drafting = status.form.state == "drafting"
    late = Trouble.LATE in status.troubles
    return (
        STATES.index(status.form.state),
        not late,
        status.measure.percent if drafting else 0,
        gravest,
    )


def _line(status: Status, name: str) -> Line:
    form, measure, people = status.form, status.measure, status.people
    leaders = [leader_told(each.title, each.name) for each in people.leaders]
    return Line(
        code=form.department_code,
        department=form.department,
        name=name,
        state=state_name(form),
        cells=tuple(Cell(each.done, each.total, each.blocked) for each in measure.sections),
        done=measure.done,
        total=measure.total,
        percent=measure.percent,
        points=measure.so_far,
        high=measure.high,
        marks=tuple(status.troubles),
        what=told(status),
        deadline=status.limit,
        left=status.left,
        contacts=join(list(people.contacts)),
        leaders=join(leaders),
        colleagues=join(list(people.colleagues)),
        last=last_told(status),
        idle=status.idle,
        handed=join([hand_told(each) for each in status.handed]),
        blockers=measure.blockers,
        unproved=measure.unproved,
        missing=_missing(status),
    )


def _missing(status: Status) -> tuple[tuple[str, int], ...]:
    """The sections with open questions, and how many these are."""
    if status.form.state != "drafting":
        return ()
    return tuple((each.name, len(each.open)) for each in status.measure.sections if each.open)
