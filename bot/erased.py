"""What stands in the outbox instead of a message whose words were erased."""

from __future__ import annotations

import json
from typing import Any

from bot.phrases import phrase
from bot.wecom.api import canonical

# What greying a card after a click needs; none of it holds anybody's words.
_FRAME = ("card_type", "task_id", "button_list", "submit_button")
_ENVELOPE = ("touser", "agentid", "enable_duplicate_check", "duplicate_check_interval")


def erased(payload: str, is_sent: bool) -> str:
    """The message without its words: what was sent keeps its frame, what was not says that
    something was taken out."""
    body: dict[str, Any] = json.loads(payload)
    envelope = {name: body[name] for name in _ENVELOPE if name in body}
    card = body.get("template_card")
    if is_sent and card:
        frame = {name: card[name] for name in _FRAME if name in card}
        if "checkbox" in card:
            frame["checkbox"] = {"question_key": card["checkbox"].get("question_key", "")}
        return canonical(envelope | {"msgtype": "template_card", "template_card": frame}).decode()
    words = "" if is_sent else phrase("purge_message_gone")
    return canonical(envelope | {"msgtype": "text", "text": {"content": words}}).decode()
