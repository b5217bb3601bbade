"""Commands that work anywhere in the interview; each is one function in this registry."""

from __future__ import annotations

from collections.abc import Callable

from dialogs.commands.looking import help_, preview, progress, score, why
from dialogs.commands.moving import back, cancel, edit, go_on, set_, skip, undo_, unknown
from dialogs.commands.sending import submit, withdraw
from dialogs.commands.ways import cards, text_only
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command

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
    "submit": submit,
    "withdraw": withdraw,
    "text_only": text_only,
    "cards": cards,
}
