"""通知 on a page: a notice written, its file put, the same preview as in the chat, and who has
confirmed what went out."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_urlsafe

from flask import Blueprint, request
from sqlalchemy import Connection
from werkzeug.datastructures import FileStorage

from bot.acts.base import ActRefused
from bot.acts.send_notice import (
    cancel_notice,
    drop_notice_file,
    keep_notice_file,
    send_notice,
    send_notice_again,
)
from bot.lifecycle import By
from bot.notice_board import board_of
from bot.notice_files import store_notice_file
from bot.services import Services
from bot.stored import keep
from bot.web.pages import Answer, Pages, Visit, number
from dialogs.notice_board import Board, Meant, Sent
from dialogs.notice_draft import Draft
from dialogs.notice_effects import SendNotice, SendNoticeAgain
from dialogs.notice_lines import (
    MOST,
    as_received,
    day_text,
    first_words,
    missed_lines,
    moment_text,
    names_of,
    roles_of,
    target_text,
)
from dialogs.understand.plain_text import clean
from storage import files

_FOR = (By.COORDINATOR,)


def make_notices(services: Services) -> Blueprint:
    """The page, its preview, and what can be done with notices that went out."""
    pages = Pages(services, "notices")

    @pages.plain("/notices", roles=_FOR)
    def show(visit: Visit, tx: Connection) -> str:
        board = _board(services, tx, visit)
        rows = [_row(board, each) for each in board.notices]
        private = _private(tx, board)
        return pages.render(
            *("notices.html", visit),
            board=board,
            rows=rows,
            private=private,
            day=moment_text,
            most=MOST,
        )

    @pages.plain("/notices/preview", post=True, transaction=False, roles=_FOR)
    def preview(visit: Visit, tx: None) -> Answer:
        words = clean(request.form.get("words", ""))
        _take_file(services, visit, request.files.get("file"))
        if not words:
            return _only_file(services, pages, visit)
        with services.database.read() as reading:
            board = _board(services, reading, visit)
            return _preview(pages, visit, board, _draft(board, words), _private(reading, board))

    @pages.plain("/notices/send", post=True, roles=_FOR)
    def send(visit: Visit, tx: Connection) -> Answer:
        board = _board(services, tx, visit)
        draft = _draft(board, clean(request.form.get("words", "")))
        if draft.mark(board) != request.form.get("seen"):
            raise ActRefused("notice_changed")
        later = request.form.get("when") == "later" and board.opens is not None
        order = _order(board, draft, later=later)
        send_notice(services, tx, visit.userid, order, visit.now, once=request.form.get("once", ""))
        code = "notice_page_later" if later else "notice_page_sent"
        when = moment_text(board.opens) if board.opens else ""
        return pages.done(visit, None, code, count=len(order.receivers), when=when)

    @pages.plain("/notices/again", post=True, roles=_FOR)
    def again(visit: Visit, tx: Connection) -> Answer:
        board = _board(services, tx, visit)
        sent = _meant(board)
        if Draft(again=sent.id).mark(board) != request.form.get("seen"):
            raise ActRefused("notice_changed")
        owed = tuple((each.userid, each.code) for each in sent.owed)
        later = request.form.get("when") == "later" and board.opens is not None
        order = SendNoticeAgain(sent.id, owed, later)
        once = request.form.get("once", "")
        send_notice_again(services, tx, visit.userid, order, visit.now, once=once)
        return pages.done(visit, None, "notice_page_again", count=len(owed))

    @pages.plain("/notices/cancel", post=True, roles=_FOR)
    def cancel(visit: Visit, tx: Connection) -> Answer:
        cancel_notice(tx, visit.userid, _meant(_board(services, tx, visit)).id, visit.now)
        return pages.done(visit, None, "notice_page_cancelled")

    @pages.plain("/notices/file/drop", post=True, roles=_FOR)
    def drop(visit: Visit, tx: Connection) -> Answer:
        drop_notice_file(tx, visit.userid)
        return pages.done(visit, None, "notice_page_file_dropped")

    return pages.blueprint


def _board(services: Services, tx: Connection, visit: Visit) -> Board:
    held = [role.department_id for role in visit.roles if role.role == By.COORDINATOR]
    mine = None if None in held else [each for each in held if each is not None]
    return board_of(services, tx, visit.userid, mine, visit.now)


def _meant(board: Board) -> Sent:
    """The notice that a button is about. Raises ActRefused if it is none of the actor's."""
    id = number(request.form.get("notice", ""))
    found = board.notice(id) if id is not None else None
    if found is None:
        raise ActRefused("no_such_notice")
    return found


