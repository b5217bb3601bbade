"""Plans what people are told unasked: who is due, in one message, not too often, never twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from bot.services import Services
from bot.stored import StoredDocument, keep, store
from bot.unasked import KINDS
from bot.unasked.base import Look, Reason, is_snoozable
from bot.unasked.hours import calm, own_minute
from bot.unasked.letters import Letter, compose
from storage import ledger, people, snoozes, unasked

log = structlog.get_logger(__name__)

MOST_A_DAY = 3
"""Messages that nobody asked for, a person and day."""
FRESH = timedelta(minutes=10)
"""How old words may be when they leave."""
PICTURE = "_picture"


class Overtaken(Exception):
    """Another process has just said a part of it."""


def plan(services: Services, now: datetime) -> None:
    """Queues what is due now, each person's reasons in one message.

    What was said stands in the ledger, so that a second run, in whichever process, says nothing.
    """
    with services.database.read() as tx:
        look = Look(services, tx, now)
        if not _open(look):
            return
        letters = [_letter(look, userid, mine) for userid, mine in _wanted(look).items()]
    for letter in letters:
        stored = store(services.files, letter.pictures)
        try:
            with services.database.begin() as tx:
                _queue(services, tx, letter, stored, now)
        except Overtaken:
            log.info("unasked_overtaken", kind=letter.kind)


def leaves(services: Services, tx: Connection, unasked_id: int, now: datetime) -> bool:
    """Whether a queued message may leave, and then it counts as leaving.

    Otherwise it is taken out, and its reasons are free for a message with fresh words, if they
    still stand then. Once a part of it has left, the rest follows in any case.
    """
    entry = unasked.get(tx, unasked_id)
    if entry is None or entry.dropped_at:
        return False
    if entry.started_at:
        return True
    if _stands(services, tx, entry, now):
        unasked.start(tx, unasked_id, now)
        return True
    unasked.drop(tx, unasked_id, now)
    ledger.forget(tx, entry.reasons)
    log.info("unasked_dropped", kind=entry.kind)
    return False


def _stands(services: Services, tx: Connection, entry: unasked.Unasked, now: datetime) -> bool:
    codes = frozenset(entry.about.split(",")) if entry.about else frozenset()
    look = Look(services, tx, now, codes)
    if not _open(look) or not timedelta() <= now - entry.created_at <= FRESH:
        return False
    due = _unsnoozed(look, _due(look, {entry.userid}))
    return set(entry.reasons) <= {reason.once for reason in due}


def _open(look: Look) -> bool:
    """Whether this is a moment at which anybody is told anything."""
    hours = look.services.settings.working_hours
    return calm(look.local) and look.calendar.at_work(hours)(look.local)


def _due(look: Look, userids: Collection[str] = ()) -> list[Reason]:
    """What is due for everybody, or for these people, said or not."""
    found = (reason for kind in KINDS.values() for reason in kind.due(look))
    return [reason for reason in found if not userids or reason.userid in userids]


def _unsnoozed(look: Look, reasons: Iterable[Reason]) -> list[Reason]:
    resting = {each.userid for each in snoozes.running(look.tx, look.now)}
    return [
        reason
        for reason in reasons
        if reason.userid not in resting or not is_snoozable(reason.kind)
    ]


def _wanted(look: Look) -> dict[str, list[Reason]]:
    """The reasons that are to be said now, by person."""
    ready = [
        reason
        for reason in _unsnoozed(look, _due(look))
        if reason.at + own_minute(reason.userid, look.today) <= look.now
    ]
    said = ledger.known(look.tx, {reason.once for reason in ready})
    found: dict[str, dict[str, Reason]] = {}
    for reason in ready:
        if reason.once not in said:
            found.setdefault(reason.userid, {})[reason.once] = reason
    had = unasked.counts(look.tx, list(found), str(look.today))
    return {
        userid: list(mine.values())
        for userid, mine in found.items()
        if had.get(userid, 0) < MOST_A_DAY
    }


def _letter(look: Look, userid: str, reasons: list[Reason]) -> Letter:
    person = people.person(look.tx, userid)
    text_only = not look.services.postbox.cards or (person is not None and person.plain_text_only)
    return compose(look, KINDS, userid, reasons, text_only)


def _queue(
    services: Services,
    tx: Connection,
    letter: Letter,
    pictures: list[StoredDocument],
    now: datetime,
) -> None:
    """Ledger and messages in one transaction, under the person's lock. Raises Overtaken."""
    person = people.person(tx, letter.userid, lock=True)
    for reason in letter.silent:
        ledger.once(tx, reason.once, now)
    if letter.bubble is None or person is None or not person.active:
        return
    day = str(now.astimezone(services.settings.zone).date())
    had = unasked.counts(tx, [letter.userid], day).get(letter.userid, 0)
    room = MOST_A_DAY - had
    if room <= 0:
        return
    pictures = pictures[: room - 1]
    if not all(ledger.once(tx, reason.once, now) for reason in letter.reasons):
        raise Overtaken
    keys = [reason.once for reason in letter.reasons]
    count = 1 + len(pictures)
    entry = unasked.add(tx, letter.userid, day, letter.kind, letter.about, keys, count, now)
    _post(services, tx, letter, pictures, entry, now)


def _post(
    services: Services,
    tx: Connection,
    letter: Letter,
    pictures: list[StoredDocument],
    entry: int,
    now: datetime,
) -> None:
    if letter.bubble is None:
        return
    who, kind, about = letter.userid, letter.kind, letter.about
    post, put_image = services.postbox.post, services.postbox.put_image
    bubbles = (letter.bubble,)
    post(tx, who, bubbles, now, letter.form_id, topic=kind, about=about, unasked_id=entry)
    for number, picture in enumerate(pictures, start=1):
        keep(tx, picture, now)
        once = f"unasked:{entry}:{number}"
        put_image(tx, who, picture.key, now, once, kind + PICTURE, about, entry)
