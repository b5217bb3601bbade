"""What each member sees: bubbles in order, each with an id, a time and, for cards, a state.

Every new or changed bubble gets the next revision number, so that a page or a test asks only for
what is new since the last revision it knows.
"""

import copy
import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from emulator.clock import Clock

Sender = Literal["bot", "member", "system"]
CALLING_CARDS = {"button_interaction", "vote_interaction", "multiple_interaction"}


@dataclass
class CardState:
    """How a card stands with one member: greyed or not, and what was chosen."""

    grey: bool = False
    replace_text: str = ""
    pressed: str = ""
    selected: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Bubble:
    """One message as one member sees it.

    `kind` is the msgtype (text, markdown, textcard, news, image, voice, video, file,
    template_card, location, link, event); `content` is that type's object. `how` says by which
    way a bot's message came: send or passive. `hint` is the emulator's own remark (a code that
    the page puts into words), never seen in reality.
    """

    id: int
    rev: int
    userid: str
    sender: Sender
    kind: str
    content: dict[str, Any]
    time: datetime
    how: str = ""
    msgid: str = ""
    card: CardState | None = None
    recalled: bool = False
    hint: str = ""

    def as_json(self) -> dict[str, Any]:
        shown = dict(vars(self)) | {"time": self.time.isoformat()}
        shown["card"] = vars(self.card) if self.card else None
        return copy.deepcopy(shown)

    def words(self) -> str:
        """Text, title and sub text joined by line breaks: what a reader takes in."""
        return "\n".join(_words(self.content))

    def waits_for_answer(self) -> bool:
        """True for a card that calls back and is not greyed."""
        calls = self.content.get("card_type") in CALLING_CARDS
        return self.card is not None and calls and not self.card.grey and not self.recalled


class Chats:
    """All bubbles of all members; safe to use from several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._bubbles: list[Bubble] = []
        self._rev = 0

    @property
    def rev(self) -> int:
        return self._rev

    def add(
        self,
        userid: str,
        sender: Sender,
        kind: str,
        content: dict[str, Any],
        *,
        how: str = "",
        msgid: str = "",
        hint: str = "",
    ) -> Bubble:
        with self._lock:
            self._rev += 1
            card = CardState() if kind == "template_card" else None
            bubble = Bubble(
                len(self._bubbles) + 1,
                self._rev,
                userid,
                sender,
                kind,
                copy.deepcopy(content),
                self._clock(),
                how,
                msgid,
                card,
                hint=hint,
            )
            self._bubbles.append(bubble)
            return bubble

    def touch(self, bubble: Bubble) -> None:
        """Marks a changed bubble so that watchers fetch it again."""
        with self._lock:
            self._rev += 1
            bubble.rev = self._rev

    def of(self, userid: str, since: int = 0) -> list[Bubble]:
        """The member's bubbles in order, or only those new or changed after revision `since`."""
        with self._lock:
            return [b for b in self._bubbles if b.userid == userid and b.rev > since]

    def get(self, bubble_id: int) -> Bubble | None:
        with self._lock:
            if not 1 <= bubble_id <= len(self._bubbles):
                return None
            return self._bubbles[bubble_id - 1]

    def by_msgid(self, msgid: str) -> list[Bubble]:
        with self._lock:
            return [b for b in self._bubbles if msgid and b.msgid == msgid]

    def cards(self, userid: str, task_id: str) -> list[Bubble]:
        with self._lock:
            return [b for b in self.of(userid) if b.card and b.content.get("task_id") == task_id]

    def newest(self, userid: str) -> Bubble | None:
        """The newest thing that the bot said to this member, recalled ones left out."""
        said = [b for b in self.of(userid) if b.sender == "bot" and not b.recalled]
        return said[-1] if said else None


def _words(content: dict[str, Any]) -> list[str]:
    plain = [content.get(key) for key in ("content", "title", "description", "name")]
    title = content.get("main_title") or {}
    quote = content.get("quote_area") or {}
    big = content.get("emphasis_content") or {}
    plain += [title.get("title"), title.get("desc"), content.get("sub_title_text")]
    plain += [quote.get("title"), quote.get("quote_text"), big.get("title"), big.get("desc")]
    for row in content.get("horizontal_content_list") or []:
        plain.append(f"{row.get('keyname', '')} {row.get('value', '')}")
    for row in content.get("vertical_content_list") or []:
        plain += [row.get("title"), row.get("desc")]
    for choice in content.get("select_list") or []:
        plain.append(choice.get("title"))
    for article in content.get("articles") or []:
        plain += [article.get("title"), article.get("description")]
    return [str(part) for part in plain if part]
