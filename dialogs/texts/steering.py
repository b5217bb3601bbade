"""What a message means while a text is open: a command, a change to the text, or its words.

Stands before the commands, so that prose which begins like one is kept as text, and before the
answers, so that what belongs to a text that was begun never goes anywhere else.
"""

from __future__ import annotations

from dialogs.agenda import Item, form_of
from dialogs.commands import COMMANDS, is_meant
from dialogs.intake import take
from dialogs.replies import ask_next, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.texts.composing import (
    ask_clash,
    ask_discard,
    close,
    edited,
    put_off,
    taken,
    undone,
)
from dialogs.texts.lasting import carried_on, last_texts
from dialogs.texts.writing import Writing, is_text, item_of, whole
from dialogs.together import is_together
from dialogs.understand.asking import is_question
from dialogs.understand.command import Command
from dialogs.understand.letters import says_none
from dialogs.understand.plain_text import clean
from dialogs.understand.repeated import digest, is_telling
from dialogs.understand.text_edit import DROP, INSTEAD, MORE, SWAP, WHOLE, Edit, read_edit
from dialogs.understand.text_piece import is_end, is_plain_end, is_prose, oddity, split_text_end
from dialogs.wording import say
from scoring.questionnaire import Form

_AGREE = {"agree", "adopt", "approve", "accept"}
_BY_TARGET = {"set", "edit", "whatif"}


def steer(talk: Talk, text: str, command: Command | None) -> Step | None:
    """The step of a message that is about a text; None where it is to be read as always."""
    if is_together(talk.state) and not talk.state.editing:
        return None
    writing = _open(talk)
    if writing is None:
        return _once(talk, text, _elsewhere(talk, text, command))
    if writing.clashes or _overtaken(writing):
        return _late(writing, text, command)
    return _once(talk, text, _steered(writing, text, command))


def _once(talk: Talk, text: str, step: Step | None) -> Step | None:
    """The step, but for a message that was taken a moment ago already."""
    if step is None or not is_telling(text) or step.state.taken != talk.state.taken:
        return step
    if not step.effects and step.state.texts == talk.state.texts:
        return step
    if digest(text) == talk.state.taken:
        return repeat(talk, say("text_again"))
    return Step(step.state.but(taken=digest(text)), step.effects, step.bubbles)


def _open(talk: Talk) -> Writing | None:
    """The text that the person was asked for last."""
    asked, item = talk.state.asked, talk.current
    if item is not None and (talk.state.editing or asked in ("", item.key)):
        return Writing(talk, item) if is_text(talk, item) else None
    shown = item_of(talk, asked) if asked else None
    writing = Writing(talk, shown) if shown else None
    return writing if writing and (writing.parts or writing.is_long) else None


def _overtaken(writing: Writing) -> bool:
    """Whether the text was answered elsewhere since it was asked."""
    talk = writing.talk
    item = talk.current
    mine = talk.state.editing or (item is not None and item.key == writing.item.key)
    return writing.is_long and writing.value is not None and not mine


def _late(writing: Writing, text: str, command: Command | None) -> Step | None:
    """Words for a text that has another answer by now: they wait, and which counts is asked."""
    if command is not None and command.name in COMMANDS and not is_prose(text, command.name):
        return None
    if writing.parts and (is_end(text) or command is not None):
        return ask_clash(writing)
    if is_question(text) or (command is not None and not is_prose(text, command.name)):
        return None
    body, _ = split_text_end(text)
    if oddity(body, is_long=writing.is_long):
        return ask_clash(writing) if writing.parts else None
    return ask_clash(writing.holding((*writing.parts, body)))


def _steered(writing: Writing, text: str, command: Command | None) -> Step | None:
    body, ended = split_text_end(text)
    edit = read_edit(body)
    if edit and not _names_another(writing, edit, command):
        step = _changed(writing, edit, text, ended=ended)
        if step:
            return step
    if is_end(text) and (command is None or command.name == "done"):
        return _end(writing)
    if writing.parts and says_none(clean(text)):
        return repeat(writing.talk, say("text_both", text=clean(text), length=len(writing.text)))
    if command is None:
        return None if writing.parts else carried_on(writing.talk, text, in_words=True)
    return _commanded(writing, text, command)


