"""Everything one emulated corporation remembers, in memory, in one place."""

import secrets
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from emulator.card_rules import Surroundings
from emulator.cards import CardDesk
from emulator.chat import Chats
from emulator.clock import Clock
from emulator.directory import Directory
from emulator.errors import ApiError
from emulator.faults import Faults
from emulator.journal import Journal
from emulator.media import Shelf
from emulator.rates import Gauge, RateWindow, Repeats
from emulator.record import Record
from emulator.settings import Settings
from emulator.tokens import LoginCodes, Tickets, TokenBook


class State:
    """The stores, each with its own lock; `sending` orders whole sends among themselves.

    `pause(seconds)` is how the emulator waits in real time; tests hand in one that doesn't.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        pause: Callable[[float], None] = time.sleep,
        record_path: Path | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.pause = pause
        self.journal = Journal(clock)
        self.record = Record(clock, record_path)
        self.chats = Chats(clock)
        self.directory = Directory(settings)
        self.tokens = TokenBook(settings, clock)
        self.logins = LoginCodes(settings.oauth_code_seconds, clock)
        self.tickets = Tickets(clock)
        self.shelf = Shelf(settings.media_days, clock)
        self.faults = Faults()
        self.repeats = Repeats(clock)
        self.cards = CardDesk(self.chats, clock, settings)
        self.parallel = Gauge(settings.api_parallel)
        self.minute = RateWindow(clock, settings.per_member_per_minute, timedelta(minutes=1))
        self.hour = RateWindow(clock, settings.per_member_per_hour, timedelta(hours=1))
        self.day = RateWindow(clock, settings.receivers_per_day, timedelta(days=1))
        self.sending = threading.RLock()
        self.menu: dict[str, Any] | None = None
        self._number = secrets.randbits(60)

    def switch(self, **wish: object) -> None:
        """Sets some of the settings' SWITCHES otherwise; ValueError for what can't be."""
        changed = self.settings.switched(**wish)
        for name in wish:
            # In the same object: everything here holds on to it.
            setattr(self.settings, name, getattr(changed, name))

    def surroundings(self) -> Surroundings:
        """What a template card may refer to at this moment."""
        return Surroundings(
            has_callback=self.settings.callback_url is not None,
            knows_media=self._knows_media,
            knows_user=lambda userid: self.directory.find(userid) is not None,
        )

    def next_msg_id(self) -> int:
        """A 64-bit number never given before, for MsgId."""
        with self.sending:
            self._number += 1
            return self._number

    def _knows_media(self, media_id: str) -> bool:
        try:
            self.shelf.fresh(media_id)
        except ApiError:
            return False
        return True
