"""Puts what is said to somebody for several reasons into one message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.documents import Document
from bot.phrases import listed, phrase
from bot.unasked.base import Kind, Look, Reason, Said
from bot.wecom.texts import byte_length
from dialogs.bubbles import Bubble, Buttons, Words
from dialogs.cards import LABEL_LIMIT, NOTE_LIMIT, TITLE_LIMIT

MOST_BYTES = 1700
"""What fits into one text with a line above it that names the hat."""
_MOST_BUTTONS = 6


@dataclass(frozen=True)
class Letter:
    """One message to one person: the reasons it is for, and those that turned out to be none."""

    userid: str
    reasons: tuple[Reason, ...]
    bubble: Bubble | None
    pictures: tuple[Document, ...] = ()
    silent: tuple[Reason, ...] = ()

    @property
    def kind(self) -> str:
        """The kind that the message goes under: that of its first reason."""
        return self.reasons[0].kind

    @property
    def about(self) -> str:
        """The codes of the departments that it concerns."""
        codes = dict.fromkeys(code for reason in self.reasons for code in reason.about)
        return ",".join(codes)

    @property
    def form_id(self) -> int | None:
        """The form, where all of it is about a single one."""
        forms = {reason.form_id for reason in self.reasons}
        return forms.pop() if len(forms) == 1 else None

    @property
    def messages(self) -> int:
        """How many messages it takes."""
        return 1 + len(self.pictures)


def compose(
    look: Look, kinds: Mapping[str, Kind], userid: str, reasons: Sequence[Reason], text_only: bool
) -> Letter:
    """The message for all of somebody's reasons, in the order of the kinds."""
    said: list[Said] = []
    told: list[Reason] = []
    silent: list[Reason] = []
    for name, kind in kinds.items():
        mine = [reason for reason in reasons if reason.kind == name]
        words = kind.say(look, mine) if mine else None
        if words is not None:
            said.append(words)
        (silent if words is None else told).extend(mine)
    pictures = tuple(picture for each in said for picture in each.pictures)
    bubble = _bubble(said, text_only) if said else None
    return Letter(userid, tuple(told), bubble, pictures, tuple(silent))


def _bubble(said: Sequence[Said], text_only: bool) -> Bubble:
    if len(said) == 1 and not text_only and _fits(said[0]):
        only = said[0]
        return Buttons(only.card, only.title, "\n".join(only.lines), only.choices)
    return Words("\n\n".join(_text(each, MOST_BYTES // len(said) - 2) for each in said))


def _fits(said: Said) -> bool:
    note = "\n".join(said.lines)
    return (
        bool(said.card)
        and 0 < len(said.choices) <= _MOST_BUTTONS
        and len(said.title) <= TITLE_LIMIT
        and len(note) <= NOTE_LIMIT
        and all(len(choice.label) <= LABEL_LIMIT for choice in said.choices)
    )


def _text(said: Said, most: int) -> str:
    """In words, with what can be replied; of too many lines the last are counted only."""
    labels = listed([phrase("unasked_label", label=choice.label) for choice in said.choices])
    end = [phrase("unasked_reply", labels=labels)] if said.choices else []
    lines = list(said.lines)
    left = 0
    while True:
        more = [phrase("unasked_more", count=left)] if left else []
        text = phrase("line_break").join([said.title, *lines, *more, *end])
        if byte_length(text) <= most or not lines:
            return text
        lines.pop()
        left += 1
