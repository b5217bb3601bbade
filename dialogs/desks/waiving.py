"""放行: a reviewer or coordinator lets a contradiction pass, with a reason that finance sees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.cards import NOTE_LIMIT, TITLE_LIMIT
from dialogs.case import Desk, Role, Waiting
from dialogs.desk_cards import key_about
from dialogs.desks.base import form_meant, reply
from dialogs.effects import RefuseWaiver, Waive
from dialogs.events import Chosen, Event, Said
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.command import read_fixed
from dialogs.understand.plain_text import bare_words, clean
from dialogs.understand.waiving import read_choice, read_waive
from dialogs.understand.yesno import says_yes
from dialogs.waiving import KIND, NO, YES, open_blockers
from dialogs.wording import say, shortened
from scoring.checks import Finding
from scoring.waiving import figures_of, mark_of
from scoring.wording import explain_finding

_MAY = (Role.REVIEWER, Role.COORDINATOR)
_CARD_PARTS = 5
_SHORT = 12


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """The step of letting something pass; None for everything else."""
    if desk.role not in _MAY:
        return None
    if isinstance(event, Chosen):
        return _chosen(state, event, desk)
    if not isinstance(event, Said):
        return None
    asked = read_waive(event.text)
    mine = state.pending.get("kind") == KIND
    if asked is not None and not (mine and asked == "" and state.pending.get("reason")):
        return _listed(state.but(pending={}) if mine else state, asked, desk)
    return _answered(state, event.text, desk) if mine else None


def is_meant(event: Event, talk: Mapping[str, Any] | None) -> bool:
    """Whether forms that are still filled in are spoken of; `talk` is what is half said."""
    if ((talk or {}).get("pending") or {}).get("kind") == KIND:
        return True
    return isinstance(event, Said) and read_waive(event.text) is not None


def _drafting(desk: Desk) -> tuple[Waiting, ...]:
    return tuple(w for w in desk.forms if w.form.state in ("drafting", "in_review"))


def _listed(state: State, asked: str, desk: Desk) -> Step:
    """放行 with what stands behind it: the list, or one of it with a reason."""
    blocked = tuple(w for w in _drafting(desk) if open_blockers(w))
    found, rest = form_meant(blocked or _drafting(desk), asked)
    if found is None:
        return reply(state, _which(blocked))
    open_ = open_blockers(found)
    if not open_:
        return reply(state, say("waive_empty", department=found.form.department))
    choice = read_choice(rest)
    if not 0 < choice.number <= len(open_):
        if len(open_) > 1 or not choice.reason or choice.number:
            return reply(state, _list(found, open_, len(blocked) > 1))
        return _confirm(state, found, open_[0], choice.reason, desk)
    finding = open_[choice.number - 1]
    if not choice.reason:
        return _reason(state, found, finding)
    return _confirm(state, found, finding, choice.reason, desk)


def _which(blocked: tuple[Waiting, ...]) -> str:
    if not blocked:
        return say("waive_nobody")
    names = [
        say("waive_item", number=number, text=w.form.department)
        for number, w in enumerate(blocked, start=1)
    ]
    return "\n".join([say("waive_which", example=blocked[0].form.department), *names])


def _list(found: Waiting, open_: tuple[Finding, ...], several: bool) -> str:
    lines = [
        say("waive_item", number=number, text=explain_finding(finding))
        for number, finding in enumerate(open_, start=1)
    ]
    name = found.form.department
    how = say("waive_how", department=name) if several else say("waive_how_one")
    return "\n".join([say("waive_list", department=name, count=len(open_)), *lines, how])


def _reason(state: State, found: Waiting, finding: Finding) -> Step:
    pending = {"kind": KIND, "form": found.form.id, "mark": mark_of(finding), "reason": ""}
    told = say("waive_reason", finding=explain_finding(finding))
    return reply(state.but(pending=pending), told)


def _confirm(state: State, found: Waiting, finding: Finding, reason: str, desk: Desk) -> Step:
    """The finding and the reason once more, and two buttons."""
    form, mark = found.form, mark_of(finding)
    pending = {"kind": KIND, "form": form.id, "mark": mark, "reason": clean(reason)}
    text = say(
        "waive_confirm",
        department=form.department,
        finding=explain_finding(finding),
        reason=clean(reason),
    )
    title = say("waive_confirm_title", department=shortened(form.department, TITLE_LIMIT - _SHORT))
    key = key_about(desk.role, form, KIND, mark)
    choices = (Choice(YES, say("waive_button")), Choice(NO, say("cancel_button")))
    if len(text) <= NOTE_LIMIT:
        bubbles: tuple[Bubble, ...] = (Buttons(key, title, text, choices),)
    else:
        bubbles = (Words(text), Buttons(key, title, say("waive_confirm_note"), choices))
    return Step(state.but(pending=pending), (), bubbles)


def _answered(state: State, text: str, desk: Desk) -> Step | None:
    """The reason, or yes or no to what was shown."""
    fresh = state.but(pending={})
    meant = _meant(desk, str(state.pending.get("form")), str(state.pending.get("mark")))
    if meant is None:
        return reply(fresh, say("waive_gone"))
    command = read_fixed(text)
    reason, said = str(state.pending.get("reason", "")), bare_words(text)
    if (command and command.name == "cancel") or (reason and said in ("2", say("cancel_button"))):
        return reply(fresh, say("waive_dropped"))
    if not reason:
        if command and command.name in ("approve", "send_back", "waiting", "progress"):
            return None
        return _waived(fresh, *meant, clean(text)) if said else reply(state, say("words_needed"))
    yes = says_yes(text)
    if yes or said in ("1", say("waive_button")):
        return _waived(fresh, *meant, reason)
    if yes is False:
        return reply(fresh, say("waive_dropped"))
    return None if command else _confirm(state, *meant, reason, desk)


def _chosen(state: State, event: Chosen, desk: Desk) -> Step | None:
    parts = event.card.split(":")
    if len(parts) < _CARD_PARTS or parts[-2] != KIND:
        return None
    meant = _meant(desk, parts[-4], parts[-1])
    if meant is None:
        return reply(state, say("waive_gone"))
    found, finding = meant
    mine = state.pending if state.pending.get("kind") == KIND else {}
    confirms = mine.get("mark") == parts[-1] and mine.get("reason")
    if event.options[:1] == (YES,):
        if confirms:
            return _waived(state.but(pending={}), found, finding, str(mine["reason"]))
        return _reason(state, found, finding)
    if confirms:
        return reply(state.but(pending={}), say("waive_dropped"))
    words = say("waive_refused", department=found.form.department)
    effect = RefuseWaiver(found.form.id, finding.key)
    return Step(state.but(pending={}), (effect,), (Words(words),))


def _meant(desk: Desk, form_id: str, mark: str) -> tuple[Waiting, Finding] | None:
    """The form and the finding of a card or of what is half said, if both still stand so."""
    found = next((w for w in _drafting(desk) if str(w.form.id) == form_id), None)
    open_ = open_blockers(found) if found else ()
    finding = next((each for each in open_ if mark_of(each) == mark), None)
    return (found, finding) if found and finding else None


def _waived(state: State, found: Waiting, finding: Finding, reason: str) -> Step:
    effect = Waive(found.form.id, finding.key, figures_of(finding), reason)
    words = say("waive_done", department=found.form.department)
    return Step(state, (effect,), (Words(words),))
