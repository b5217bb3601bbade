"""Texts on a card that are longer than suggested: no error, but the client folds or cuts them."""

from collections.abc import Iterator
from typing import Any

# Path inside the card (lists are walked) and the suggested number of characters.
SUGGESTED = {
    "source.desc": 20,
    "main_title.title": 36,
    "main_title.desc": 44,
    "sub_title_text": 160,
    "emphasis_content.title": 14,
    "emphasis_content.desc": 22,
    "horizontal_content_list.keyname": 5,
    "horizontal_content_list.value": 30,
    "vertical_content_list.title": 38,
    "vertical_content_list.desc": 160,
    "jump_list.title": 18,
    "button_list.text": 10,
    "button_selection.option_list.text": 16,
    "checkbox.option_list.text": 17,
    "select_list.option_list.text": 16,
    "submit_button.text": 10,
}


def long_texts(card: dict[str, Any]) -> list[tuple[str, int, int]]:
    """Place, length and suggested length, in characters, of each text that is over it."""
    return [
        (path, len(text), most)
        for path, most in SUGGESTED.items()
        for text in _texts(card, path.split("."))
        if len(text) > most
    ]


def _texts(node: Any, path: list[str]) -> Iterator[str]:
    if isinstance(node, list):
        for entry in node:
            yield from _texts(entry, path)
    elif isinstance(node, dict) and path:
        yield from _texts(node.get(path[0]), path[1:])
    elif isinstance(node, str) and not path:
        yield node
