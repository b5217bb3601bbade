"""催办: a coordinator has contacts, or reviewers, reminded; who and why is shown first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.cards import LABEL_LIMIT, TITLE_LIMIT
from dialogs.case import Desk, Role
from dialogs.desk_cards import key_at
from dialogs.desks.base import reply
from dialogs.desks.behind import Target, forms_of, left_out, target_of
from dialogs.desks.departments import meant, which_is_meant
from dialogs.events import Chosen, Event, Said
from dialogs.hours import Hours
from dialogs.previews import is_cold
from dialogs.reminder_effects import Nudge
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.command import read_fixed
from dialogs.understand.nudging import Call, Group, read_call
from dialogs.understand.parts import says_not
from dialogs.understand.plain_text import bare_words
from dialogs.understand.yesno import says_yes
from dialogs.wording import join, say, shortened

KIND = "nudge"
YES, NO = "yes", "no"
_LIVES = timedelta(minutes=30)
_MOST_LINES = 12
_MOST_NAMES = 40
_WORDS = 200


def is_meant(event: Event) -> bool:
    """Whether it matters who could be reminded of which forms."""
    return isinstance(event, Said) and read_call(event.text) is not None


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """The step of a message about 催办, or of the tap that confirms one."""
    if desk.role is not Role.COORDINATOR:
        return None
    mine = state.pending if state.pending.get("kind") == KIND else {}
    if isinstance(event, Chosen):
        return _chosen(state, event, desk)
    if not isinstance(event, Said):
        return None
    if mine:
        answered = _answered(state, event.text, now)
        if answered is not None:
            return answered
    call = read_call(event.text)
    if call is None or desk.hours is None:
        return None
    return _called(state.but(pending={}) if mine else state, call, desk, desk.hours, now)


def _called(state: State, call: Call, desk: Desk, hours: Hours, now: datetime) -> Step:
    words = call.said
    if call.group is None:
        named = meant(desk.forms, call.said)
        if not named.is_clear:
            return reply(state, which_is_meant(named))
        if not named.found:
            code = "nudge_how" if not call.said else "nudge_which"
            return reply(
                state, say(code, said=shortened(call.said, _MOST_NAMES), **_counts(desk, now))
            )
        found, words = named.found, named.rest
    else:
        found = forms_of(desk, call.group, now)
        if not found:
            return reply(state, say(f"nudge_none_{call.group}"))
    if len(words) > _WORDS:
        return reply(state, say("nudge_long", most=_WORDS, count=len(words)))
    targets = [target_of(desk, w, call.of_reviewer, now) for w in found]
    return _previewed(state, targets, call.of_reviewer, words, desk, hours, now)


def _counts(desk: Desk, now: datetime) -> dict[str, int]:
    return {group.value: len(forms_of(desk, group, now)) for group in Group}


def _previewed(
    state: State,
    targets: Sequence[Target],
    of_reviewer: bool,
    words: str,
    desk: Desk,
    hours: Hours,
    now: datetime,
) -> Step:
    told = [each for each in targets if each.people]
    rest = left_out(targets, of_reviewer)
    if not told:
        return reply(state, "\n".join([say("nudge_nobody"), *rest]))
    pairs = [[each.form.id, person.userid] for each in told for person in each.people]
    people = len({userid for _, userid in pairs})
    title = say(
        "nudge_title_reviewers" if of_reviewer else "nudge_title", forms=len(told), count=people
    )
    lines = [title, *_lines(told), *([say("nudge_words", words=words)] if words else []), *rest]
    pending = {
        "kind": KIND,
        "targets": pairs,
        "of_reviewer": of_reviewer,
        "words": words,
        "at": now.isoformat(),
    }
    choices = (
        Choice(YES, shortened(say("nudge_button", count=people), LABEL_LIMIT)),
        Choice(NO, say("nudge_no")),
    )
    card = Buttons(
        key_at(desk.role, KIND, _mark(pending)),
        shortened(title, TITLE_LIMIT),
        _when(hours, now),
        choices,
    )
    bubbles: tuple[Bubble, ...] = (Words("\n".join(lines)), card)
    return Step(state.but(pending=pending), (), bubbles)


def _lines(told: Sequence[Target]) -> list[str]:
    """A line for each form with its reason; of many, the last only by name."""
    shown = [
        say(
            "nudge_line_again" if each.nudged else "nudge_line",
            number=number,
            department=each.form.department,
            names=join([person.name for person in each.people]),
            why=each.why,
        )
        for number, each in enumerate(told[:_MOST_LINES], start=1)
    ]
    more = [each.form.department for each in told[_MOST_LINES:]]
    return [*shown, say("nudge_more", count=len(more), names=join(more))] if more else shown


def _when(hours: Hours, now: datetime) -> str:
    """When it goes: within half an hour, or when work begins again."""
    at = hours.soonest(now)
    if at <= now:
        return say("nudge_now")
    weekday = say("weekdays")[at.weekday()]
    day = say("remind_day", month=at.month, day=at.day, weekday=weekday)
    return say("nudge_later", when=say("remind_moment", day=day, clock=f"{at.hour}:{at.minute:02}"))


def _mark(pending: Any) -> str:
    """What tells one preview from another."""
    plain = json.dumps(
        [pending["targets"], pending["of_reviewer"], pending["words"], pending["at"]]
    )
    return hashlib.sha256(plain.encode()).hexdigest()[:10]


def _chosen(state: State, event: Chosen, desk: Desk) -> Step | None:
    parts = event.card.split(":")
    if event.card != key_at(desk.role, KIND, parts[-1]):
        return None
    pending = state.pending
    if pending.get("kind") != KIND or _mark(pending) != parts[-1]:
        return reply(state, say("nudge_old"))
    return _done(state) if event.options[:1] == (YES,) else _dropped(state)


def _answered(state: State, text: str, now: datetime) -> Step | None:
    """Yes or no to what was shown, while it is fresh; None for all else."""
    said, yes = bare_words(text), says_yes(text)
    command = read_fixed(text)
    cancels = says_not(text) or (command is not None and command.name == "cancel")
    is_no = yes is False or cancels or said in ("2", say("nudge_no"), say("cancel_button"))
    is_yes = said == _label(state)
    if not is_cold(state):
        is_yes = is_yes or bool(yes) or said in ("1", say("nudge_word"))
    if is_no:
        return _dropped(state)
    if not is_yes:
        return None
    if now - datetime.fromisoformat(str(state.pending["at"])) > _LIVES:
        return reply(state.but(pending={}), say("nudge_old"))
    return _done(state)


def _label(state: State) -> str:
    count = len({userid for _, userid in state.pending["targets"]})
    return say("nudge_button", count=count)


def _done(state: State) -> Step:
    pending = state.pending
    targets = tuple((int(form), str(userid)) for form, userid in pending["targets"])
    effect = Nudge(targets, str(pending["words"]))
    count = len({userid for _, userid in targets})
    return Step(state.but(pending={}), (effect,), (Words(say("nudge_done", count=count)),))


def _dropped(state: State) -> Step:
    return reply(state.but(pending={}), say("nudge_dropped"))
