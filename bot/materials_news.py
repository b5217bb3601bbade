"""What the chat says about files given on the page: once for all of some minutes, at once when
nothing is missing any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot.acts.evidence import wanted_now
from bot.phrases import listed, phrase
from bot.services import Services
from dialogs.bubbles import Words
from dialogs.materials import name_of
from scoring.wanted import Wanted, missing
from storage import evidence, tasks
from storage.evidence import Evidence

WINDOW = timedelta(minutes=5)
_SHOWN = 4
_START = datetime(2000, 1, 1, tzinfo=UTC)


def count_missing(services: Services, tx: Connection, form_id: int) -> int:
    """How many wanted items have no file."""
    given = evidence.gathered(tx, form_id).items
    return len(missing(wanted_now(services, tx, form_id), given))


def announce(
    services: Services, tx: Connection, userid: str, form_id: int, before: int, now: datetime
) -> None:
    """After files were given: orders the news of this window, or tells it if the list has just
    become complete. `before` is how many items were missing."""
    since = now - (now - _START) % WINDOW
    if before and not count_missing(services, tx, form_id):
        _tell(services, tx, userid, form_id, since, now)
        return
    order = {"form_id": form_id, "userid": userid, "since": since.isoformat()}
    tasks.add(
        tx, "materials", order, f"materials:{form_id}:{userid}:{since:%Y%m%d%H%M}", since + WINDOW
    )


def tell(
    services: Services, tx: Connection, userid: str, form_id: int, since: datetime, now: datetime
) -> None:
    """Says what came in the window; nothing where the completed list was announced meanwhile."""
    if count_missing(services, tx, form_id):
        _tell(services, tx, userid, form_id, since, now)


def _tell(
    services: Services, tx: Connection, userid: str, form_id: int, since: datetime, now: datetime
) -> None:
    came = _arrivals(tx, userid, form_id, since)
    if came:
        items = wanted_now(services, tx, form_id)
        words = "".join(_sentences(came, items, evidence.gathered(tx, form_id).items))
        services.postbox.post(tx, userid, (Words(words),), now, form_id)


def _arrivals(tx: Connection, userid: str, form_id: int, since: datetime) -> list[Evidence]:
    return [
        each
        for each in evidence.of_form(tx, form_id)
        if each.given_by == userid
        and each.via == "page"
        and since <= each.given_at < since + WINDOW
    ]


def _sentences(
    came: Sequence[Evidence], items: Mapping[str, Wanted], given: frozenset[str]
) -> list[str]:
    files = {each.sha256 for each in came}
    loose = {each.sha256 for each in came if not each.item}
    ids = [id for id in dict.fromkeys(each.item for each in came) if id in items]
    names = listed([name_of(items[id]) for id in ids[:_SHOWN]])
    more = phrase("news_more") if len(ids) > _SHOWN else ""
    said = [phrase("news_arrived", count=len(files))]
    if ids:
        said.append(phrase("news_names", names=names + more))
    if loose:
        said.append(phrase("news_unsorted", count=len(loose)))
    left = len(missing(items, given))
    code = "news_left" if left else "news_complete"
    return [*said, phrase(code, left=left, total=len(items))]