def _names_another(writing: Writing, edit: Edit, command: Command | None) -> bool:
    """Whether 把…改成… rather names another answer: its name does not stand in the text."""
    if edit.kind != SWAP or command is None or command.name not in _BY_TARGET:
        return False
    source = writing.text if writing.parts else writing.standing
    return edit.old not in source and is_meant(writing.talk, command)


def _changed(writing: Writing, edit: Edit, text: str, *, ended: bool) -> Step | None:
    if edit.kind == MORE and edit.text and not writing.parts and not writing.standing:
        return carried_on(writing.talk, text, in_words=True) or _fresh(writing, edit, ended=ended)
    return edited(writing, edit, ended=ended, text=text)


def _fresh(writing: Writing, edit: Edit, *, ended: bool) -> Step:
    """接着写 where nothing stands yet: these are the first words."""
    return taken(writing, edit.text, ended=ended)


def _end(writing: Writing) -> Step:
    """完: closes the text; without a piece it tells what there is to do."""
    talk = writing.talk
    if writing.parts:
        return close(writing)
    if talk.state.editing:
        return COMMANDS["cancel"](talk, Command("cancel"))
    if writing.standing:
        return repeat(talk, say("text_offer_first"))
    if last_texts(talk):
        return ask_next(talk, say("text_done_already"))
    return repeat(talk, say("text_none_yet"))


def _commanded(writing: Writing, text: str, command: Command) -> Step | None:
    """A message that reads like a command: prose is text, some commands are about the text."""
    bare = not command.target and not command.value
    if not bare or command.name == "na":
        if command.name in _BY_TARGET and is_meant(writing.talk, command):
            return None
        if is_prose(text, command.name):
            return take(writing.talk, writing.item, text, None)
    return _about(writing, command) if writing.parts else _first(writing, command)


def _first(writing: Writing, command: Command) -> Step | None:
    """Commands on a text of which nothing waits: those of tables work on the answer."""
    if command.name == "list" and writing.standing:
        return whole(writing)
    if command.name == "clear" and writing.standing:
        return edited(writing, Edit(INSTEAD), ended=False, text="")
    if command.name == "delete" and writing.standing:
        number = Edit(DROP, number=int(command.target))
        return edited(writing, number, ended=False, text="")
    return None


def _about(writing: Writing, command: Command) -> Step | None:
    """Commands that mean the words that wait."""
    match command.name:
        case "undo":
            return undone(writing)
        case "skip":
            return put_off(writing)
        case "cancel":
            return ask_discard(writing)
        case "offline":
            fresh = writing.holding(None)
            return take(fresh.talk, fresh.item, say("text_offline"), command)
        case "list":
            return whole(writing)
        case "clear":
            return edited(writing, Edit(INSTEAD), ended=False, text="")
        case "delete":
            number = Edit(DROP, number=int(command.target))
            return edited(writing, number, ended=False, text="")
    if command.name in _AGREE:
        return repeat(writing.talk, say("text_finish", length=len(writing.text)))
    return None


def _elsewhere(talk: Talk, text: str, command: Command | None) -> Step | None:
    """Words about a text while the open question asks for something else."""
    item = talk.current
    if item is not None and _is_table(talk, item):
        return None
    edit = read_edit(text)
    if edit and edit.kind == WHOLE:
        return _last_whole(talk)
    if command is not None:
        done = command.name == "done" and is_plain_end(text) and item is not None
        return ask_next(talk, say("text_done_already")) if done and last_texts(talk) else None
    return carried_on(talk, text, in_words=False)


def _is_table(talk: Talk, item: Item) -> bool:
    return form_of(item.question, talk.case.standard.facts) is Form.ROWS and not item.columns


def _last_whole(talk: Talk) -> Step | None:
    """看全文 where no text is open: the one that was taken last, if it is a single one."""
    found = last_texts(talk)
    return whole(Writing(talk, found[0])) if len(found) == 1 else None
