"""Task ids and response codes, and what updating a card does to the bubbles that show it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from emulator.chat import Bubble, CardState, Chats
from emulator.clock import Clock
from emulator.errors import ApiError
from emulator.settings import Settings


@dataclass
class ResponseCode:
    """The right to update one card for some members, once, within its time."""

    code: str
    task_id: str
    userids: frozenset[str]
    issued: datetime
    used: bool = False


class CardDesk:
    """Remembers every task_id for ever and every response code."""

    def __init__(self, chats: Chats, clock: Clock, settings: Settings) -> None:
        self._chats = chats
        self._clock = clock
        self._settings = settings
        self._life = timedelta(hours=settings.response_code_hours)
        self._task_ids: set[str] = set()
        self._codes: dict[str, ResponseCode] = {}

    def refuse_known(self, task_id: str | None) -> None:
        """Raises 42014 if the app ever used this task_id."""
        if task_id in self._task_ids:
            raise ApiError(42014)

    def register(self, task_id: str) -> None:
        self._task_ids.add(task_id)

    def issue(self, task_id: str, userids: Iterable[str]) -> str:
        """A new response code for this card and these members."""
        code = secrets.token_urlsafe(32)
        wanted = frozenset(userid.lower() for userid in userids)
        self._codes[code] = ResponseCode(code, task_id, wanted, self._clock())
        return code

    def expire(self) -> None:
        """Makes every response code too old now."""
        for record in self._codes.values():
            record.issued = min(record.issued, self._clock() - self._life)

    def look_up(self, code: str) -> ResponseCode:
        """The code's record; ApiError if unknown, used or too old."""
        record = self._codes.get(code)
        if record is None:
            raise ApiError(40058, "response_code unknown")
        if record.used:
            raise ApiError(self._settings.spent_code_errcode, "response_code already used")
        if self._clock() - record.issued >= self._life:
            raise ApiError(self._settings.spent_code_errcode, "response_code expired")
        return record

    def grey(self, bubble: Bubble, text: str) -> None:
        """The card's button turns grey and shows `text`."""
        if bubble.card:
            bubble.card.grey = True
            bubble.card.replace_text = text
            self._chats.touch(bubble)

    def replace(self, bubble: Bubble, card: dict[str, Any]) -> None:
        """A whole new card takes the old one's place; its task_id stays unless it brings one."""
        old_id = bubble.content.get("task_id")
        new_id = card.get("task_id", old_id)
        if new_id and new_id != old_id:
            self.refuse_known(new_id)
            self.register(new_id)
        bubble.content = dict(card) | ({"task_id": new_id} if new_id else {})
        text = str(card.get("replace_text", ""))
        selected = bubble.card.selected if bubble.card else {}
        bubble.card = CardState(grey=bool(text), replace_text=text, selected=selected)
        self._chats.touch(bubble)
