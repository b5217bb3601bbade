"""The chat page in a terminal: what is typed goes to the emulator, what comes is printed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import requests

from bot.commands.phrases import say

_TIMEOUT = 10
_POLL = 0.15
_QUIET, _LONGEST = 6, 50
"""After so many polls without news nothing more is waited for; never more polls than that."""

Json = dict[str, Any]


class Terminal:
    """One member at a time in front of the emulator at `page`; `show` prints, `pause` waits for
    some seconds."""

    def __init__(
        self,
        page: str,
        userid: str,
        show: Callable[[str], None],
        session: requests.Session | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._page, self._show, self._pause = page.rstrip("/"), show, pause
        self._session = session or requests.Session()
        self._session.trust_env = False
        self._seen: dict[str, int] = {}
        self._cards: dict[str, Json] = {}
        self.userid = userid

    def open(self) -> None:
        """The member opens the app."""
        self._do("open", {})

    def take(self, line: str) -> bool:
        """Does what a line says; False for the end. `/1` presses the first button of the newest
        card (`/1 3` ticks), `/as USERID` changes who is talking, `/save FILE` writes the
        conversation down as a dialogue test, `/quit` ends."""
        word, _, rest = line.strip().partition(" ")
        match word:
            case "/quit":
                return False
            case "/as":
                self.userid = rest.strip() or self.userid
                self.open()
            case "/save":
                self._save(Path(rest.strip() or f"{self.userid}.yaml"))
            case _ if word[:1] == "/" and word[1:].isdigit():
                self._tap([int(n) for n in line.replace("/", "").split() if n.isdigit()])
            case _:
                self._do("say", {"text": line})
        return True

    def _tap(self, numbers: list[int]) -> None:
        card = self._cards.get(self.userid)
        choices = list(_choices(card["content"])) if card else []
        if card is None or any(not 0 < n <= len(choices) for n in numbers):
            self._show(say("chat_no_card"))
            return
        keys = [choices[n - 1][0] for n in numbers]
        given = {"message_id": card["id"]}
        if card["content"].get("checkbox"):
            self._do("submit", given | {"picked": keys})
        else:
            self._do("press", given | {"key": keys[0]})

    def _save(self, file: Path) -> None:
        asked = {"userid": self.userid, "name": file.stem}
        answer = self._session.get(
            f"{self._page}/emulator/dialogue", params=asked, timeout=_TIMEOUT
        )
        answer.raise_for_status()
        file.write_text(answer.text, encoding="utf-8")
        self._show(say("chat_saved", {"file": str(file)}))

    def _do(self, act: str, given: Json) -> None:
        address = f"{self._page}/emulator/{act}"
        answer = self._session.post(address, json={"userid": self.userid} | given, timeout=_TIMEOUT)
        if not answer.ok:
            self._show(str(answer.json().get("error", answer.status_code)))
        self._read()

    def _read(self) -> None:
        """Prints what has come, until nothing more comes for a moment."""
        quiet, heard = 0, False
        for _ in range(_LONGEST):
            fresh = self._fresh()
            for bubble in fresh:
                self._print(bubble)
            heard, quiet = heard or bool(fresh), 0 if fresh else quiet + 1
            if heard and quiet >= _QUIET:
                return
            self._pause(_POLL)

    def _fresh(self) -> list[Json]:
        asked = {"userid": self.userid, "since": str(self._seen.get(self.userid, 0))}
        answer = self._session.get(
            f"{self._page}/emulator/messages", params=asked, timeout=_TIMEOUT
        )
        if not answer.ok:
            return []
        given = answer.json()
        self._seen[self.userid] = given["rev"]
        return [each for each in given["messages"] if each["sender"] != "member"]

    def _print(self, bubble: Json) -> None:
        card = bubble.get("card")
        if card and card["grey"]:
            return
        content = bubble["content"]
        self._show("\n".join(_lines(content)) or f"[{bubble['kind']}]")
        choices = list(_choices(content))
        if choices:
            self._cards[self.userid] = bubble
            self._show("  ".join(f"[/{n}] {text}" for n, (_, text) in enumerate(choices, start=1)))
        self._show("")


def _lines(content: Json) -> Iterator[str]:
    """The words of a bubble, title first."""
    title = content.get("main_title") or {}
    for text in (content.get("content"), title.get("title"), title.get("desc")):
        if text:
            yield str(text)
    for name in ("sub_title_text", "title", "description", "name"):
        if isinstance(content.get(name), str) and content[name]:
            yield content[name]


def _choices(content: Json) -> Iterator[tuple[str, str]]:
    """Keys and labels of what can be tapped on a card."""
    for button in content.get("button_list") or ():
        yield button["key"], button["text"]
    for option in (content.get("checkbox") or {}).get("option_list") or ():
        yield option["id"], option["text"]
