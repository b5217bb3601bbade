"""What a member said or did, as one plain record for all kinds of messages and events.

wechatpy's parser is not used: it strips the text, gives a string for one selected option
and a list for two, and knows none of the card events. Sources: paths 90239 and 90240.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from xml.etree.ElementTree import Element

from bot.wecom.xmltree import MalformedXml, read

__all__ = ["Inbound", "MalformedXml", "dedupe_key", "parse"]

KINDS = frozenset({"text", "image", "voice", "video", "location", "link", "file", "event"})
UNKNOWN = "unknown"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIELDS = {
    "ToUserName", "FromUserName", "CreateTime", "MsgId", "AgentID", "Content", "MediaId",
    "FileName", "Event", "EventKey", "TaskId", "CardType", "ResponseCode", "SelectedItems",
}  # fmt: skip
_DEEPEST = 8


@dataclass(frozen=True)
class Inbound:
    """One message or event.

    `kind` is one of KINDS or "unknown" (then extra["MsgType"] says what came); `event` the
    lower-case name of an event, else "". `created_at` is aware UTC, 1970 if unreadable.
    `text` is as sent, "" if empty. `selections` maps a question key to the chosen option
    ids, always a tuple. `extra` holds all other fields by their XML name, nested ones by a
    dotted path ("ScanCodeInfo.ScanResult"), repeated ones joined by commas.
    """

    kind: str
    sender: str
    created_at: datetime
    event: str = ""
    msg_id: str | None = None
    agent_id: int | None = None
    text: str = ""
    media_id: str = ""
    file_name: str = ""
    event_key: str = ""
    task_id: str = ""
    card_type: str = ""
    response_code: str = ""
    selections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)


def parse(xml: str) -> Inbound:
    """The record of a decrypted message. Odd but well-formed messages never raise; XML
    that is not well-formed raises MalformedXml (a ValueError)."""
    root = read(xml)
    said = _text(root, "MsgType").lower()
    kind = said if said in KINDS else UNKNOWN
    return Inbound(
        kind=kind,
        sender=_text(root, "FromUserName"),
        created_at=_moment(_text(root, "CreateTime")),
        event=_text(root, "Event").lower() if kind == "event" else "",
        msg_id=_text(root, "MsgId") or None,
        agent_id=_number(_text(root, "AgentID")),
        text=root.findtext("Content") or "",
        media_id=_text(root, "MediaId"),
        file_name=_text(root, "FileName"),
        event_key=_text(root, "EventKey"),
        task_id=_text(root, "TaskId"),
        card_type=_text(root, "CardType"),
        response_code=_text(root, "ResponseCode"),
        selections=_selections(root),
        extra=_extra(root, kind),
    )


def dedupe_key(inbound: Inbound, xml: str) -> str:
    """What a retried delivery has in common with the first: 64 hex digits.

    A message is known by app, sender and MsgId; an event has no MsgId and is known by its
    whole decrypted text. The official key for events, sender and second, would swallow the
    second of two clicks.
    """
    known = xml
    if inbound.kind != "event" and inbound.msg_id:
        known = json.dumps([inbound.agent_id, inbound.sender, inbound.msg_id])
    return sha256(known.encode("utf-8", "surrogatepass")).hexdigest()


def _text(element: Element, tag: str) -> str:
    return (element.findtext(tag) or "").strip()


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _moment(text: str) -> datetime:
    try:
        return datetime.fromtimestamp(_number(text) or 0, UTC)
    except (OverflowError, OSError, ValueError):
        return _EPOCH


def _selections(root: Element) -> dict[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = {}
    for item in root.iterfind("SelectedItems/SelectedItem"):
        ids = [(option.text or "").strip() for option in item.iterfind("OptionIds/OptionId")]
        key = _text(item, "QuestionKey")
        if key:
            chosen[key] = chosen.get(key, ()) + tuple(each for each in ids if each)
    return chosen


def _extra(root: Element, kind: str) -> dict[str, str]:
    known = _FIELDS if kind == UNKNOWN else _FIELDS | {"MsgType"}
    extra: dict[str, str] = {}
    for child in root:
        if child.tag in known:
            continue
        for path, value in _leaves(child, child.tag, 1):
            extra[path] = f"{extra[path]},{value}" if path in extra else value
    return extra


def _leaves(element: Element, path: str, depth: int) -> Iterator[tuple[str, str]]:
    # Deeper than any documented event: cut off, so that a strange one costs nothing.
    if not len(element) or depth >= _DEEPEST:
        yield path, (element.text or "").strip()
        return
    for child in element:
        yield from _leaves(child, f"{path}.{child.tag}", depth + 1)
