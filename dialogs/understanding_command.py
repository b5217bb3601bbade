"""Which command a message is, by its official name: `back`, `undo`, `edit:B3-1`, `set:B3-1` …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dialogs.answers import read_cell
from dialogs.targets import Target, find, fitting, guess, nearest_code
from dialogs.understand.asking import asked_in_words
from dialogs.understand.command import LAST, Command, read_command
from dialogs.understand.letters import read_letters
from dialogs.understand.mention import old_figure
from dialogs.understand.plain_text import first_clause
from dialogs.understand.reading import Ask
from dialogs.understand.stated import read_stated
from dialogs.understand.tail import split_tail
from dialogs.wording import join, say, shortened
from scoring.questionnaire import Kind
from scoring.standard import Standard

_OFFICIAL = {
    **{name: name for name in ("back", "skip", "why", "progress", "help", "preview", "submit")},
    **{name: name for name in ("undo", "score", "whatif", "history", "delegate")},
    "materials": "evidence",
    "file": "evidence",
}
_FIGURES = {Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.COUNT, Kind.DATE}
_READABLE = _FIGURES | {Kind.YESNO, Kind.CHECKLIST}
_MOST_NAMED = 6
_SHOWN = 30
_ANY_DAY = date(2022, 6, 1)


def understand_command(text: str, standard: Standard) -> str | Ask | None:
    """The official name of the command in a message; `edit:` and `set:` with the code of the
    indicator (or the number of the question, where it counts for none). What is no command, or
    may mean several things, gives an `Ask`.

    It is read without an open question: 刚才那个 has nothing to point at and is asked about.
    Of an answer with a command behind it, it is the command.
    """
    command = _command(text)
    behind = split_tail(text) if command is None or command.name == "set" else None
    if behind:
        command = _command(behind[0]) if command else behind[1]
    if command is None:
        return _stated(text, standard) or Ask("ask_command", {"text": text})
    if command.name == "why" and command.target and not find(standard, command.target):
        return Ask("ask_command", {"text": text})
    if command.name in ("edit", "set"):
        return _aimed(command, standard)
    if command.name == "unknown" and command.target:
        return "delegate"
    return _OFFICIAL.get(command.name) or Ask("ask_command", {"text": text})


def _stated(text: str, standard: Standard) -> str | None:
    """What 三公实际支出是2.1万元 sets, where it can be one thing only."""
    command = read_stated(text)
    found = find(standard, command.target) if command else ()
    if command is None or len(found) != 1 or not found[0].fact:
        return None
    got = _aimed(command, standard)
    return got if isinstance(got, str) else None


def _command(text: str) -> Command | None:
    command, name = read_command(text), asked_in_words(text)
    return command or (Command(name) if name else None)


def _aimed(command: Command, standard: Standard) -> str | Ask:
    """`edit:CODE` or `set:CODE`; an `Ask` where what is meant isn't certain."""
    if command.target == LAST and command.name == "edit":
        return "back"
    if not command.target or command.target == LAST:
        return Ask("ask_command_which")
    found = find(standard, command.target)
    if not found:
        return _unknown(command, standard)
    if command.name == "set":
        found = fitting(standard, found, command.value, _ANY_DAY)
        if asked := _unreadable(command, standard, found):
            return asked
    codes = dict.fromkeys(nearest_code(standard, each, command.target) for each in found)
    if len(codes) == 1:
        return f"{command.name}:{next(iter(codes))}"
    return Ask("ask_command_many", {"target": command.target, "found": _listed(standard, found)})


def _unknown(command: Command, standard: Standard) -> Ask:
    if command.target == old_figure(command.target):
        return Ask("ask_command_which")
    target, alike = shortened(command.target, _SHOWN), guess(standard, command.target)
    if alike:
        return Ask("ask_command_alike", {"target": target, "found": _listed(standard, alike)})
    return Ask("edit_unknown", {"target": target})


def _unreadable(command: Command, standard: Standard, found: Sequence[Target]) -> Ask | None:
    """What is to be asked about the new value, if it can't be one of what was named."""
    names = [name for each in found for name in _facts(each)]
    if len(names) != len(found) or any(standard.facts[n].type not in _READABLE for n in names):
        return None
    tried = [_read(standard, name, v) for name in names for v in _values(command.value)]
    asks = [got for got in tried if isinstance(got, Ask)]
    return asks[0] if len(asks) == len(tried) else None


def _facts(target: Target) -> tuple[str, ...]:
    return (target.fact,) if target.fact else target.question.facts


def _read(standard: Standard, name: str, value: str) -> object:
    labels = standard.labels.get(name, {})
    if standard.facts[name].type is Kind.CHECKLIST:
        return read_letters(value, list(labels), labels)
    return read_cell(standard.facts[name], value, _ANY_DAY)


def _values(value: str) -> tuple[str, ...]:
    """The value as it stands, and without what people add behind it."""
    return tuple(dict.fromkeys((value, first_clause(value))))


def _listed(standard: Standard, found: Sequence[Target]) -> str:
    """The candidates by number and name, each once."""
    whole = {
        each if each.fact else replace(each, fact=each.question.facts[0]): None for each in found
    }
    names = [
        say(
            "question_named",
            number=standard.number_of[each.question.id],
            label=standard.facts[each.fact].label,
        )
        for each in whole
    ]
    return join(list(dict.fromkeys(names))[:_MOST_NAMED])
