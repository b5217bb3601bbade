"""Bubbles as messages of WeChat Work: texts, and cards with their way in text."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bot.phrases import phrase
from bot.wecom import cards
from bot.wecom.cards import Card
from bot.wecom.texts import split
from dialogs.bubbles import Bubble, Buttons, Choice, Tick, Words

SUBMIT = "submit"
_UNFIT = re.compile(r"[^A-Za-z0-9_@-]+")
_MOST_MARKS = 8


@dataclass(frozen=True)
class TextMessage:
    """One text that fits into one message."""

    text: str


@dataclass(frozen=True)
class CardMessage:
    """A template card; `key` is the bubble's, `card["task_id"]` its own for ever."""

    key: str
    card: Card

    @property
    def task_id(self) -> str:
        return str(self.card["task_id"])


Message = TextMessage | CardMessage


def render(
    bubbles: Sequence[Bubble], *, text_only: bool, form_id: int | None = None, header: str = ""
) -> list[Message]:
    """The messages that show these bubbles, in order; cards as text for who wants text only.

    A `header` (the hat worn) stands above each text and as the source of each card.
    """
    messages: list[Message] = []
    for bubble in bubbles:
        if isinstance(bubble, Words):
            messages += _texts(bubble.text, header)
        elif text_only:
            messages += _texts(as_text(bubble), header)
        else:
            messages += _card_or_text(bubble, form_id, header)
    return messages


def as_text(bubble: Buttons | Tick) -> str:
    """A card in words: what it asks, its lettered or numbered options, how to reply."""
    lines = [bubble.title, bubble.note]
    if isinstance(bubble, Buttons):
        # In words a row shows the address itself.
        lines += [phrase("detail_line", name=row[0], value=row[-1]) for row in bubble.details]
        lines += _numbered(bubble.choices)
        lines.append(phrase("reply_buttons", example=bubble.choices[0].label))
    else:
        lines += _lettered(bubble.choices)
        code = "reply_single" if bubble.single else "reply_ticks"
        example = "".join(letters(bubble.choices)[: 1 if bubble.single else 2])
        lines.append(phrase(code, example=example))
    return "\n".join(line for line in lines if line)


def letters(choices: Sequence[Choice]) -> list[str]:
    """The marks by which options are picked: their ids if those are short, else A, B, C."""
    if all(_is_mark(choice.id) for choice in choices):
        return [choice.id for choice in choices]
    return list(string.ascii_uppercase[: len(choices)])


def chosen_label(card: Card, event_key: str, selected: Sequence[str]) -> str:
    """What a greyed card says: which button was pressed or which options were submitted."""
    if "button_list" in card:
        labels = {button["key"]: button["text"] for button in card["button_list"]}
        return phrase("chosen", what=labels.get(event_key, event_key))
    if not selected:
        return phrase("chosen_nothing")
    if len(selected) <= _MOST_MARKS and all(map(_is_mark, selected)):
        return phrase("chosen", what=" ".join(selected))
    return phrase("chosen_count", count=len(selected))


def card_in_words(card: Card) -> str:
    """A card that can't be shown here, as text made from what would have been sent."""
    title, note = _heading(card)
    if "button_list" in card:
        choices = tuple(Choice(b["key"], b["text"]) for b in card["button_list"])
        rows = card.get("horizontal_content_list", ())
        details = tuple((row["keyname"], row.get("url") or row["value"]) for row in rows)
        return as_text(Buttons("", title, note, choices, details))
    box = card["checkbox"]
    choices = tuple(Choice(o["id"], o["text"], o["is_checked"]) for o in box["option_list"])
    return as_text(Tick("", title, note, choices, single=not box["mode"]))


def _heading(card: Card) -> tuple[str, str]:
    main: dict[str, Any] = card.get("main_title", {})
    return main.get("title", ""), card.get("sub_title_text", "") or main.get("desc", "")


def _texts(text: str, header: str = "") -> list[Message]:
    if header:
        text = phrase("hat_header", hat=header) + "\n" + text
    return [TextMessage(part) for part in split(text)]


def _card_or_text(bubble: Buttons | Tick, form_id: int | None, header: str) -> list[Message]:
    try:
        return [CardMessage(bubble.key, _card(bubble, _task_id(form_id, bubble.key), header))]
    except cards.CardError:
        # A card that the service would refuse must not keep the person from answering.
        return _texts(as_text(bubble), header)


def _card(bubble: Buttons | Tick, task_id: str, header: str) -> Card:
    if isinstance(bubble, Buttons):
        buttons = [(choice.id, choice.label) for choice in bubble.choices]
        return cards.button_card(
            task_id, bubble.title, bubble.note, bubble.details, buttons, source=header
        )
    return cards.vote_card(
        task_id,
        bubble.key,
        bubble.title,
        bubble.note,
        [(choice.id, choice.label, choice.ticked) for choice in bubble.choices],
        multi=not bubble.single,
        submit_key=SUBMIT,
        submit_label=phrase("submit"),
        source=header,
    )


def _is_mark(option_id: str) -> bool:
    return len(option_id) <= 2 and option_id.isascii() and option_id.isalnum()


def _task_id(form_id: int | None, key: str) -> str:
    return f"{form_id or 0}-{_UNFIT.sub('_', key)[:60]}-{uuid4().hex}"


def _numbered(choices: Sequence[Choice]) -> list[str]:
    return [phrase("button_line", number=n, label=c.label) for n, c in enumerate(choices, start=1)]


def _lettered(choices: Sequence[Choice]) -> list[str]:
    return [
        phrase(
            "option_line_ticked" if choice.ticked else "option_line",
            letter=letter,
            label=choice.label.removeprefix(f"{letter} "),
        )
        for letter, choice in zip(letters(choices), choices, strict=True)
    ]
