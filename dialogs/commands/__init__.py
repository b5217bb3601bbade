"""Commands that work anywhere in the interview; each is one function in this registry."""

from __future__ import annotations

from collections.abc import Callable

from dialogs.agenda import form_of
from dialogs.commands.bringing import as_last_year, bring, lists, own, same, texts
from dialogs.commands.chatting import cards, file, later, text_only, thanks, unknown, wait
from dialogs.commands.correcting import back, cancel, edit, set_, undo_
from dialogs.commands.looking import help_, preview, progress, score, why
from dialogs.commands.materials import materials
from dialogs.commands.moving import go_on, skip
from dialogs.commands.purging import purge
from dialogs.commands.sealing import seal
from dialogs.commands.sending import submit, withdraw
from dialogs.commands.signing import picture, sign_by_hand
from dialogs.commands.units import units
from dialogs.commands.waiving import ask_waiver
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.targets import find
from dialogs.understand.command import Command
from scoring.questionnaire import Form

COMMANDS: dict[str, Callable[[Talk, Command], Step]] = {
    "help": help_,
    "progress": progress,
    "score": score,
    "why": why,
    "preview": preview,
    "back": back,
    "skip": skip,
    "edit": edit,
    "set": set_,
    "undo": undo_,
    "cancel": cancel,
    "continue": go_on,
    "unknown": unknown,
    "same": same,
    "as_last_year": as_last_year,
    "bring": bring,
    "texts": texts,
    "own": own,
    "lists": lists,
    "wait": wait,
    "later": later,
    "thanks": thanks,
    "file": file,
    "materials": materials,
    "units": units,
    "seal": seal,
    "submit": submit,
    "withdraw": withdraw,
    "sign_by_hand": sign_by_hand,
    "picture": picture,
    "ask_waiver": ask_waiver,
    "purge": purge,
    "text_only": text_only,
    "cards": cards,
}
_CLEAR_NAME = 4
_SHORT_TARGET = 16


def is_meant(talk: Talk, command: Command) -> bool:
    """Whether what looks like 修改 or 改成 is one: a text may say 改为 about anything."""
    if command.name not in ("set", "edit") or not command.target or not _asks_words(talk):
        return True
    if command.spaced and len(command.target) <= _SHORT_TARGET:
        return True
    found = find(talk.case.standard, command.target)
    clear = command.target.isdigit() or len(command.target) >= _CLEAR_NAME
    return clear and len({target.question.id for target in found}) == 1


def _asks_words(talk: Talk) -> bool:
    item = talk.current
    if item is None:
        return False
    form = form_of(item.question, talk.case.standard.facts)
    return form in (Form.TEXT, Form.ROWS) or item.row is not None
