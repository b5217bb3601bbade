"""Photos sent by chat: orders that one is fetched, and says what becomes of it by its purpose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot import contact_talk, photo_talk
from bot.acts.base import ActRefused, check_access, locked, standing_of
from bot.acts.evidence import give_evidence, sort_evidence, wanted_now
from bot.acts.seal import take_photo
from bot.acts.sign_by_hand import sign_by_hand
from bot.lifecycle import By
from bot.services import Services
from bot.stored import StoredDocument
from storage import evidence, tasks

Purpose = Callable[[Services, Connection, str, int, StoredDocument, str, datetime], None]
"""(services, tx, userid, form id, stored photo, target, now); refuses with ActRefused."""

IN_A_ROW = timedelta(minutes=10)
"""Photos that came within this time are asked about together."""


def keep_photo(
    tx: Connection,
    actor: str,
    form_id: int,
    media_id: str,
    purpose: str,
    target: str,
    now: datetime,
    turn_id: int,
) -> None:
    """Orders the photo; the worker fetches, looks at and stores it."""
    check_access(tx, actor, By.CONTACT, locked(tx, form_id))
    if purpose not in PURPOSES or not media_id:
        raise ActRefused("photo_failed")
    order = {"form_id": form_id, "userid": actor, "media_id": media_id}
    order |= {"purpose": purpose, "target": target}
    tasks.add(tx, "photo", order, f"{_prefix(actor, form_id)}{turn_id}", now)


def sort_photos(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    items: Sequence[str],
    between: tuple[int, int],
    now: datetime,
) -> None:
    """Says for which items the person's unsorted photos with ids from first to last are."""
    first, last = between
    loose = evidence.unsorted_in_chat(tx, form_id, actor)
    mine = [each.id for each in loose if first <= each.id <= last]
    if not mine:
        raise ActRefused("photos_sorted")
    sort_evidence(services, tx, actor, form_id, mine, items, now)


def keep_as_evidence(
    services: Services,
    tx: Connection,
    userid: str,
    form_id: int,
    document: StoredDocument,
    target: str,
    now: datetime,
) -> None:
    """Files the photo where the person has said meanwhile, or asks once for all that came in a
    row; says so if it was there before."""
    talk = contact_talk.opened(services, tx, standing_of(tx, form_id), userid, now)
    named = [target] if target else photo_talk.chosen(talk)
    chosen = [item for item in named if item in wanted_now(services, tx, form_id)]
    (given,) = give_evidence(services, tx, userid, form_id, [document], chosen, "chat", now)
    if given.was_there and not given.ids:
        photo_talk.say_known(services, tx, talk, given.before, now)
    elif chosen:
        photo_talk.say_filed(services, tx, talk, chosen, now)
    else:
        ask_about(services, tx, userid, form_id, now)


def ask_about(services: Services, tx: Connection, userid: str, form_id: int, now: datetime) -> None:
    """Asks for which items the unsorted photos of the last minutes are, unless more are on the
    way: then the last of them asks."""
    if tasks.any_open(tx, _prefix(userid, form_id)):
        return
    ids = _ids(evidence.unsorted_in_chat(tx, form_id, userid, now - IN_A_ROW))
    if ids:
        talk = contact_talk.opened(services, tx, standing_of(tx, form_id), userid, now)
        photo_talk.ask(services, tx, talk, ids, now)


def _ids(loose: Collection[evidence.Evidence]) -> list[int]:
    return [each.id for each in loose]


def _prefix(userid: str, form_id: int) -> str:
    return f"photo:{form_id}:{userid}:"


PURPOSES: Mapping[str, Purpose] = {
    "evidence": keep_as_evidence,
    "seal": take_photo,
    "signature": sign_by_hand,
}
