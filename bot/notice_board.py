"""What a coordinator may see of notices (通知): whom they can reach, what went out, who confirmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.acts.base import name_of
from bot.calendar import calendar_of, hours_of
from bot.services import Services
from bot.web.links import link
from dialogs.case import Role
from dialogs.notice_board import (
    ROLES,
    Attached,
    Board,
    Meant,
    Member,
    Place,
    Receipt,
    Sent,
    audience_of,
)
from dialogs.notice_lines import roles_of
from storage import departments as departments_there
from storage import files, notices, running_forms
from storage.departments import Department
from storage.notices import Notice

_LISTED = 60
_LEFT = "left"
_OUT = ("left", "disabled", "unseen")
"""How the directory knows people whom no message reaches."""
_MOVED = "moved"


def board_of(
    services: Services,
    tx: Connection,
    userid: str,
    departments: Collection[int] | None,
    now: datetime,
) -> Board:
    """The board of a coordinator for these departments (None: all)."""
    there = [each for each in _taking_part(tx) if departments is None or each.id in departments]
    codes = {each.id: each.code for each in there}
    found = notices.holders(tx, ROLES, list(codes))
    members = tuple(
        Member(
            each.userid,
            each.name,
            Role(each.role),
            codes[each.department_id],
            _gone(each.active, each.standing),
        )
        for each in found
    )
    board = Board(
        tuple(_place(each) for each in there),
        members,
        attached=_attached(tx, userid),
        opens=next_opening(services, tx, now),
        page=link(services.settings, "notices", userid=userid),
    )
    return replace(board, notices=_sent(tx, board, userid, departments, now))


def next_opening(services: Services, tx: Connection, now: datetime) -> datetime | None:
    """When the working hours begin that come next; None within them."""
    calendar, settings = calendar_of(tx), services.settings
    local = now.astimezone(settings.zone)
    if calendar.at_work(settings.working_hours)(local):
        return None
    opens, _ = hours_of(settings.working_hours)
    today = local.date()
    day = today if local.time() < opens else today + timedelta(days=1)
    return datetime.combine(calendar.next_working_day(day), opens, settings.zone)


def _gone(active: bool, standing: str) -> str:
    if not active:
        return _LEFT
    return standing if standing in _OUT else ""


def _taking_part(tx: Connection) -> list[Department]:
    """The departments with a form of an open exercise, by code; all of them between two."""
    active = departments_there.active_ones(tx)
    running = {form.department_id for form in running_forms.running(tx)}
    return [each for each in active if each.id in running] or active


def _place(department: Department) -> Place:
    short = min(department.short_names, key=len, default=department.name)
    return Place(department.code, department.name, short, department.short_names)


def _attached(tx: Connection, userid: str) -> Attached | None:
    kept = notices.file_of(tx, userid)
    stored = files.get(tx, kept.file_key) if kept else None
    if kept is None or stored is None or stored.purged_at:
        return None
    return Attached(kept.file_key, kept.file_name, kept.at)


def _sent(
    tx: Connection,
    board: Board,
    userid: str,
    departments: Collection[int] | None,
    now: datetime,
) -> tuple[Sent, ...]:
    """The last notices, newest first; of others' those that went to departments of one's own."""
    found = notices.latest(tx, _LISTED)
    receipts: dict[int, list[notices.Receipt]] = {each.id: [] for each in found}
    for receipt in notices.receipts(tx, list(receipts)):
        receipts[receipt.notice_id].append(receipt)
    mine = [
        each
        for each in found
        if departments is None
        or each.by == userid
        or all(one.department_id in departments for one in receipts[each.id])
    ]
    serving = _serving(board)
    return tuple(_view(tx, board, each, receipts[each.id], serving, now) for each in mine)


def _serving(board: Board) -> Mapping[str, set[Role]]:
    """In which roles people serve now, by userid."""
    found: dict[str, set[Role]] = {}
    for member in board.members:
        found.setdefault(member.userid, set()).add(member.role)
    return found


def _view(
    tx: Connection,
    board: Board,
    notice: Notice,
    receipts: Sequence[notices.Receipt],
    serving: Mapping[str, set[Role]],
    now: datetime,
) -> Sent:
    codes = notice.scope["departments"]
    roles = roles_of(notice.scope["roles"])
    told = tuple(_receipt(board, each, serving, roles) for each in receipts)
    waits = notice.send_at > now and not any(each.sent for each in told)
    sent = Sent(
        notice.id,
        notice.words,
        notice.target,
        name_of(tx, notice.by),
        notice.at,
        None if codes is None else tuple(codes),
        roles,
        told,
        notice.file_key or "",
        notice.file_name,
        notice.supplements,
        notice.send_at if waits else None,
        notice.cancelled_at is not None,
    )
    known = {each.userid for each in told}
    meant = audience_of(board, Meant(sent.codes, roles)).receivers
    later = tuple(each for each in meant if each.userid not in known)
    return replace(sent, newcomers=later)


def _receipt(
    board: Board,
    receipt: notices.Receipt,
    serving: Mapping[str, set[Role]],
    roles: Collection[Role],
) -> Receipt:
    gone = _gone(receipt.active, receipt.standing)
    if not gone and not serving.get(receipt.userid, set()).intersection(roles):
        gone = _MOVED
    return Receipt(
        receipt.userid,
        receipt.name,
        receipt.code,
        receipt.sent_at is not None,
        receipt.received_at,
        gone,
    )
