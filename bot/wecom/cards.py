"""Template cards as JSON objects, checked before they are sent.

Each builder gives the value of "template_card" in a message/send body and raises CardError
(a ValueError) that names the field, the limit and the errcode. Cards are not shown in the
WeChat plug-in and older clients: the caller always offers a way in text as well.
Source: path 90236.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from bot.wecom import card_limits as limits
from bot.wecom.card_limits import Card, CardError, overlong
from bot.wecom.texts import clean

__all__ = ["Card", "CardError", "button_card", "greyed", "notice_card", "overlong", "vote_card"]

Button = tuple[str, str] | tuple[str, str, int]
"""(key, label) or (key, label, style 1 to 4); style 1 is the blue one."""
Detail = tuple[str, str] | tuple[str, str, str]
"""(name, value) or (name, value, url)."""
Option = tuple[str, str, bool]
"""(id, label, whether it is chosen at first)."""


def button_card(
    task_id: str,
    title: str,
    note: str = "",
    details: Sequence[Detail] = (),
    buttons: Sequence[Button] = (),
    source: str = "",
) -> Card:
    """A question with one to six buttons (button_interaction)."""
    limits.count("button_list", buttons, 6, None, least=1)
    limits.unique("button_list.key", [button[0] for button in buttons], 42039)
    card = _card("button_interaction", source, title=limits.text("main_title.title", title, 41016))
    card["task_id"] = limits.task_id(task_id)
    card["button_list"] = [_button(button) for button in buttons]
    _describe(card, note, details)
    return card


def vote_card(
    task_id: str,
    question_key: str,
    title: str,
    note: str,
    options: Sequence[Option],
    multi: bool,
    submit_key: str,
    submit_label: str,
    source: str = "",
) -> Card:
    """A choice among one to twenty options with a submit button (vote_interaction).

    `note` stands under the title, where clients show about 44 characters. Raises CardError
    also if several options of a single choice are chosen at first.
    """
    card = _card("vote_interaction", source, limits.text("main_title.title", title, 41016), note)
    card["task_id"] = limits.task_id(task_id)
    card["checkbox"] = {
        "question_key": limits.key("checkbox.question_key", question_key, 42043),
        "mode": int(multi),
        "option_list": _options(options, multi),
    }
    card["submit_button"] = {
        "key": limits.key("submit_button.key", submit_key, 42046),
        "text": limits.text("submit_button.text", submit_label, 42049),
    }
    return card


def notice_card(
    title: str,
    note: str,
    details: Sequence[Detail],
    url: str,
    source: str = "",
    emphasis: tuple[str, str] | None = None,
    links: Sequence[tuple[str, str]] = (),
) -> Card:
    """A notice that opens `url` when tapped (text_notice).

    `emphasis` is a large figure and the words below it, `links` up to three (title, url).
    """
    if not clean(title + note).strip():
        raise CardError("main_title.title", "and sub_title_text must not both be empty", 41016)
    limits.count("jump_list", links, 3, 42042)
    card = _card("text_notice", source, clean(title))
    card["card_action"] = {"type": 1, "url": limits.url("card_action.url", url)}
    if emphasis:
        card["emphasis_content"] = {"title": clean(emphasis[0]), "desc": clean(emphasis[1])}
    if links:
        card["jump_list"] = [_link(title, address) for title, address in links]
    _describe(card, note, details)
    return card


def greyed(card: Card, replace_text: str) -> Card:
    """A copy of an interactive card after its answer: the button grey with `replace_text`,
    selections closed. For message/update_template_card."""
    if card["card_type"] not in ("button_interaction", "vote_interaction", "multiple_interaction"):
        raise CardError("card_type", f"{card['card_type']} has no button to grey", 42031)
    done = deepcopy(card)
    done["replace_text"] = limits.text("replace_text", replace_text)
    for part in ("button_selection", "checkbox"):
        if part in done:
            done[part]["disable"] = True
    for selection in done.get("select_list", ()):
        selection["disable"] = True
    return done


def _card(kind: str, source: str, title: str, desc: str = "") -> Card:
    heading = {name: clean(said) for name, said in (("title", title), ("desc", desc)) if said}
    card: Card = {"card_type": kind}
    if heading:
        card["main_title"] = heading
    if source:
        card["source"] = {"desc": clean(source)}
    return card


def _describe(card: Card, note: str, details: Sequence[Detail]) -> None:
    limits.count("horizontal_content_list", details, 6, 42035)
    if note:
        card["sub_title_text"] = clean(note)
    if details:
        card["horizontal_content_list"] = [_detail(detail) for detail in details]


def _detail(detail: Detail) -> dict[str, Any]:
    name = limits.text("horizontal_content_list.keyname", detail[0], 42027)
    row: dict[str, Any] = {"keyname": name, "value": clean(detail[1])}
    if len(detail) == 3:
        row |= {"type": 1, "url": limits.url("horizontal_content_list.url", detail[2])}
    return row


def _button(button: Button) -> dict[str, Any]:
    style = button[2] if len(button) == 3 else None
    if style not in (None, 1, 2, 3, 4):
        raise CardError("button_list.style", f"must be 1 to 4, is {style}")
    row: dict[str, Any] = {
        "key": limits.key("button_list.key", button[0], 42039),
        "text": limits.text("button_list.text", button[1], 42038),
    }
    return row if style is None else row | {"style": style}


def _options(options: Sequence[Option], multi: bool) -> list[dict[str, Any]]:
    path = "checkbox.option_list"
    limits.count(path, options, 20, 42037, least=1)
    limits.unique(f"{path}.id", [option[0] for option in options], 42040)
    if not multi and sum(option[2] for option in options) > 1:
        raise CardError(f"{path}.is_checked", "must be set once at most in a single choice")
    return [
        {
            "id": limits.key(f"{path}.id", id_, 42040, limits.MAX_OPTION_ID_BYTES),
            "text": limits.text(f"{path}.text", label, 42041),
            "is_checked": checked,
        }
        for id_, label, checked in options
    ]


def _link(title: str, address: str) -> dict[str, Any]:
    return {
        "type": 1,
        "title": limits.text("jump_list.title", title, 42033),
        "url": limits.url("jump_list.url", address),
    }
