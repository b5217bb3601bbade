"""A coordinator speaks about the exercise itself: its deadline, extensions, reminders, days off,
beginning and end. All of it is shown first and carried out by one tap."""

from __future__ import annotations

from datetime import datetime

from dialogs.case import Desk, Role
from dialogs.desks.departments import Meant, meant, which_is_meant
from dialogs.events import Chosen, Event, Said
from dialogs.rounds.closing import propose_close, propose_reopening
from dialogs.rounds.days import propose_days, show_calendar
from dialogs.rounds.extending import propose_end_of_extension, propose_extension
from dialogs.rounds.moving import propose_move
from dialogs.rounds.opening import propose_opening
from dialogs.rounds.planning import propose_plan
from dialogs.rounds.proposals import KIND, Proposal, answered, pressed, put, tapped
from dialogs.rounds.showing import show_round
from dialogs.rounds.view import Round, RoundForm, Rounds
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.days_off import asks_calendar, asks_how, read_days_off
from dialogs.understand.reminder_plan import read_plan_wish
from dialogs.understand.rounds import About, RoundWish, read_round
from dialogs.wording import join, say

_FOR_ALL = (About.MOVE, About.OPEN, About.CLOSE, About.REOPEN)


def is_meant(event: Event, now: datetime) -> bool:
    """Whether an event needs the exercises to be understood."""
    if not isinstance(event, Said):
        return False
    today = now.date()
    return bool(
        read_round(event.text)
        or read_plan_wish(event.text)
        or read_days_off(event.text, today)
        or asks_calendar(event.text)
        or asks_how(event.text)
    )


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """The step of a message about exercises, or of the tap that confirms one."""
    if desk.role is not Role.COORDINATOR:
        return None
    if isinstance(event, Chosen):
        if f":{KIND}:" not in event.card:
            return None
        return tapped(state, event.card, event.options[0] if event.options else "")
    if not isinstance(event, Said):
        return None
    if labelled := pressed(state, event.text):
        return labelled
    if desk.rounds is not None:
        found = _wished(event.text, desk, desk.rounds, now)
        if found is not None:
            return put(state, desk.role, found, now)
    return answered(state, event.text, now)


def _wished(text: str, desk: Desk, rounds: Rounds, now: datetime) -> Proposal | str | None:
    if asks_calendar(text):
        return show_calendar(rounds, now)
    if asks_how(text):
        return say("round_days_how")
    days = read_days_off(text, now.astimezone(rounds.zone).date())
    if days is not None:
        return propose_days(rounds, days, now) if rounds.whole else say("round_not_yours")
    plan = read_plan_wish(text)
    if plan is not None:
        round_ = _which(rounds, None)
        if isinstance(round_, str):
            return round_
        if not rounds.whole and not plan.shows:
            return say("round_not_yours")
        return propose_plan(rounds, round_, plan, now)
    wish = read_round(text)
    return None if wish is None else _about(wish, desk, rounds, now)


def _about(wish: RoundWish, desk: Desk, rounds: Rounds, now: datetime) -> Proposal | str | None:
    if wish.about in _FOR_ALL and not rounds.whole:
        return say("round_not_yours")
    if wish.about is About.OPEN:
        return propose_opening(rounds, wish, now)
    if wish.about is About.REOPEN:
        return _reopened(wish, rounds, now)
    round_ = _which(rounds, wish.year)
    if isinstance(round_, str):
        return round_ if wish.sure else None
    match wish.about:
        case About.SHOW:
            return show_round(rounds, round_, now)
        case About.CLOSE:
            return propose_close(rounds, round_, now)
        case About.MOVE:
            if wish.aim is None:
                return say("round_move_how")
            return propose_move(rounds, round_, wish.aim, now, wish.later)
        case _:
            return _for_departments(wish, desk, rounds, round_, now)


def _which(rounds: Rounds, year: int | None) -> Round | str:
    """The exercise of that year, or the only one; else what is to be asked."""
    found = [each for each in rounds.running if year in (None, each.year)]
    if len(found) == 1:
        return found[0]
    if not found:
        return say("round_none") if year is None else say("round_none_of_year", year=year)
    return say("round_which_year", years=join([str(each.year) for each in found]))


def _reopened(wish: RoundWish, rounds: Rounds, now: datetime) -> Proposal | str:
    found = [each for each in rounds.closed if wish.year in (None, each.year)]
    if not found:
        return say("round_reopen_none")
    if wish.year is None and len(found) > 1:
        return say("round_which_year", years=join([str(each.year) for each in found]))
    return propose_reopening(rounds, found[0], now)


def _for_departments(
    wish: RoundWish, desk: Desk, rounds: Rounds, round_: Round, now: datetime
) -> Proposal | str | None:
    mine = {form.form_id: form for form in round_.forms}
    waiting = [w for w in desk.forms if w.form.id in mine]
    mention = meant(waiting, wish.who)
    if not wish.sure and not mention.found:
        return None
    if not mention.found or not mention.is_clear or mention.rest:
        return _unclear(mention, wish)
    forms = [mine[w.form.id] for w in mention.found]
    if wish.about is About.UNEXTEND:
        extended = [form for form in forms if form.extended] if mention.all else forms
        return propose_end_of_extension(rounds, round_, extended or forms, now)
    if wish.aim is None:
        return say("round_extend_how_long", department=forms[0].department)
    if mention.all and rounds.whole:
        return propose_move(rounds, round_, wish.aim, now, wish.later)
    return propose_extension(rounds, round_, _in_order(forms), wish.aim, now, wish.later)


def _in_order(forms: list[RoundForm]) -> list[RoundForm]:
    return sorted(forms, key=lambda form: form.code)


def _unclear(mention: Meant, wish: RoundWish) -> str:
    asked = which_is_meant(mention)
    if asked:
        return asked
    code = "round_unextend_which" if wish.about is About.UNEXTEND else "round_extend_which"
    return say(code, words=say("round_not_understood", words=mention.rest) if mention.rest else "")
