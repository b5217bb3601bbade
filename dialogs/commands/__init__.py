"""Commands that work anywhere in the interview; each is one function in this registry."""

from __future__ import annotations

from collections.abc import Callable

from dialogs.commands.bringing import as_last_year, bring, lists, own, same, texts
from dialogs.commands.chatting import cards, file, grumble, later, text_only, thanks, unknown, wait
from dialogs.commands.correcting import cancel, edit, meant, set_, takes
from dialogs.commands.going_back import back, redo, undo_
from dialogs.commands.history import history
from dialogs.commands.looking import help_, preview, progress, score, why
from dialogs.commands.materials import materials
from dialogs.commands.moving import go_on, skip
from dialogs.commands.naming import shown
from dialogs.commands.purging import purge
from dialogs.commands.sealing import seal
from dialogs.commands.sending import submit, withdraw
from dialogs.commands.signing import picture, sign_by_hand
from dialogs.commands.units import units
from dialogs.commands.waiving import ask_waiver
from dialogs.commands.whatif import is_meant as supposes
from dialogs.commands.whatif import whatif
from dialogs.hands.wishes import delegate
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.targets import find
from dialogs.texts.prose import asks_prose
from dialogs.understand.command import Command
from dialogs.understand.correction import is_figure
from dialogs.understand.plain_text import first_clause

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
    "redo": redo,
    "shown": shown,
    "grumble": grumble,
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
    "delegate": delegate,
    "whatif": whatif,
    "history": history,
}
_CLEAR_NAME = 4
_SHORT_TARGET = 16
_SHORT = 30


def is_meant(talk: Talk, command: Command) -> bool:
    """Whether what looks like 修改 or 改成 is one: a text may say 改为 about anything."""
    if command.name == "whatif":
        return not asks_prose(talk, talk.current) or supposes(talk, command)
    if command.name == "delegate":
        return not command.loose or not asks_prose(talk, talk.current)
    if command.name not in ("set", "edit", "why", "shown") or not command.target:
        return True
    if not asks_prose(talk, talk.current):
        return not command.loose or bool(find(talk.case.standard, command.target))
    if command.spaced and len(command.target) <= _SHORT_TARGET:
        return True
    if (
        command.name == "set"
        and is_figure(first_clause(command.value))
        and len(command.said) <= _SHORT
    ):
        return bool(meant(talk, command.target))  # 采购改成98.5万 is no sentence of a report
    if command.loose and command.name not in ("why", "shown"):
        return False
    found = find(talk.case.standard, command.target)
    if command.name == "set" and not takes(talk, found, command.value):
        return False
    clear = command.target.isdigit() or len(command.target) >= _CLEAR_NAME
    return clear and len({target.question.id for target in found}) == 1
