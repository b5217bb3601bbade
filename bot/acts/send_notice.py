"""通知: a coordinator sends a notice, sends it once more, or calls it off while it waits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.acts.rounds import check_coordinates
from bot.acts.secrecy import refuse_secret
from bot.lifecycle import By
from bot.notice_board import next_opening
from bot.services import Services
from bot.unasked.hours import own_minute
from dialogs.case import Role
from dialogs.notice_effects import SendNotice, SendNoticeAgain
from dialogs.notice_lines import MOST
from storage import departments, files, ledger, notices, tasks

TASK = "notice"
AT_A_TIME = 40
"""Receivers in one task: each is one transaction, in which nobody else writes on SQLite."""


def send_notice(
    services: Services,
    tx: Connection,
    actor: str,
    order: SendNotice,
    now: datetime,
    once: str = "",
) -> int:
    """Keeps the notice with its receivers and orders that it goes out, now or in working hours;
    gives its number. `once` is a key of what was shown, under which it is done a single time.
    Raises ActRefused where the receivers or the file are no longer those that were shown, and for
    words that bear a secrecy marking."""
    if not order.words.strip() or not order.receivers:
        raise ActRefused("notice_empty")
    if len(order.words) > MOST:
        raise ActRefused("notice_too_long", most=MOST)
    refuse_secret(order.words)
    receivers = _checked(tx, actor, order.receivers, order.roles)
    _check_first(tx, actor, once, now)
    if order.supplements is not None and notices.one(tx, order.supplements) is None:
        raise ActRefused("no_such_notice")
    file = _file(tx, actor, order.file_key)
    send_at = _moment(services, tx, actor, now, order.later)
    codes = None if order.codes is None else list(order.codes)
    scope = {"departments": codes, "roles": list(order.roles)}
    told = (order.words, order.target, scope, actor, now, send_at, file, order.supplements)
    number = notices.add(tx, *told)
    notices.expect(tx, number, receivers)
    _order(tx, number, [userid for userid, _ in receivers], send_at, now, again=False)
    if file:
        notices.drop_file(tx, actor)
    return number


def send_notice_again(
    services: Services,
    tx: Connection,
    actor: str,
    order: SendNoticeAgain,
    now: datetime,
    once: str = "",
) -> None:
    """再发: orders that a notice goes once more to these; who has confirmed it by then is left
    out. `once` as for `send_notice`."""
    notice = notices.one(tx, order.notice_id)
    if notice is None or notice.cancelled_at or not order.receivers:
        raise ActRefused("no_such_notice")
    receivers = _checked(tx, actor, order.receivers, notice.scope["roles"])
    _check_first(tx, actor, once, now)
    notices.expect(tx, notice.id, receivers)
    due = _moment(services, tx, actor, now, order.later)
    _order(tx, notice.id, [userid for userid, _ in receivers], due, now, again=True)


def cancel_notice(tx: Connection, actor: str, notice_id: int, now: datetime) -> None:
    """取消通知: calls off a notice that waits for the working hours."""
    notice = notices.one(tx, notice_id)
    if notice is None:
        raise ActRefused("no_such_notice")
    check_coordinates(tx, actor, By.COORDINATOR, _places(tx, notice_id))
    if not notices.cancel(tx, notice_id, now):
        raise ActRefused("notice_gone_out", number=notice_id)


def keep_notice_file(
    tx: Connection, actor: str, file_key: str, file_name: str, now: datetime
) -> None:
    """Keeps a stored file for the actor's next notice, in the place of one kept before."""
    _check_any(tx, actor)
    notices.keep_file(tx, actor, file_key, file_name, now)


def drop_notice_file(tx: Connection, actor: str) -> None:
    """Forgets the file for the actor's next notice."""
    _check_any(tx, actor)
    notices.drop_file(tx, actor)


def _check_any(tx: Connection, actor: str) -> None:
    """Raises ActRefused for who coordinates nothing."""
    mine = notices.coordinated(tx, actor)
    check_coordinates(tx, actor, By.COORDINATOR, mine or None)


def _checked(
    tx: Connection, actor: str, receivers: Sequence[tuple[str, str]], roles: Collection[str]
) -> list[tuple[str, int | None]]:
    """The receivers with their departments' ids. Raises ActRefused unless the actor coordinates
    all of these, and each receiver serves there now."""
    ids: dict[str, int] = {}
    for code in dict.fromkeys(code for _, code in receivers):
        found = departments.by_code(tx, code)
        if found is None:
            raise ActRefused("notice_changed")
        ids[code] = found.id
    check_coordinates(tx, actor, By.COORDINATOR, list(ids.values()))
    wanted = [Role(role) for role in roles]
    serving = {
        (each.userid, each.department_id)
        for each in notices.holders(tx, wanted, list(ids.values()))
        if each.active
    }
    if any((userid, ids[code]) not in serving for userid, code in receivers):
        raise ActRefused("notice_changed")
    return [(userid, ids[code]) for userid, code in receivers]


def _check_first(tx: Connection, actor: str, once: str, now: datetime) -> None:
    """Raises ActRefused for what was sent before under the same key."""
    if once and not ledger.once(tx, f"{TASK}:{actor}:{once}", now):
        raise ActRefused("notice_twice")


def _places(tx: Connection, notice_id: int) -> list[int]:
    found = {each.department_id for each in notices.receipts(tx, [notice_id])}
    return [each for each in found if each is not None]


def _file(tx: Connection, actor: str, key: str) -> tuple[str, str] | None:
    """Raises ActRefused for a file that is not the one put there for the actor's next notice."""
    if not key:
        return None
    kept, stored = notices.file_of(tx, actor), files.get(tx, key)
    if kept is None or kept.file_key != key or stored is None or stored.purged_at:
        raise ActRefused("notice_changed")
    return kept.file_key, kept.file_name


def _moment(services: Services, tx: Connection, actor: str, now: datetime, later: bool) -> datetime:
    opens = next_opening(services, tx, now) if later else None
    return opens + own_minute(actor, opens.date()) if opens else now


def _order(
    tx: Connection,
    number: int,
    userids: Sequence[str],
    due: datetime,
    now: datetime,
    *,
    again: bool,
) -> None:
    starts = range(0, len(userids), AT_A_TIME)
    for part, some in enumerate(userids[start : start + AT_A_TIME] for start in starts):
        payload = {"notice": number, "userids": list(some), "again": again}
        key = f"{TASK}:{number}:{now.isoformat() if again else 'first'}:{part}"
        tasks.add(tx, TASK, payload, key, due)
