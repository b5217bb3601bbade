"""Which conversation a message belongs to: pure, so that the rules can be read in one place."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from bot.wecom.inbound import UNKNOWN, Inbound
from dialogs.events import Chosen, Event, Opened, Photo, Said, Unreadable

CARD_EVENT = "template_card_event"
_OPENING = {"enter_agent", "subscribe"}
_ALARMS = {
    "inactive_alert",
    "close_inactive_agent",
    "low_active_alert",
    "low_active",
}
# Known, and nothing for a person to be told: the rest of what they bring comes by itself.
_SILENT = {
    "unsubscribe",
    "location",
    "view",
    "view_miniprogram",
    "scancode_push",
    "scancode_waitmsg",
    "pic_sysphoto",
    "pic_photo_or_album",
    "pic_weixin",
    "location_select",
    "batch_job_result",
    "change_contact",
    "open_approval_change",
    "sys_approval_change",
    "share_agent_change",
    "share_chain_change",
    "template_card_menu_event",
    "reopen_inactive_agent",
    "active_restored",
}
SERVICE = "sys"


class Course(Enum):
    """What is to be done with an inbound message or event."""

    TALK = "talk"  # it belongs to a conversation
    CLICK = "click"  # a card of ours was clicked
    VOICE = "voice"  # answered with a fixed hint
    SILENT = "silent"  # known, and nothing to say
    ALARM = "alarm"  # the operator must know
    STRANGE = "strange"  # an event that no document knows


def course_of(inbound: Inbound) -> Course:
    """The course of a message or event, by its kind alone."""
    if inbound.sender in ("", SERVICE):
        return Course.ALARM if inbound.event in _ALARMS else Course.SILENT
    if inbound.kind == "voice":
        return Course.VOICE
    if inbound.kind != "event":
        return Course.TALK
    if inbound.event == CARD_EVENT:
        return Course.CLICK
    if inbound.event in _OPENING or inbound.event == "click":
        return Course.TALK
    if inbound.event in _ALARMS:
        return Course.ALARM
    return Course.SILENT if inbound.event in _SILENT else Course.STRANGE


def event_of(inbound: Inbound) -> Event:
    """What a message says, as the conversation sees it; for Course.TALK.

    A menu entry's key is what a person would have typed.
    """
    at = _sent_at(inbound)
    if inbound.kind == "text":
        return Said(inbound.text, at)
    if inbound.kind == "event":
        return Opened(at) if inbound.event in _OPENING else Said(inbound.event_key, at)
    if inbound.kind == "image" and inbound.media_id:
        return Photo(inbound.media_id, at)
    if inbound.kind == UNKNOWN:
        return Unreadable(inbound.extra.get("MsgType", UNKNOWN), at)
    return Unreadable(inbound.kind, at)


def chosen_of(inbound: Inbound, card_key: str) -> Chosen:
    """What a click on a card chose: the ticked options, or the pressed button."""
    at = _sent_at(inbound)
    if inbound.card_type == "vote_interaction" or inbound.selections:
        return Chosen(card_key, inbound.selections.get(card_key, ()), at)
    return Chosen(card_key, (inbound.event_key,), at)


def _sent_at(inbound: Inbound) -> datetime | None:
    """When it was sent; all that a person does has to be dated by one and the same clock, or what
    is in order looks as if it weren't."""
    return inbound.created_at if inbound.created_at.year > 1970 else None
