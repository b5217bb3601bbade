"""What a message means where a table is open, before it is read as lines or as a command."""

from __future__ import annotations

from dialogs.agenda import Item, form_of
from dialogs.step import Step
from dialogs.tables import each
from dialogs.tables.adding import add_lines
from dialogs.tables.afar import change_afar
from dialogs.tables.changing import CLEAR, change, clear, show, undo
from dialogs.tables.finding import labels_of, row_said_to_be
from dialogs.tables.kept import fact_of, odd_of, with_offered
from dialogs.tables.moving import move
from dialogs.tables.settling import drop_named, settle
from dialogs.tables.telling import whispered
from dialogs.talk import Talk
from dialogs.together import is_together
from dialogs.understand.asking import is_question
from dialogs.understand.command import Command
from dialogs.understand.row_talk import asks_to_see, is_talk
from dialogs.understand.row_words import is_row_order, read_row_words
from dialogs.understand.yesno import says_yes
from dialogs.wording import say
from scoring.questionnaire import Form

_OWN = {"delete", "list", "clear", "undo"}
_SETTLING = {"agree", "same", "skip", *_OWN}
_NEVER_CELLS = {"whatif", "history", "delegate"}


def about_rows(talk: Talk, text: str, command: Command | None) -> Step | None:
    """The step for a message about rows: of the table that is open, or of one that is kept."""
    return in_table(talk, text, command) or change_afar(talk, text, command)


def in_table(talk: Talk, text: str, command: Command | None) -> Step | None:
    """The step that a message about the rows of the open table leads to: lines that wait settled,
    rows changed in words, the last change taken back; None for all else."""
    item = talk.current
    if item is None or not _is_open(talk, item):
        return None
    if item.columns:
        return each.answer(talk, item, text, command)
    talk = with_offered(talk, item)
    pending = talk.state.pending.get("kind")
    if pending == CLEAR or (pending == "again" and odd_of(talk, item)):
        return _confirmed(talk, item, text, command)
    name = command.name if command else ""
    if name == "list" or asks_to_see(text):
        return show(talk, item)
    if name == "clear" and (talk.draft(item) or odd_of(talk, item)):
        return clear(talk, item)
    changed = _changed(talk, item, text, command)
    if name == "undo" and changed is None:
        return undo(talk, item)
    orders = _orders(command) or is_question(text) or is_talk(text)
    return changed or settle(talk, item, text, skips=name == "skip", orders=orders)


def _orders(command: Command | None) -> bool:
    """Whether it is a command and nothing else: 得分 and 完 are no cells of the line that is asked
    about."""
    if command is None or command.loose:
        return False
    if command.target or command.value:
        return command.name in _NEVER_CELLS
    return command.name not in _SETTLING


def _is_open(talk: Talk, item: Item) -> bool:
    if is_together(talk.state) and not talk.state.editing:
        return False
    form = form_of(item.question, talk.case.standard.facts)
    return form is Form.ROWS and talk.state.asked == item.key


def _changed(talk: Talk, item: Item, text: str, command: Command | None) -> Step | None:
    if (command and command.name not in {"set", "edit", *_OWN}) or is_question(text):
        return None
    fact, draft = fact_of(talk, item), talk.draft(item)
    moved = move(talk, item, text)
    words = [] if moved else read_row_words(text, labels_of(fact), len(draft))
    called = None if words or moved else row_said_to_be(draft, fact, text)
    words = [called] if called else words
    if not words:
        return moved
    step = change(talk, item, words)
    if step is None and words[0].kind == "delete":
        step = drop_named(talk, item, words[0].name)
    if step is None and words[0].kind == "delete" and is_row_order(text):
        return whispered(talk, [say("rows_no_such_row", name=words[0].name)])
    return step


def _confirmed(talk: Talk, item: Item, text: str, command: Command | None) -> Step | None:
    yes = says_yes(text)
    pending = talk.state.pending
    fresh = talk.with_state(talk.state.but(pending={}))
    if pending["kind"] == CLEAR:
        again = command is not None and command.name == "clear"
        if yes or again:
            return clear(fresh, item, sure=True)
        return whispered(fresh, [say("rows_clear_not")]) if yes is False else None
    return add_lines(fresh, item, str(pending["text"])) if yes else None
