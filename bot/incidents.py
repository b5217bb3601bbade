"""Why nothing can be sent, shared by all processes: one incident, one process that tries, and all
go on by themselves when a try succeeds."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from bot.settings import Settings
from bot.wecom.errors import ApiError, Reaction
from storage import incidents
from storage.database import Database
from storage.incidents import ACCESS, CREDENTIALS, NEVER, WINDOW, Incident, Overtaken, Probe

log = structlog.get_logger(__name__)

_STOPPING = {Reaction.PAUSE_ALL, Reaction.WAIT_WINDOW}
# Answers to gettoken that only other credentials or an operator can change; asking on would get
# our address blocked for an hour, for all apps of the corp (path 90312).
_NO_TOKEN = {40001, 40013, 40014, 40091, 41002, 41004, 42001}
_WINDOW = timedelta(seconds=60)
_LONGEST_WINDOW = timedelta(minutes=30)


@dataclass(frozen=True)
class Entry:
    """May messages be sent now? Freely if nothing stands against it; else by trying one, if
    this process may."""

    standing: tuple[Incident, ...] = ()
    open: bool = True

    @property
    def trying(self) -> bool:
        return self.open and bool(self.standing)


class Incidents:
    """Opens, tries and closes incidents of this installation. Also remembers for the API client
    that no token can be had (see Refusals)."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._pause = timedelta(seconds=settings.pause_seconds)
        self._mine = fingerprint(settings)

    def note(self, error: ApiError, now: datetime) -> None:
        """No call can work: opens an incident. An operator is called once, not at each try."""
        if error.reaction not in _STOPPING:
            return
        kind = _kind(error)
        with self._database.begin() as tx:
            new = incidents.note(
                *(tx, kind, error.code, error.errmsg, error.from_ip or "", self._mine, now),
                now + self._wait(kind, 0) if kind != CREDENTIALS else NEVER,
            )
        if new:
            log.error("sending_paused", code=error.code, reason=error.errmsg, our_ip=error.from_ip)

    def enter(self, tx: Connection, now: datetime) -> Entry:
        """Says whether messages may be sent now; all incidents must be due to be tried."""
        found = tuple(incidents.standing(tx))
        return Entry(found, all(each.may_be_tried(self._mine, now) for each in found))

    def take(self, tx: Connection, entry: Entry, now: datetime) -> list[Probe]:
        """Takes the right to try. Raises Overtaken if another process has it.

        That of missing credentials is taken where they are asked for: a token may still be good.
        """
        probes = []
        for each in entry.standing:
            if each.kind == CREDENTIALS:
                probes.append(Probe(each.id, each.probes))
            else:
                until = now + self._wait(each.kind, each.probes + 1)
                probes.append(incidents.take(tx, each, self._mine, until))
        return probes

    def give_back(self, probes: Sequence[Probe], now: datetime) -> None:
        """Nothing was tried."""
        with self._database.begin() as tx:
            incidents.give_back(tx, probes, now)

    def close(self, probes: Sequence[Probe], now: datetime) -> None:
        """A try worked: all go on."""
        with self._database.begin() as tx:
            closed = incidents.close(tx, probes, now)
        if closed:
            log.info("sending_resumed")

    def standing(self, now: datetime) -> ApiError | None:
        """The answer of gettoken that stands; None if it may be asked, once."""
        with self._database.read() as tx:
            found = _credentials(tx)
        if found is None:
            return None
        refused = ApiError("gettoken", found.code or 0, found.reason, Reaction.PAUSE_ALL)
        if not found.may_be_tried(self._mine, now):
            return refused
        try:
            with self._database.begin() as tx:
                incidents.take(tx, found, self._mine, NEVER)
        except Overtaken:
            return refused
        return None

    def remember(self, error: ApiError, now: datetime) -> None:
        """What gettoken answered stops all sending."""
        self.note(error, now)

    def forget(self, now: datetime) -> None:
        """There is a token: the credentials are good."""
        with self._database.read() as tx:
            found = _credentials(tx)
        if found:
            self.close([Probe(found.id, found.probes)], now)

    def _wait(self, kind: str, probes: int) -> timedelta:
        if kind != WINDOW:
            return self._pause
        # A full minute, hour or day is not told apart: the next try waits twice as long.
        doublings: int = 2 ** min(probes, 5)
        return min(_WINDOW * doublings, _LONGEST_WINDOW)


def fingerprint(settings: Settings) -> str:
    """What tells these credentials from others, and gives none of them away."""
    who = f"{settings.corp_id} {settings.agent_id} {settings.api_base}"
    key = settings.secret.get_secret_value().encode()
    return hmac.new(key, who.encode(), "sha256").hexdigest()[:32]


def _credentials(tx: Connection) -> Incident | None:
    return next((each for each in incidents.standing(tx) if each.kind == CREDENTIALS), None)


def _kind(error: ApiError) -> str:
    if error.reaction is Reaction.WAIT_WINDOW:
        return WINDOW
    return CREDENTIALS if error.call == "gettoken" and error.code in _NO_TOKEN else ACCESS
