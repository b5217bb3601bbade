"""Passive replies: opened, checked, and shown or ignored.

A bad reply shows nothing and the app never learns of it; here it stands in the journal.
"""

import re
from xml.etree.ElementTree import Element

from emulator import crypto, xml
from emulator.card_rules import check_card
from emulator.chat import Bubble
from emulator.contents import TEXT_BYTES, Contents
from emulator.errors import ApiError
from emulator.state import State

UPDATES = {"update_button", "update_template_card"}
MESSAGES = {"text", "image", "voice", "video", "news"}
TALKING_EVENTS = {
    "subscribe",
    "enter_agent",
    "LOCATION",
    "click",
    "view",
    "view_miniprogram",
    "scancode_waitmsg",
    "template_card_menu_event",
}
LISTS = {
    "action_list",
    "horizontal_content_list",
    "vertical_content_list",
    "jump_list",
    "button_list",
    "option_list",
    "select_list",
}
NUMBERS = {"type", "style", "mode", "desc_color", "aspect_ratio"}
FLAGS = {"is_checked", "disable"}


class BadReply(ValueError):
    """A passive reply that the member never sees."""


def take_reply(
    state: State,
    body: str,
    userid: str,
    event: str | None,
    clicked: Bubble | None,
    letter: int = 0,
) -> list[Bubble]:
    """New bubbles from the reply to a message (event None) or event; updates grey `clicked`.
    `letter` is the callback's number in the record."""
    bubbles: list[Bubble] = []
    if body.strip() in ("", "success"):
        how = "empty"
    else:
        try:
            inner = _open(state, body, userid)
            bubbles = _apply(state, inner, userid, event, clicked)
            how = "message" if bubbles else "update"
        except (BadReply, crypto.CryptoError, xml.XmlError, ApiError) as error:
            state.journal.note("bad_reply", "bad_reply", userid, why=str(error))
            how = "bad"
    shown = [bubble.id for bubble in bubbles]
    state.record.add("replied", letter=letter, userid=userid, how=how, shown=shown)
    return bubbles


def _open(state: State, body: str, userid: str) -> Element:
    root = xml.parse(body)
    encrypted = xml.one(root, "Encrypt")
    signature, stamp, nonce = (xml.one(root, n) for n in ("MsgSignature", "TimeStamp", "Nonce"))
    settings = state.settings
    crypto.check_signature(signature, settings.token, stamp, nonce, encrypted)
    inner = xml.parse(crypto.decrypt(settings.aes_key, encrypted, settings.corp_id))
    if xml.one(inner, "ToUserName").lower() != userid.lower():
        raise BadReply("reply is addressed to somebody else")
    if xml.one(inner, "FromUserName") != settings.corp_id:
        raise BadReply("reply does not come from the corporation's id")
    if not xml.one(inner, "CreateTime").isdigit():
        raise BadReply("CreateTime is not a number of seconds")
    return inner


def _apply(
    state: State, inner: Element, userid: str, event: str | None, clicked: Bubble | None
) -> list[Bubble]:
    kind = xml.one(inner, "MsgType")
    if kind in UPDATES:
        if clicked is None:
            raise BadReply(f"{kind} where no card was clicked")
        _update(state, kind, inner, clicked)
        return []
    if kind not in MESSAGES:
        raise BadReply(f"MsgType {kind!r} cannot be a passive reply")
    if event is not None and event not in TALKING_EVENTS:
        raise BadReply(f"{kind} is no answer to the event {event}")
    content = _content(state, kind, inner, userid)
    return [state.chats.add(userid, "bot", kind, content, how="passive")]


def _content(state: State, kind: str, inner: Element, userid: str) -> dict[str, object]:
    contents = Contents(state.shelf, state.journal, userid)
    if kind == "text":
        text = contents.cut(xml.one(inner, "Content"), TEXT_BYTES, "passive text")
        if not text:
            raise BadReply("empty text")
        return {"content": text}
    if kind == "news":
        articles = inner.findall("Articles/item")
        return contents.check("news", {"articles": [to_json(article) for article in articles]})
    holder = inner.find(kind.capitalize())
    if holder is None:
        raise BadReply(f"{kind} without its element")
    return contents.check(kind, to_json(holder))


def _update(state: State, kind: str, inner: Element, clicked: Bubble) -> None:
    if kind == "update_button":
        name = inner.findtext("Button/ReplaceName")
        if not name:
            raise BadReply("update_button without ReplaceName")
        state.cards.grey(clicked, name)
        return
    holder = inner.find("TemplateCard")
    if holder is None:
        raise BadReply("update_template_card without TemplateCard")
    card = check_card(to_json(holder), state.surroundings(), update=True)
    state.cards.replace(clicked, card)


def to_json(element: Element) -> dict[str, object]:
    """CamelCase XML as the JSON the API takes: repeated elements become lists."""
    found: dict[str, object] = {}
    for child in element:
        name = _snake(child.tag)
        value = _value(name, child)
        if name in LISTS:
            entries = found.setdefault(name, [])
            assert isinstance(entries, list)  # noqa: S101 - set just above
            entries.append(value)
        else:
            found[name] = value
    return found


def _value(name: str, child: Element) -> object:
    if len(child):
        return to_json(child)
    text = (child.text or "").strip()
    if name in NUMBERS:
        return _number(name, text)
    if name in FLAGS:
        return text.lower() in ("true", "1")
    return child.text or ""


def _number(name: str, text: str) -> int | float:
    try:
        return float(text) if "." in text else int(text)
    except ValueError as error:
        raise BadReply(f"{name} is not a number") from error


def _snake(tag: str) -> str:
    """CardType -> card_type, PicUrl -> picurl (the one that JSON writes without a break)."""
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", tag).lower()
    return {"pic_url": "picurl"}.get(name, name)
