"""The conversation of reviewers, finance and coordinators about the forms on their desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs import reminding
from dialogs.approval import approved_noted, is_old
from dialogs.bubbles import Words
from dialogs.case import Desk, Role, Waiting
from dialogs.desks import READERS, notices
from dialogs.desks.base import form_meant, listed, not_waiting, reply, waiting, with_others
from dialogs.effects import Accept, Approve, SendBack
from dialogs.events import Chosen, Event, Opened, Photo, Said, Unreadable
from dialogs.previews import cooled
from dialogs.secrecy import turn_away
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.command import Command, read_fixed
from dialogs.understand.plain_text import BETWEEN, bare_words, clean
from dialogs.understand.returning import read_return
from dialogs.understand.yesno import read_yesno
from dialogs.wording import phrases, say

_AGREE = {Role.REVIEWER: "approve", Role.FINANCE: "accept"}
_VERBS = {Role.REVIEWER: "approve_button", Role.FINANCE: "accept_button"}


def step(state: State, event: Event, desk: Desk, now: datetime) -> Step:
    """What follows from an event at a desk. Pure."""
    return cooled(state, _step(state, event, desk, now), event)


def _step(state: State, event: Event, desk: Desk, now: datetime) -> Step:
    if refused := turn_away(state, event):
        return refused
    event = reminding.opened(event)
    state = notices.cooled(state, event)
    for read in READERS:
        result = read(state, event, desk, now)
        if result is not None:
            return result
    match event:
        case Opened():
            return reply(state, _overview(desk))
        case Photo():
            return reply(state, say("unreadable_image"))
        case Unreadable(kind=kind):
            code = f"unreadable_{kind}"
            return reply(state, say(code if code in phrases() else "unreadable_unknown"))
        case Chosen():
            return _chosen(state, event, desk)
        case Said(text=text):
            return _said(state, text, desk)
    raise TypeError(event)


def _overview(desk: Desk) -> str:
    if desk.role is Role.COORDINATOR:
        return say("desk_help_coordinator")
    open_forms = waiting(desk)
    if not open_forms:
        return "\n".join([say(f"desk_empty_{desk.role}"), *with_others(desk)])
    head = say("desk_waiting", count=len(open_forms))
    lines = [head, *listed(open_forms), *with_others(desk), say(f"desk_help_{desk.role}")]
    return "\n".join(lines)


def _chosen(state: State, event: Chosen, desk: Desk) -> Step:
    parts = event.card.split(":")
    form_id = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
    found = next((w for w in desk.forms if w.form.id == form_id), None)
    if found is None or not event.options:
        return reply(state, _overview(desk))
    if found not in waiting(desk) or _is_old(parts, found) or is_old(event.card, found):
        return reply(state, not_waiting(found))
    if event.options[0] == "send_back":
        pending = {"kind": "send_back", "form": form_id}
        return reply(state.but(pending=pending), say("send_back_ask"))
    return _agreed(state, found, desk)


def _is_old(parts: Sequence[str], found: Waiting) -> bool:
    """A card of an earlier version of the form."""
    return len(parts) > 2 and parts[2] != str(found.form.version)


def _agreed(state: State, found: Waiting, desk: Desk) -> Step:
    form = found.form
    state = state.but(pending={})
    if desk.role is Role.FINANCE:
        words = say("accepted_noted", department=form.department)
        if form.needs_seal:
            words += say("accepted_unsealed")
        return Step(state, (Accept(form.id),), (Words(words),))
    words = approved_noted(found, desk.person.name)
    return Step(state, (Approve(form.id),), (Words(words),))


def _sent_back(state: State, found: Waiting, words: str) -> Step:
    noted = say("sent_back_noted", department=found.form.department, words=words)
    effect = SendBack(found.form.id, words)
    return Step(state.but(pending={}), (effect,), (Words(noted),))


def _said(state: State, text: str, desk: Desk) -> Step:
    if desk.role is Role.COORDINATOR:
        return reply(state, say("desk_help_coordinator"))
    command = read_fixed(text) or _long_return(text) or _with_name(text, desk)
    pending = state.pending.get("form") if state.pending.get("kind") == "send_back" else None
    if pending is not None:
        return _words_for(state, int(pending), text, command, desk)
    if command and command.name in ("waiting", "progress", "continue"):
        return reply(state, _overview(desk))
    if command and command.name in (_AGREE[desk.role], "send_back"):
        return _decide(state, command, desk)
    return reply(state, say(f"desk_help_{desk.role}"))


def _long_return(text: str) -> Command | None:
    """退回 with more words behind it than commands have."""
    words = read_return(text)
    return Command("send_back", value=words) if words else None


def _with_name(text: str, desk: Desk) -> Command | None:
    """通过 or 接收 with the name of a department behind it, or with words that are not a yes."""
    typed = bare_words(text)
    verb = say(_VERBS[desk.role]) if desk.role in _VERBS else ""
    if verb and typed.startswith(verb):
        return Command(_AGREE[desk.role], value=typed.removeprefix(verb).strip(BETWEEN))
    return None


def _words_for(state: State, form_id: int, text: str, command: Command | None, desk: Desk) -> Step:
    """The words after 退回 was pressed; another command drops the return."""
    found = next((w for w in waiting(desk) if w.form.id == form_id), None)
    fresh = state.but(pending={})
    if found is None:
        return reply(fresh, _overview(desk))
    if command and command.name == "cancel":
        return reply(fresh, say("send_back_dropped", department=found.form.department))
    if command and (command.name == "waiting" or _agrees(command, desk)):
        return _said(fresh, text, desk)
    words = command.value if command and command.name == "send_back" else clean(text)
    return _sent_back(state, found, words) if words else reply(state, say("words_needed"))


def _agrees(command: Command, desk: Desk) -> bool:
    """Whether it is a yes and nothing else: 通过率不对 is none."""
    if command.name != _AGREE[desk.role]:
        return False
    return not command.value or _is_yes(form_meant(waiting(desk), command.value)[1])


def _is_yes(words: str) -> bool:
    """Whether what stands behind 通过 and a name takes nothing back."""
    command = read_fixed(words)
    if command and command.name in ("thanks", *_AGREE.values()):
        return True
    return not words or getattr(read_yesno(words), "value", None) is True


def _decide(state: State, command: Command, desk: Desk) -> Step:
    open_forms = waiting(desk)
    if not open_forms:
        return reply(state, "\n".join([say(f"desk_empty_{desk.role}"), *with_others(desk)]))
    found, words = form_meant(open_forms, command.target or command.value)
    if found is None:
        verb = say("send_back_button" if command.name == "send_back" else _VERBS[desk.role])
        example = open_forms[0].form.department
        head = say("desk_which", count=len(open_forms), word=verb, example=example)
        return reply(state, "\n".join([head, *listed(open_forms)]))
    if command.name != "send_back":
        if not _is_yes(words):
            return reply(state, say("agree_unclear", word=say(_VERBS[desk.role]), words=words))
        return _agreed(state, found, desk)
    if not words:
        pending = {"kind": "send_back", "form": found.form.id}
        return reply(state.but(pending=pending), say("send_back_ask"))
    return _sent_back(state, found, words)
