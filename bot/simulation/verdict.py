"""Whether everybody got what they should, and nobody anything else, looked at from outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.calendar import hours_of
from bot.commands.phrases import say
from bot.simulation.course import Course, course_of
from bot.simulation.players import Play
from bot.simulation.run import Stage
from bot.unasked.planner import MOST_A_DAY
from storage.outbox import SentMessage

UNASKED = ("reminder", "digest", "escalation")
_BEFORE, _ON_THE_DAY = (10, 5, 3, 1), 2


@dataclass(frozen=True)
class Seen:
    """A message as somebody got it, at a local time."""

    to: str
    at: datetime
    kind: str
    about: tuple[str, ...]

    @property
    def unasked(self) -> bool:
        return self.kind.startswith(UNASKED)


def seen(stage: Stage) -> list[Seen]:
    """All messages in order."""
    zone = stage.services.settings.zone
    return [_seen(each, zone) for each in stage.sent()]


def _seen(message: SentMessage, zone: object) -> Seen:
    at = message.sent_at.astimezone(zone)  # type: ignore[arg-type]
    about = tuple(part for part in message.about.split(",") if part)
    return Seen(message.userid, at, message.topic, about)


def faults(stage: Stage, messages: Sequence[Seen]) -> list[str]:
    """What should not have happened, in sentences; empty if all went well."""
    with stage.services.database.read() as tx:
        courses = {part.form_id: course_of(tx, part.form_id) for part in stage.plays}
    return [
        *_out_of_hours(stage, messages),
        *_too_many(messages),
        *_twice(messages),
        *_without_need(stage, messages, courses),
        *_forgotten(stage, messages, courses),
        *_refused(stage),
    ]


def _out_of_hours(stage: Stage, messages: Sequence[Seen]) -> Iterator[str]:
    opens, closes = hours_of(stage.services.settings.working_hours)
    for each in messages:
        if not each.unasked:
            continue
        working = stage.calendar.is_working_day(each.at.date())
        if not working or not opens <= each.at.time() < closes or each.at.minute in (0, 30):
            yield say("simulated_out_of_hours", _told(each))


def _too_many(messages: Sequence[Seen]) -> Iterator[str]:
    had = Counter((each.to, each.at.date()) for each in messages if each.unasked)
    for (to, day), count in had.items():
        if count > MOST_A_DAY:
            yield say("simulated_too_many", {"to": to, "day": day, "count": count})


def _twice(messages: Sequence[Seen]) -> Iterator[str]:
    """The same digest twice on a day; a reminder twice but for the last day."""
    had = Counter((each.to, each.at.date(), each.kind) for each in messages if each.unasked)
    for (to, day, kind), count in had.items():
        most = _ON_THE_DAY if kind in ("reminder_deadline", "reminder_handed") else 1
        if count > most and not kind.startswith("reminder_nudge"):
            yield say("simulated_twice", {"to": to, "day": day, "kind": kind})


def _without_need(
    stage: Stage, messages: Sequence[Seen], courses: dict[int, Course]
) -> Iterator[str]:
    """Contacts reminded of the deadline although the form was not with them, colleagues although
    they had answered."""
    contacts = {part.contact: part for part in stage.plays}
    helped = {part.colleague: part.helped for part in stage.plays if part.helped}
    for each in messages:
        if each.kind == "reminder_handed" and each.to in helped and each.at > helped[each.to]:
            yield say("simulated_without_need", _told(each))
        part = contacts.get(each.to)
        asks = part and each.kind in ("reminder_deadline", "reminder_returned")
        if part and asks and courses[part.form_id].state_at(each.at) != "drafting":
            yield say("simulated_without_need", _told(each))


def _forgotten(stage: Stage, messages: Sequence[Seen], courses: dict[int, Course]) -> Iterator[str]:
    """Contacts not reminded on a day of the plan although the form was with them all day."""
    last = stage.calendar.add_working_days(stage.order.deadline, 5)
    for part in stage.plays:
        got = _days_of(messages, part.contact, "reminder_deadline")
        # What a coordinator has said takes the reminder of the same morning into its message.
        nudged = _days_of(messages, part.contact, "reminder_nudge")
        for day, count in _planned(stage, part, last).items():
            right = got[day] <= count <= got[day] + nudged[day]
            if _with_contact(stage, part, courses[part.form_id], day) and not right:
                numbers = {"to": part.contact, "day": day, "count": got[day], "wanted": count}
                yield say("simulated_forgotten", numbers)


def _days_of(messages: Sequence[Seen], to: str, kind: str) -> Counter[date]:
    return Counter(each.at.date() for each in messages if each.to == to and each.kind == kind)


def _planned(stage: Stage, part: Play, last: date) -> dict[date, int]:
    """How many reminders of their deadline somebody gets each day, up to some days after it; on
    the day on which it is moved it is still the old one's."""
    calendar, zone = stage.calendar, stage.services.settings.zone
    moved = [moment.astimezone(zone).date() for moment in part.extended or ()]
    found: dict[date, int] = {}
    day = stage.order.opens + timedelta(days=1)
    while day <= last:
        if calendar.is_working_day(day):
            deadline = moved[1] if moved and day > moved[0] else stage.order.deadline
            left = calendar.working_days_between(day, deadline)
            if day > deadline:
                found[day] = 1
            elif left == 0:
                found[day] = _ON_THE_DAY
            elif left in _BEFORE:
                found[day] = 1
        day += timedelta(days=1)
    return found


def _with_contact(stage: Stage, part: Play, course: Course, day: date) -> bool:
    """Whether the form lay with a contact who wants reminders, from morning to evening."""
    if part.temperament.away <= 1:
        return False
    zone = stage.services.settings.zone
    morning = datetime(day.year, day.month, day.day, 8, tzinfo=zone)
    evening = morning + timedelta(hours=10)
    return (
        course.state_at(morning) == course.state_at(evening) == "drafting"
        and not course.moved_between(morning, evening)
        and not course.returned_by(morning)
    )


def _refused(stage: Stage) -> Iterator[str]:
    for part in stage.plays:
        for words in part.refusals:
            yield say("simulated_refused", {"to": part.contact, "words": words})


def _told(each: Seen) -> dict[str, object]:
    return {"to": each.to, "at": each.at.isoformat(" ", "minutes"), "kind": each.kind}
