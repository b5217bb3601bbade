"""What a simulation has shown: as JSON, as a table, as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot.commands.phrases import say
from bot.lifecycle import FormState
from bot.simulation.course import Course, course_of
from bot.simulation.players import Play
from bot.simulation.run import AFTER, Stage
from bot.simulation.verdict import Seen
from reports.pictures.timeline import Line, Timeline, timeline_picture

_EVENING = time(18)


def as_json(messages: Sequence[Seen]) -> list[dict[str, str]]:
    """Every message: to whom, at which local time, of what kind, about which departments."""
    return [
        {
            "to": each.to,
            "at": each.at.isoformat(timespec="seconds"),
            "kind": each.kind,
            "about": ",".join(each.about),
        }
        for each in messages
    ]


def table(stage: Stage, messages: Sequence[Seen]) -> list[list[str]]:
    """A row for each department: how its people behaved, what happened when, what they got."""
    head = ["department", "temperament", "begun", "sent_in", "delivered", "accepted", "returned"]
    head += ["reminders", "messages"]
    rows = [[say(f"simulated_{name}") for name in head]]
    got = Counter(each.to for each in messages)
    reminded = Counter(each.to for each in messages if each.unasked)
    with stage.services.database.read() as tx:
        for part in stage.plays:
            course = course_of(tx, part.form_id)
            days = [course.begun, *(course.first(a) for a in ("send_in", "deliver", "accept"))]
            rows.append(
                [
                    part.name,
                    say(f"temperament_{part.temperament.name}"),
                    *(_day(stage, moment) for moment in days),
                    str(course.count("return_form") or ""),
                    str(reminded[part.contact]),
                    str(got[part.contact]),
                ]
            )
    return rows


def kinds(messages: Sequence[Seen]) -> list[list[str]]:
    """A row for each kind of message with how many were sent, most first."""
    counts = Counter(each.kind for each in messages)
    return [[kind, str(count)] for kind, count in counts.most_common()]


def picture(stage: Stage, messages: Sequence[Seen]) -> bytes:
    """The cycle as a picture."""
    order, calendar = stage.order, stage.calendar
    last = calendar.add_working_days(order.deadline, AFTER)
    days = [order.opens + timedelta(days=n) for n in range((last - order.opens).days + 1)]
    with stage.services.database.read() as tx:
        lines = [
            _line(stage, part, course_of(tx, part.form_id), messages, days) for part in stage.plays
        ]
    working = {day for day in days if calendar.is_working_day(day)}
    return timeline_picture(Timeline(stage.plan.cycle.name, days, working, order.deadline, lines))


def _line(
    stage: Stage, part: Play, course: Course, messages: Sequence[Seen], days: Sequence[date]
) -> Line:
    zone = stage.services.settings.zone
    states = [_state(stage, course, datetime.combine(day, _EVENING, zone)) for day in days]
    told = {each.at.date() for each in messages if each.to == part.contact and each.unasked}
    reminded = {number for number, day in enumerate(days) if day in told}
    return Line(part.name, states, reminded)


def _state(stage: Stage, course: Course, evening: datetime) -> str:
    state = course.state_at(evening)
    if state == FormState.APPROVED:
        return FormState.IN_REVIEW
    if state != FormState.DRAFTING:
        return state
    if evening.date() > stage.order.deadline and not course.returned_by(evening):
        return "late"
    return "drafting" if course.begun and course.begun <= evening else "waiting"


def _day(stage: Stage, moment: datetime | None) -> str:
    return f"{moment.astimezone(stage.services.settings.zone):%m-%d}" if moment else ""
