"""What a coordinator sees of all forms (进度, 谁没动, 名单, 导出), and a reviewer's 周报."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dialogs.case import Desk, Role
from dialogs.desks.base import reply
from dialogs.desks.departments import Meant, meant, which_is_meant
from dialogs.events import Chosen, Event, Opened, Said
from dialogs.overview.effects import OrderOverview, PreferWeekly
from dialogs.overview.lines import amiss, changes, handed_in, idle, summary
from dialogs.overview.names import short_names
from dialogs.overview.one import one
from dialogs.overview.people import MOST, everybody, people_of
from dialogs.overview.status import Overview
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.command import read_fixed
from dialogs.understand.digest import Asked, Topic, read_look, read_name
from dialogs.wording import say

CARD = "digest"
"""Stands in the key of the cards of a digest; their choices are topics."""
BOOK, PICTURE = "book", "picture"
_MOST_AT_ONCE = 3
_GREETINGS = ("progress", "waiting", "continue")


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """The step of a question about all forms; None for everything else."""
    if desk.role is Role.REVIEWER:
        return _weekly_only(state, event, desk, now)
    if desk.role is not Role.COORDINATOR:
        return None
    asked = _asked(event)
    if asked is None:
        return None
    return _ANSWERS[asked.topic](state, asked, desk, now)


def overview_of(desk: Desk, now: datetime) -> Overview:
    """The forms as they stand now."""
    return desk.overview() if desk.overview else Overview((), now)


def _asked(event: Event) -> Asked | None:
    match event:
        case Opened():
            return Asked(Topic.PROGRESS)
        case Chosen(card=card, options=options) if f":{CARD}:" in card and options:
            known = options[0] in {topic.value for topic in Topic}
            return Asked(Topic(options[0])) if known else Asked(Topic.PROGRESS)
        case Said(text=text):
            command = read_fixed(text)
            greets = command is not None and command.name in _GREETINGS
            return Asked(Topic.PROGRESS) if greets else read_look(text) or read_name(text)
    return None


def _progress(state: State, asked: Asked, desk: Desk, now: datetime) -> Step | None:
    named = meant(desk.forms, asked.said)
    if not asked.said or (named.all and not named.rest):
        return reply(state, summary(overview_of(desk, now)))
    if not named.is_clear:
        return reply(state, which_is_meant(named))
    if not named.found:
        return reply(state, say("departments_unknown", names=asked.said))
    return reply(state, _each(named, desk, now))


def _about(state: State, asked: Asked, desk: Desk, now: datetime) -> Step | None:
    """Words that may be the name of a department: if they are none, they are about other things."""
    named = meant(desk.forms, asked.said)
    if named.rest or named.unknown or not (named.found or named.unclear):
        return None
    return _progress(state, asked, desk, now)


def _each(named: Meant, desk: Desk, now: datetime) -> str:
    """The first of those that are named: more would not be read in a chat."""
    overview, names = overview_of(desk, now), short_names([w.form for w in desk.forms])
    told = [
        one(status, names[w.form.id])
        for w in named.found[:_MOST_AT_ONCE]
        if (status := overview.of(w.form.id))
    ]
    return "\n\n".join(told) if told else say("digest_nothing")


def _amiss(state: State, asked: Asked, desk: Desk, now: datetime) -> Step:
    return reply(state, amiss(overview_of(desk, now), asked.kind))


def _idle(state: State, asked: Asked, desk: Desk, now: datetime) -> Step:
    return reply(state, idle(overview_of(desk, now), asked.days))


def _owed(state: State, asked: Asked, desk: Desk, now: datetime) -> Step:
    return reply(state, handed_in(overview_of(desk, now), owed=True))


def _there(state: State, asked: Asked, desk: Desk, now: datetime) -> Step:
    return reply(state, handed_in(overview_of(desk, now), owed=False))


def _changes(state: State, asked: Asked, desk: Desk, now: datetime) -> Step:
    return reply(state, changes(overview_of(desk, now)))


def _people(state: State, asked: Asked, desk: Desk, now: datetime) -> Step:
    overview = overview_of(desk, now)
    named = meant(desk.forms, asked.said)
    if asked.said and not named.all:
        if not named.is_clear or not named.found:
            unclear = which_is_meant(named) or say("departments_unknown", names=asked.said)
            return reply(state, unclear)
        told = [people_of(s) for w in named.found if (s := overview.of(w.form.id))]
        return reply(state, "\n\n".join(told))
    step = reply(state, everybody(overview))
    if len(overview.statuses) > MOST:
        return Step(step.state, (OrderOverview(BOOK),), step.bubbles)
    return step


def _export(state: State, asked: Asked, desk: Desk, now: datetime) -> Step:
    return _ordered(state, desk, BOOK, "digest_export_coming")


def _picture(state: State, asked: Asked, desk: Desk, now: datetime) -> Step:
    return _ordered(state, desk, PICTURE, "digest_picture_coming")


def _ordered(state: State, desk: Desk, what: str, code: str) -> Step:
    if not desk.forms:
        return reply(state, say("digest_nothing"))
    step = reply(state, say(code, count=len(desk.forms)))
    return Step(step.state, (OrderOverview(what),), step.bubbles)


def _for_reviewers(state: State, asked: Asked, desk: Desk, now: datetime) -> Step:
    return reply(state, say("digest_weekly_coordinator"))


def _weekly_only(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """周报, 不要周报."""
    asked = read_look(event.text) if isinstance(event, Said) else None
    if asked is None or asked.topic not in (Topic.WEEKLY_ON, Topic.WEEKLY_OFF):
        return None
    wanted = asked.topic is Topic.WEEKLY_ON
    if wanted == overview_of(desk, now).weekly:
        return reply(state, say("digest_weekly_already" if wanted else "digest_weekly_none"))
    step = reply(state, say("digest_weekly_on" if wanted else "digest_weekly_off"))
    return Step(step.state, (PreferWeekly(wanted),), step.bubbles)


_ANSWERS: dict[Topic, Callable[[State, Asked, Desk, datetime], Step | None]] = {
    Topic.PROGRESS: _progress,
    Topic.ABOUT: _about,
    Topic.AMISS: _amiss,
    Topic.IDLE: _idle,
    Topic.OWED: _owed,
    Topic.THERE: _there,
    Topic.CHANGES: _changes,
    Topic.PEOPLE: _people,
    Topic.EXPORT: _export,
    Topic.PICTURE: _picture,
    Topic.WEEKLY_ON: _for_reviewers,
    Topic.WEEKLY_OFF: _for_reviewers,
}
