"""What stood for a question when somebody was shown it: a later look tells whether it has changed."""

from __future__ import annotations

import hashlib
import json

from dialogs.agenda import Item
from dialogs.talk import Talk
from scoring.values import Value


def seen_now(talk: Talk, item: Item) -> dict[str, str]:
    """What stands for the facts of an item now, for `State.seen`; nothing for open ones."""
    return {name: mark(talk.answers[name]) for name in item.facts if name in talk.answers}


def mark(value: Value) -> str:
    """What a value is known by; nothing of it can be read back."""
    text = json.dumps(value.plain(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
