"""People who answer at a steady rate, and remember what they said."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import requests

from bot.district import DepartmentPlan

YUAN = "元"
FIGURE = "实际采购金额改成{figure}" + YUAN


@dataclass(frozen=True)
class Said:
    """A figure that somebody typed; it comes once in all."""

    userid: str
    figure: str


@dataclass
class People:
    """The contacts of all departments; `pause` is the mean time in seconds between two messages of
    one. Every tenth department also sends its form in, and its leaders say yes."""

    page: str
    departments: Sequence[DepartmentPlan]
    pause: float
    random: Random
    said: list[Said] = field(default_factory=list)
    sent_in: set[str] = field(default_factory=set)
    trouble: list[str] = field(default_factory=list)
    _done: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        self._threads = [
            threading.Thread(target=self._live, args=(number, each), daemon=True)
            for number, each in enumerate(self.departments)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _live(self, number: int, department: DepartmentPlan) -> None:
        random, session = Random(self.random.random() + number), requests.Session()
        session.trust_env = False
        contact, count = department.contacts[0], 0
        while not self._done.wait(random.uniform(0.5, 1.5) * self.pause):
            count += 1
            if number % 10 == 3 and count == 4:
                self._approve(session, department)
                return
            # Each figure comes once, so that it can be found again whoever kept or told it.
            figure = f"{900_000 + number * 1000 + count}.{count % 100:02d}"
            text = FIGURE.format(figure=figure)
            self.said.append(Said(contact, figure))
            self._say(session, contact, text)

    def _approve(self, session: requests.Session, department: DepartmentPlan) -> None:
        """Sends in, and says yes for each leader in turn, twice, in case that once was lost."""
        wishes = [(department.contacts[0], "送审")]
        wishes += [(reviewer.userid, "通过") for reviewer in department.reviewers]
        for userid, wish in wishes:
            for _ in range(2):
                self._say(session, userid, wish)
                self._done.wait(2)
        self.sent_in.add(department.code)

    def _say(self, session: requests.Session, userid: str, text: str) -> None:
        order = {"userid": userid, "text": text}
        answer = session.post(f"{self.page}/emulator/say", json=order, timeout=60)
        if answer.status_code != 200:
            self.trouble.append(f"the emulator answered {answer.status_code} to {userid}")


def fetched(page: str, path: str) -> Any:
    """What the emulator says at an address of its control."""
    session = requests.Session()
    session.trust_env = False
    return session.get(f"{page}/emulator/{path}", timeout=30).json()
