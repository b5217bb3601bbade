"""代审: a reviewer asks somebody to approve in their place, or a coordinator arranges it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from dialogs.approval import until_text
from dialogs.bubbles import Buttons, Choice, Words
from dialogs.cards import LABEL_LIMIT
from dialogs.case import Desk, Known, Role, Roster
from dialogs.desk_cards import key_at
from dialogs.desks.base import reply
from dialogs.effects import EndStandIn, SetStandIn
from dialogs.events import Chosen, Event, Said
from dialogs.states import State
from dialogs.step import Step
from dialogs.talk import PLACE
from dialogs.understand.command import read_fixed
from dialogs.understand.day import read_day
from dialogs.understand.plain_text import bare_words
from dialogs.understand.reading import Ask
from dialogs.understand.stand_in import Wish, read_wish
from dialogs.understand.yesno import says_yes
from dialogs.wording import join, say, shortened

KIND = "stand_in"
_MOST = 5
_DECISIONS = ("approve", "send_back", "waiting", "progress", "continue")


def is_meant(event: Event) -> bool:
    """Whether the roster is needed to understand an event."""
    return isinstance(event, Said) and read_wish(event.text) is not None


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """The step of a message about stand-ins, or of the tap that confirms one."""
    if desk.role not in (Role.REVIEWER, Role.COORDINATOR):
        return None
    mine = state.pending if state.pending.get("kind") == KIND else {}
    if isinstance(event, Chosen):
        if event.card != key_at(desk.role, KIND):
            return None
        return _picked(state, event.options[0] if event.options else "") if mine else _old(state)
    if not isinstance(event, Said):
        return None
    if mine and _option(mine, bare_words(event.text)):
        return _picked(state, _option(mine, bare_words(event.text)))
    wish = read_wish(event.text)
    if wish is not None and desk.roster is not None and not (state.pending and not mine):
        return _wished(state.but(pending={}), wish, desk, desk.roster, now)
    return _answered(state, event.text) if mine else None


def _wished(state: State, wish: Wish, desk: Desk, roster: Roster, now: datetime) -> Step:
    if not wish.ends and not wish.by:
        return reply(state, "\n".join([*_running(roster), _how(desk)]))
    reviewer = _reviewer(wish.whom, desk, roster)
    if reviewer is None:
        if not wish.whom:
            return reply(state, "\n".join([*_running(roster), _how(desk)]))
        return reply(state, say("stand_in_no_reviewer", name=wish.whom))
    if wish.ends:
        done = say("stand_in_end_done", whom=reviewer.name)
        return Step(state, (EndStandIn(reviewer.userid),), (Words(done),))
    return _propose(state, wish, reviewer, desk, roster, now)


def _reviewer(name: str, desk: Desk, roster: Roster) -> Known | None:
    """For whom it is: the reviewer themselves unless somebody is named; for a coordinator the
    only one who has a stand-in, or the one named."""
    if not name and desk.role is Role.REVIEWER:
        return next((each for each in roster.reviewers), None)
    found = [each for each in roster.reviewers if each.name == name]
    if not name:
        found = list({proxy.reviewer.userid: proxy.reviewer for proxy in roster.running}.values())
    return found[0] if len(found) == 1 else None


def _propose(
    state: State, wish: Wish, reviewer: Known, desk: Desk, roster: Roster, now: datetime
) -> Step:
    """Asks for one tap: by whom, and until when."""
    until = _until(wish.until, now)
    if isinstance(until, str):
        return reply(state, say(until, text=wish.until))
    found = _named(wish.by, roster.people, reviewer)[:_MOST]
    if not found:
        return reply(state, say("stand_in_nobody", name=wish.by))
    code = "stand_in_note" if len(found) == 1 else "stand_in_note_many"
    numbers = {"until": until_text(until), "whom": reviewer.name}
    card = Buttons(
        key_at(desk.role, KIND),
        say("stand_in_title"),
        say(code, name=found[0].name, **numbers),
        (*_choices(found), Choice("no", say("stand_in_no"))),
    )
    pending: dict[str, Any] = {
        "kind": KIND,
        "for": [reviewer.userid, reviewer.name],
        "by": [[each.userid, each.name] for each in found],
        "until": until.isoformat() if until else "",
    }
    return Step(state.but(pending=pending), (), (card,))


def _choices(found: Sequence[Known]) -> list[Choice]:
    if len(found) == 1:
        return [Choice("0", shortened(say("stand_in_yes", name=found[0].name), LABEL_LIMIT))]
    return [
        Choice(str(at), shortened(f"{each.name} {each.post}", LABEL_LIMIT))
        for at, each in enumerate(found)
    ]


def _named(name: str, people: Sequence[Known], reviewer: Known) -> list[Known]:
    """The people of this name; where there are none, those whose name it is a part of."""
    others = [each for each in people if each.userid != reviewer.userid]
    whole = [each for each in others if name in (each.name, each.userid)]
    return whole or [each for each in others if len(name) > 1 and name in each.name]


def _until(typed: str, now: datetime) -> datetime | str | None:
    """The moment after the last day; None for no day; the code of a problem."""
    if not typed:
        return None
    today = now.astimezone(PLACE).date()
    got = read_day(typed, today, ahead=True)
    if isinstance(got, Ask):
        return "stand_in_bad_day"
    day: date = got.value.value
    if day < today:
        return "stand_in_past"
    return datetime.combine(day + timedelta(days=1), time(), PLACE)


def _answered(state: State, text: str) -> Step | None:
    """What was said while a stand-in waits for its tap. Anything else drops it: the words may
    be a decision about a form."""
    found, said = state.pending["by"], bare_words(text)
    command, yes = read_fixed(text), says_yes(text)
    if said.isascii() and said.isdigit() and 0 < int(said[:3]) <= len(found) + 1:
        at = int(said[:3]) - 1
        return _picked(state, str(at) if at < len(found) else "no")
    if (command and command.name == "cancel") or said == say("stand_in_no"):
        return _picked(state, "no")
    if yes and len(found) > 1:
        return reply(state, say("stand_in_which", count=len(found)))
    if yes is not None:
        return _picked(state, "0" if yes else "no")
    if command and command.name in _DECISIONS:
        return None
    return _picked(state, "no")


def _option(pending: Mapping[str, Any], said: str) -> str:
    """The option whose label, name or account was said; "" where it is none or several."""
    named = [
        str(at)
        for at, (userid, name) in enumerate(pending["by"])
        if said in (userid, name, say("stand_in_yes", name=name))
    ]
    return named[0] if len(named) == 1 else ""


def _picked(state: State, option: str) -> Step:
    pending, fresh = state.pending, state.but(pending={})
    found = pending["by"]
    if not option.isdigit() or int(option) >= len(found):
        return reply(fresh, say("stand_in_dropped"))
    (userid, name), (for_whom, whom) = found[int(option)], pending["for"]
    until = datetime.fromisoformat(pending["until"]) if pending["until"] else None
    done = say("stand_in_done", until=until_text(until), name=name, whom=whom)
    return Step(fresh, (SetStandIn(for_whom, userid, until),), (Words(done),))


def _old(state: State) -> Step:
    return reply(state, say("stand_in_old"))


def _running(roster: Roster) -> list[str]:
    shown = [
        say(
            "stand_in_running",
            name=proxy.stand_in.name,
            whom=proxy.reviewer.name,
            until=until_text(proxy.until),
        )
        for proxy in roster.running
    ]
    return [join(shown)] if shown else []


def _how(desk: Desk) -> str:
    return say("stand_in_how" if desk.role is Role.REVIEWER else "stand_in_how_coordinator")
