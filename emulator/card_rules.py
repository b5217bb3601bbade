"""Which template cards the API accepts, and the error code for each fault.

Fields, limits and codes follow the published card tables. Where no code is published the general
40058 is answered. Text longer than suggested is no error: see `card_lengths`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from emulator.chat import CALLING_CARDS
from emulator.errors import ApiError

Card = dict[str, Any]
KEY_BYTES = 1024
ID_BYTES = 128
TASK_ID = re.compile(r"[0-9A-Za-z_\-@]{1,128}")


@dataclass(frozen=True)
class Surroundings:
    """What a card's fields may refer to: is there a callback, which media and members exist."""

    has_callback: bool
    knows_media: Callable[[str], bool]
    knows_user: Callable[[str], bool]


def calls_back(card: Card) -> bool:
    """True if a member can act on the card so that the app is called."""
    return card.get("card_type") in CALLING_CARDS or bool(card.get("action_menu"))


def check_card(card: object, around: Surroundings, *, update: bool = False) -> Card:
    """The card if WeChat Work takes it, else ApiError; an update needs no task_id."""
    if not isinstance(card, dict):
        raise ApiError(40058, "template_card missing")
    check_type = CHECKS.get(str(card.get("card_type")))
    if check_type is None:
        raise ApiError(42031)
    if calls_back(card) and not around.has_callback:
        raise ApiError(43012)
    _check_task_id(card, needed=calls_back(card) and not update)
    _check_menu(card)
    _check_rows(card, around)
    _check_jumps(card)
    _check_target(_object(card, "quote_area"))
    check_type(card)
    return card


def _check_task_id(card: Card, needed: bool) -> None:
    task_id = card.get("task_id")
    if task_id is None and not needed:
        return
    if not isinstance(task_id, str) or not TASK_ID.fullmatch(task_id):
        raise ApiError(42014)


def _check_menu(card: Card) -> None:
    menu = _object(card, "action_menu")
    if not menu:
        return
    actions = _list(menu, "action_list")
    _need(1 <= len(actions) <= 3, 40058, "action_list needs 1 to 3 entries")
    _need(all(_text(action, "text") for action in actions), 40058, "action_list.text missing")
    _check_keys((action.get("key") for action in actions), KEY_BYTES, 42051)


def _check_rows(card: Card, around: Surroundings) -> None:
    rows = _list(card, "horizontal_content_list")
    _need(len(rows) <= 6, 42035)
    for row in rows:
        _need(_text(row, "keyname"), 42027)
        _check_row(row, around)


def _check_row(row: Card, around: Surroundings) -> None:
    kind = row.get("type", 0)
    _need(kind in (0, 1, 2, 3), 40058, "horizontal_content_list.type")
    if kind == 1:
        _need(_is_url(row.get("url")), 42028)
    if kind == 2:
        _need(around.knows_media(str(row.get("media_id", ""))), 42029)
    if kind == 3:
        _need(around.knows_user(str(row.get("userid", ""))), 42050)


def _check_jumps(card: Card) -> None:
    jumps = _list(card, "jump_list")
    _need(len(jumps) <= 3, 42042)
    for jump in jumps:
        _need(_text(jump, "title"), 42033)
        _check_target(jump)


def _check_target(target: Card) -> None:
    kind = target.get("type", 0)
    _need(kind in (0, 1, 2), 40058, "type")
    if kind == 1:
        _need(_is_url(target.get("url")), 42028)
    if kind == 2:
        _need(_text(target, "appid"), 42030)


def _check_action(card: Card, needed: bool) -> None:
    action = _object(card, "card_action")
    if needed:
        _need(action.get("type") in (1, 2), 42045)
    _check_target(action)


def _check_text_notice(card: Card) -> None:
    title = _text(_object(card, "main_title"), "title")
    _need(title or _text(card, "sub_title_text"), 41016)
    _check_action(card, needed=True)


def _check_news_notice(card: Card) -> None:
    if not _object(card, "image_text_area"):
        _need(_is_url(_object(card, "card_image").get("url")), 42044)
    _need(len(_list(card, "vertical_content_list")) <= 4, 42036)
    _check_action(card, needed=True)


def _check_buttons(card: Card) -> None:
    _check_action(card, needed=False)
    selection = _object(card, "button_selection")
    if selection:
        _check_keys([selection.get("question_key")], KEY_BYTES, 42043)
        _check_options(selection, most=10, count_code=40058)
    buttons = _list(card, "button_list")
    _need(1 <= len(buttons) <= 6, 40058, "button_list needs 1 to 6 entries")
    _need(all(_text(button, "text") for button in buttons), 42038)
    links = [button for button in buttons if button.get("type", 0) == 1]
    _need(all(_is_url(button.get("url")) for button in links), 42028)
    calling = (button.get("key") for button in buttons if button.get("type", 0) == 0)
    _check_keys(calling, KEY_BYTES, 42039)


def _check_vote(card: Card) -> None:
    _check_action(card, needed=False)
    box = _object(card, "checkbox")
    _check_keys([box.get("question_key")], KEY_BYTES, 42043)
    _need(box.get("mode", 0) in (0, 1), 40058, "checkbox.mode")
    _check_options(box, most=20, count_code=42037)
    _check_submit(card)


def _check_multiple(card: Card) -> None:
    _check_action(card, needed=False)
    choices = _list(card, "select_list")
    _need(1 <= len(choices) <= 3, 42047)
    _check_keys((choice.get("question_key") for choice in choices), KEY_BYTES, 42043)
    for choice in choices:
        _check_options(choice, most=10, count_code=40058)
    _check_submit(card)


def _check_options(holder: Card, most: int, count_code: int) -> None:
    options = _list(holder, "option_list")
    _need(1 <= len(options) <= most, count_code, f"option_list needs 1 to {most} entries")
    _check_keys((option.get("id") for option in options), ID_BYTES, 42040)
    _need(all(_text(option, "text") for option in options), 42041)


def _check_submit(card: Card) -> None:
    button = _object(card, "submit_button")
    _check_keys([button.get("key")], KEY_BYTES, 42046)
    _need(_text(button, "text"), 42049)


def _check_keys(keys: Iterable[object], most_bytes: int, code: int) -> None:
    """Each key must be a non-empty text within the limit, and none may come twice."""
    seen: set[object] = set()
    for key in keys:
        fits = isinstance(key, str) and 0 < len(key.encode()) <= most_bytes
        _need(fits and key not in seen, code)
        seen.add(key)


def _need(good: object, code: int, detail: str = "") -> None:
    if not good:
        raise ApiError(code, detail)


def _object(holder: Card, name: str) -> Card:
    value = holder.get(name) or {}
    _need(isinstance(value, dict), 40058, f"{name} is not an object")
    return dict(value)


def _list(holder: Card, name: str) -> list[Card]:
    value = holder.get(name) or []
    good = isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
    _need(good, 40058, f"{name} is not a list of objects")
    return list(value)


def _text(holder: Card, name: str) -> bool:
    value = holder.get(name)
    return isinstance(value, str) and bool(value)


def _is_url(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


CHECKS: dict[str, Callable[[Card], None]] = {
    "text_notice": _check_text_notice,
    "news_notice": _check_news_notice,
    "button_interaction": _check_buttons,
    "vote_interaction": _check_vote,
    "multiple_interaction": _check_multiple,
}
