"""What became of notices: 谁没回, 再发, 通知记录, 取消通知, and one notice with its receipts."""

from __future__ import annotations

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.case import Desk
from dialogs.desk_cards import key_at
from dialogs.desks.base import reply
from dialogs.notice_board import Board, Receipt, Sent
from dialogs.notice_draft import KIND, Draft, with_draft
from dialogs.notice_effects import CancelNotice, SendNoticeAgain
from dialogs.notice_lines import (
    confirm_note,
    first_words,
    gone_names,
    moment_text,
    names_of,
    record_line,
)
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.notices import Wish
from dialogs.wording import join, say

_LISTED = 8


def step(state: State, wish: Wish, desk: Desk, board: Board) -> Step:
    """The step of a wish about notices that went out, or wait to."""
    if wish.verb == "cancel":
        return _cancel(state, wish.number, board)
    if not board.notices:
        return reply(state, say("notice_none_yet"))
    if wish.verb == "list":
        return reply(state, _record(board))
    number = wish.number or _last(board).id
    sent = board.notice(number)
    if sent is None:
        return reply(state, say("notice_no_such", number=number))
    if wish.verb == "show":
        return reply(state, _shown(sent, board))
    return missing(state, number, desk, board)


def missing(state: State, number: int, desk: Desk, board: Board) -> Step:
    """Who has not confirmed a notice, and the card that sends it to them once more."""
    sent = board.notice(number)
    if sent is None:
        return reply(state, say("notice_no_such", number=number))
    if sent.cancelled:
        return reply(state, say("notice_was_cancelled", number=number))
    if sent.due:
        return reply(state, say("notice_waits", number=number, when=moment_text(sent.due)))
    numbers = {"number": number, "day": moment_text(sent.at), "words": first_words(sent.words)}
    count = len(sent.receipts)
    if not sent.owed:
        lines = [say("notice_missing_none", count=count, **numbers), *_others(sent, board)]
        return reply(state, "\n".join(lines))
    head = say("notice_missing", count=count, missing=len(sent.open), **numbers)
    text = "\n".join([head, *_by_department(sent, board), *_others(sent, board)])
    draft = Draft(again=number)
    draft = draft.shown(draft.mark(board))
    bubbles: tuple[Bubble, ...] = (Words(text), _card(sent, draft, desk, board))
    return Step(with_draft(state, draft, "preview"), (), bubbles)


def _card(sent: Sent, draft: Draft, desk: Desk, board: Board) -> Buttons:
    numbers = {"number": sent.id, "words": first_words(sent.words)}
    if board.opens:
        note = say("notice_again_note_late", when=moment_text(board.opens), **numbers)
    else:
        note = say("notice_again_note", **numbers)
    key = key_at(desk.role, KIND, draft.seen)
    title = say("notice_again_title", count=len(sent.owed))
    return Buttons(key, title, confirm_note(note), choices(board))


def choices(board: Board) -> tuple[Choice, ...]:
    """The buttons of 再发."""
    no = Choice("no", say("notice_again_no"))
    if board.opens is None:
        return (Choice("send", say("notice_again")), no)
    now, later = say("notice_send_now"), say("notice_send_later")
    return (Choice("now", now), Choice("later", later), no)


def send_again(state: State, number: int, later: bool, board: Board) -> Step:
    """Sends it to who has not confirmed it, as the card said."""
    sent = board.notice(number)
    if sent is None or not sent.owed:
        return reply(state, say("notice_old_card"))
    effect = SendNoticeAgain(number, tuple((each.userid, each.code) for each in sent.owed), later)
    numbers = {"number": number, "count": len(sent.owed)}
    if later and board.opens:
        told = say("notice_again_later", when=moment_text(board.opens), **numbers)
    else:
        told = say("notice_again_done", **numbers)
    return Step(state, (effect,), (Words(told),))


def _by_department(sent: Sent, board: Board) -> list[str]:
    """Who is missing: first the departments from which nobody has answered."""
    answered = {each.code for each in sent.receipts if each.at}
    silent: dict[str, list[Receipt]] = {}
    beside: list[Receipt] = []
    for each in sent.open:
        if each.code in answered:
            beside.append(each)
        else:
            silent.setdefault(each.code, []).append(each)
    lines = []
    if silent:
        places = [
            say(
                "notice_missing_place",
                department=board.short(code),
                names=join([each.name for each in people]),
            )
            for code, people in silent.items()
        ]
        lines.append(say("notice_missing_departments", count=len(silent), names=join(places)))
    if beside:
        lines.append(say("notice_missing_beside", names=names_of(board, beside, len(beside))))
    return lines


def _others(sent: Sent, board: Board) -> list[str]:
    """Who has come into the role since, and who can't be reached any more."""
    lines = []
    if sent.newcomers:
        names = names_of(board, sent.newcomers, len(sent.newcomers))
        lines.append(say("notice_missing_new", names=names))
    gone = [each for each in sent.receipts if each.gone and each.at is None]
    if gone:
        lines.append(say("notice_missing_gone", names=gone_names(board, gone)))
    return lines


def _last(board: Board) -> Sent:
    """The notice meant where no number is said: the last that went out, else the last."""
    out = [each for each in board.notices if not each.cancelled and not each.due]
    return (out or list(board.notices))[0]


def _record(board: Board) -> str:
    lines = [record_line(each) for each in board.notices[:_LISTED]]
    return "\n".join([say("notice_record"), *lines, say("notice_record_how")])


def _shown(sent: Sent, board: Board) -> str:
    file = say("notice_record_file", file=sent.file_name) if sent.file_name else ""
    numbers = {"number": sent.id, "day": moment_text(sent.at), "by": sent.by}
    text = say("notice_shown", target=sent.target, words=sent.words, file=file, **numbers)
    if sent.cancelled:
        return "\n".join([text, say("notice_was_cancelled", number=sent.id)])
    if sent.due:
        return "\n".join([text, say("notice_waits", number=sent.id, when=moment_text(sent.due))])
    done = [each for each in sent.receipts if each.at]
    told = [
        say("notice_shown_at", name=each.name, at=moment_text(each.at)) for each in done if each.at
    ]
    lines = [text]
    if done:
        count = len(sent.receipts)
        lines.append(say("notice_shown_done", done=len(done), count=count, names=join(told)))
    if sent.open:
        names = names_of(board, sent.open, len(sent.open))
        lines.append(say("notice_shown_missing", names=names))
    return "\n".join([*lines, *_others(sent, board)])


def _cancel(state: State, number: int | None, board: Board) -> Step:
    waiting = [each for each in board.notices if each.due and not each.cancelled]
    if number is None and len(waiting) != 1:
        if not waiting:
            return reply(state, say("notice_cancel_none"))
        lines = [say("notice_cancel_which"), *(record_line(each) for each in waiting)]
        return reply(state, "\n".join(lines))
    found = board.notice(number) if number is not None else waiting[0]
    if found is None:
        return reply(state, say("notice_no_such", number=number))
    if found.cancelled:
        return reply(state, say("notice_cancelled_before", number=found.id))
    if not found.due:
        return reply(state, say("notice_cancel_late", number=found.id))
    told = Words(say("notice_cancelled", number=found.id))
    return Step(state, (CancelNotice(found.id),), (told,))