def _take_file(services: Services, visit: Visit, file: FileStorage | None) -> None:
    if file is None or not file.filename:
        return
    document = store_notice_file(services, file.filename, file.stream)
    with services.database.begin() as tx:
        keep(tx, document, visit.now)
        keep_notice_file(tx, visit.userid, document.key, document.name, visit.now)


def _only_file(services: Services, pages: Pages, visit: Visit) -> Answer:
    """A file without words is for a notice that will be written in the chat."""
    with services.database.read() as tx:
        attached = _board(services, tx, visit).attached
    if attached is None:
        raise ActRefused("notice_empty")
    return pages.done(visit, None, "notice_page_file", file=attached.name)


def _private(tx: Connection, board: Board) -> Mapping[str, int]:
    """How many private numbers were found in the file that waits, by kind."""
    stored = files.get(tx, board.attached.key) if board.attached else None
    return (stored.warnings if stored else None) or {}


def _draft(board: Board, words: str) -> Draft:
    """What the form says: for all departments or those ticked, and for which roles."""
    known = {place.code for place in board.places}
    ticked = tuple(code for code in request.form.getlist("place") if code in known)
    everybody = request.form.get("to") == "all"
    if everybody and ticked:
        # Ticked, and then not said that only those were meant: nobody guesses.
        raise ActRefused("notice_all_or_some", count=len(ticked))
    earlier = number(request.form.get("supplements", ""))
    if earlier is not None and board.notice(earlier) is None:
        raise ActRefused("no_such_notice")
    roles = request.form.getlist("role")
    meant = Meant(None if everybody else ticked, roles_of(roles) if roles else ())
    return Draft(words, meant, earlier, with_file=bool(board.attached))


def _preview(
    pages: Pages, visit: Visit, board: Board, draft: Draft, private: Mapping[str, int]
) -> Answer:
    if len(draft.words) > MOST:
        raise ActRefused("notice_too_long", most=MOST)
    audience, meant = draft.audience(board), draft.meant or Meant(())
    if not audience.receivers:
        raise ActRefused("notice_to_nobody")
    earlier = board.notice(draft.supplements) if draft.supplements else None
    before = (earlier.at, earlier.words) if earlier else None
    file = board.attached.name if board.attached else ""
    return pages.render(
        "notice_preview.html",
        visit,
        shown=as_received(visit.name, draft.words, file, before),
        draft=draft,
        meant=meant,
        board=board,
        audience=audience,
        private=private,
        target=target_text(board, meant),
        names=names_of(board, audience.receivers, len(audience.receivers)),
        missed=missed_lines(board, audience),
        seen=draft.mark(board),
        once=token_urlsafe(12),
        day=moment_text,
    )


def _order(board: Board, draft: Draft, *, later: bool) -> SendNotice:
    meant = draft.meant or Meant(())
    receivers = tuple((each.userid, each.code) for each in draft.audience(board).receivers)
    target, roles = target_text(board, meant), tuple(map(str, meant.roles))
    key = draft.file(board)
    return SendNotice(
        draft.words, target, meant.codes, roles, receivers, key, draft.supplements, later
    )


def _row(board: Board, sent: Sent) -> dict[str, object]:
    """A notice as the page lists it."""
    done = [each for each in sent.receipts if each.at]
    return {
        "sent": sent,
        "head": first_words(sent.words),
        "at": moment_text(sent.at),
        "due": moment_text(sent.due) if sent.due else "",
        "done": [
            (each.name, board.short(each.code), moment_text(each.at or sent.at)) for each in done
        ],
        "open": names_of(board, sent.open, len(sent.open)),
        "new": names_of(board, sent.newcomers, len(sent.newcomers)),
        "gone": [each.name for each in sent.receipts if each.gone and not each.at],
        "day": day_text(sent.at),
        "seen": Draft(again=sent.id).mark(board),
        "once": token_urlsafe(12),
    }
