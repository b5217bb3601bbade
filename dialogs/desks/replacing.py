"""换人: a coordinator gives a department's form to another contact, after one tap."""

from __future__ import annotations

from datetime import datetime

from dialogs.bubbles import Buttons, Choice, Words
from dialogs.case import Desk, Role, Waiting
from dialogs.desk_cards import key_at
from dialogs.desks.base import form_meant, reply
from dialogs.effects import ReplaceContact
from dialogs.events import Chosen, Event, Said
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.plain_text import BETWEEN, bare_words
from dialogs.understand.replacing import Replacement, asked_to_replace, read_replacement
from dialogs.understand.yesno import says_yes
from dialogs.wording import say

KIND = "replace"
_MAY = (Role.COORDINATOR,)


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """Asks to confirm, and carries out what was confirmed."""
    if desk.role not in _MAY:
        return None
    if isinstance(event, Chosen):
        return _clicked(state, event, desk)
    if not isinstance(event, Said):
        return None
    if state.pending.get("kind") == KIND:
        return _confirmed(state, event.text, desk)
    typed = bare_words(event.text)
    asked = asked_to_replace(typed)
    return None if asked is None else _asked(state, asked.strip(BETWEEN), desk)


def _asked(state: State, said: str, desk: Desk) -> Step:
    if not desk.forms:
        return reply(state, say(f"desk_empty_{Role.REVIEWER}"))
    found, rest = form_meant(desk.forms, said)
    if found is None:
        return reply(state, say("replace_which", example=desk.forms[0].form.department))
    meant = read_replacement(rest)
    if meant is None:
        return reply(state, say("replace_how", department=found.form.department))
    pending = {"kind": KIND, "form": found.form.id, "old": meant.old}
    pending |= {"new": meant.new, "userid": meant.userid}
    card = Buttons(
        key_at(desk.role, KIND, found.form.id),
        say("replace_confirm_title"),
        say("replace_confirm", department=found.form.department, old=_from(meant), new=_to(meant)),
        (Choice("yes", say("replace_button")), Choice("no", say("replace_keep_button"))),
    )
    return Step(state.but(pending=pending), (), (card,))


def _from(meant: Replacement) -> str:
    return say("replace_old", name=meant.old) if meant.old else ""


def _to(meant: Replacement) -> str:
    if not meant.userid:
        return meant.new
    return say("replace_account", name=meant.new, userid=meant.userid)


def _clicked(state: State, event: Chosen, desk: Desk) -> Step | None:
    if f":{KIND}:" not in event.card or state.pending.get("kind") != KIND:
        return None
    return _decided(state, event.options[:1] == ("yes",), desk)


def _confirmed(state: State, text: str, desk: Desk) -> Step | None:
    if bare_words(text) in (say("replace_button"), say("replace_keep_button")):
        return _decided(state, bare_words(text) == say("replace_button"), desk)
    yes = says_yes(text)
    return None if yes is None else _decided(state, yes, desk)


def _decided(state: State, yes: bool, desk: Desk) -> Step:
    pending, fresh = state.pending, state.but(pending={})
    found = _form(desk, int(pending["form"]))
    department = found.form.department if found else ""
    if not yes or found is None:
        return reply(fresh, say("replace_dropped", department=department))
    new = str(pending["new"])
    effect = ReplaceContact(found.form.id, str(pending["old"]), new, str(pending["userid"]))
    told = say("replace_done", department=department, new=new)
    return Step(fresh, (effect,), (Words(told),))


def _form(desk: Desk, form_id: int) -> Waiting | None:
    return next((w for w in desk.forms if w.form.id == form_id), None)
