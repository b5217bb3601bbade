"""A text with something cut out of it or changed in it, or why that can't be done."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.texts.writing import Writing
from dialogs.understand.text_edit import CUT, DROP, SENTENCE, STOPS, SWAP, Edit, sentences
from dialogs.wording import say, shortened

_QUOTED = 24


@dataclass(frozen=True)
class Trimmed:
    """The text after a change and what to say of it; or `told`, why there is none; or `ask`, what
    is to be asked before it is made."""

    text: str = ""
    done: str = ""
    told: str = ""
    ask: str = ""


def trim(writing: Writing, edit: Edit) -> Trimmed | None:
    """What a change makes of the words that wait, or else of those that stand; None where the
    message isn't about them."""
    source = writing.text if writing.parts else writing.standing
    if edit.kind == DROP:
        return _drop(source, edit) if source else Trimmed(told=say("text_none_yet"))
    if edit.kind not in (CUT, SWAP) or not source:
        return None
    count = source.count(edit.old)
    if not edit.sure:
        return _doubtful(source, edit) if count else None
    if not count:
        told = say("text_not_found", words=shortened(edit.old, _QUOTED))
        return Trimmed(told=told) if writing.parts or edit.kind == CUT else None
    return _cut(source, edit, count) if edit.kind == CUT else _swap(source, edit, count)


def _drop(source: str, edit: Edit) -> Trimmed:
    pieces = sentences(source) if edit.unit == SENTENCE else source.split("\n")
    at = [n for n, piece in enumerate(pieces) if piece.strip()]
    if edit.number > len(at):
        unit = say(f"text_unit_{edit.unit}")
        return Trimmed(told=say("text_no_such", number=edit.number, count=len(at), unit=unit))
    gone = at[edit.number - 1]
    left = [piece for n, piece in enumerate(pieces) if n != gone]
    text = "".join(left) if edit.unit == SENTENCE else "\n".join(left)
    return _done(_tidied(text), pieces[gone])


def _cut(source: str, edit: Edit, count: int) -> Trimmed:
    if count > 1:
        return Trimmed(told=say("text_many", words=shortened(edit.old, _QUOTED), count=count))
    before, after = source.split(edit.old)
    # The stop of a sentence that is gone would stand alone.
    if (not before or before[-1] in STOPS + "\n") and after[:1] and after[0] in STOPS:
        after = after[1:]
    return _done(_tidied(before + after), edit.old)


def _swap(source: str, edit: Edit, count: int) -> Trimmed:
    told = {"old": shortened(edit.old, _QUOTED), "new": shortened(edit.new, _QUOTED)}
    text = source.replace(edit.old, edit.new)
    if count > 1 and not edit.all:
        return Trimmed(text, ask=say("text_swap_all", count=count, **told))
    return Trimmed(text, say("text_swapped", **told))


def _doubtful(source: str, edit: Edit) -> Trimmed:
    """把甲改成乙 without marks of quotation may be a sentence of the text."""
    told = {"old": shortened(edit.old, _QUOTED), "new": shortened(edit.new, _QUOTED)}
    return Trimmed(source.replace(edit.old, edit.new), ask=say("text_swap_doubt", **told))


def _done(text: str, gone: str) -> Trimmed:
    return Trimmed(text, say("text_dropped", words=shortened(gone, _QUOTED)))


def _tidied(text: str) -> str:
    """The text without lines that have become empty."""
    return "\n".join(line for line in text.split("\n") if line.strip())
