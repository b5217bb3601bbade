"""What a notice needs before it goes out: receivers, words, and the preview of both."""

from __future__ import annotations

from dataclasses import replace

from dialogs.bubbles import Buttons, Choice, Words
from dialogs.case import Desk
from dialogs.desk_cards import key_at
from dialogs.desks import notice_records
from dialogs.desks.base import reply
from dialogs.notice_board import Board, Meant
from dialogs.notice_draft import KIND, Draft, with_draft
from dialogs.notice_lines import (
    MOST,
    as_received,
    confirm_note,
    missed_lines,
    moment_text,
    names_of,
    roles_of,
    target_text,
)
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.departments import Plain
from dialogs.understand.notices import Wish, as_typed
from dialogs.understand.plain_text import clean, narrow
from dialogs.understand.receivers import Receivers, read_receivers
from dialogs.wording import join, say

LATER, NO, ALL = "later", "no", "all"


def wished(state: State, wish: Wish, desk: Desk, board: Board) -> Step:
    """The step of a new notice, or of one that adds to an earlier one."""
    if not board.places:
        return reply(with_draft(state, None), say("notice_none_there"))
    if wish.more:
        return _supplement(state, wish, desk, board)
    if not wish.words and not wish.to:
        return reply(with_draft(state, None), _how(board))
    named = _receivers(wish.to or wish.words, board)
    if unclear := _unclear(named, board):
        return reply(with_draft(state, None), unclear)
    words = wish.words if wish.to else as_typed(wish.words, named.rest)
    if wish.to and named.rest:
        named = Receivers()  # there is more in it than receivers
    return go_on(state, Draft(words, _meant(named, board)), desk, board)


def _supplement(state: State, wish: Wish, desk: Desk, board: Board) -> Step:
    """To whom the earlier notice went, unless others are named in front of a colon."""
    sent = [each for each in board.notices if not each.cancelled]
    if not sent:
        return reply(with_draft(state, None), say("notice_no_earlier"))
    number = wish.number or sent[0].id
    earlier = next((each for each in sent if each.id == number), None)
    if earlier is None:
        return reply(with_draft(state, None), say("notice_no_such", number=number))
    meant, words = Meant(earlier.codes, earlier.roles), wish.words
    named, rest = _named_apart(wish, board)
    if named.named:
        if unclear := _unclear(named, board):
            return reply(with_draft(state, None), unclear)
        meant, words = _meant(named, board) or meant, rest
    return go_on(state, Draft(words, meant, supplements=earlier.id), desk, board)


def _named_apart(wish: Wish, board: Board) -> tuple[Receivers, str]:
    """The receivers in front of a colon or on a line of their own, and the words behind."""
    named = _receivers(wish.to or wish.words, board)
    if wish.to:
        return (Receivers() if named.rest else named), wish.words
    rest = as_typed(wish.words, named.rest)
    head = wish.words.removesuffix(rest).rstrip(" ")
    apart = head.endswith("\n") or narrow(head).endswith(":")
    return (named if apart else Receivers()), rest


def _receivers(said: str, board: Board) -> Receivers:
    known = [Plain(place.code, place.name, (place.short, *place.others)) for place in board.places]
    return read_receivers(said, known)


def _unclear(named: Receivers, board: Board) -> str:
    """Asks about names that fit no department, or several; "" where all is clear."""
    lines = [
        say("departments_unclear", said=name, names=join([board.places[n].name for n in at]))
        for name, at in named.unclear
    ]
    if named.unknown:
        lines.append(say("departments_unknown", names=join(list(named.unknown))))
    return "\n".join(lines)


def _meant(named: Receivers, board: Board) -> Meant | None:
    if not named.named:
        return None
    codes = tuple(board.places[n].code for n in named.places)
    return Meant(codes if codes and not named.all else None, roles_of(named.roles))


def continued(state: State, stage: str, text: str, draft: Draft, desk: Desk, board: Board) -> Step:
    """What was still missing has come: the text, or for whom it is."""
    if stage == "text":
        return go_on(state, replace(draft, words=clean(text)), desk, board)
    named = _receivers(text, board)
    if unclear := _unclear(named, board):
        return reply(state, unclear)
    meant = _meant(named, board)
    if meant is None or named.rest:
        return go_on(state, draft, desk, board)
    return go_on(state, replace(draft, meant=meant), desk, board)


def go_on(state: State, draft: Draft, desk: Desk, board: Board) -> Step:
    """Asks for what is missing, or shows what would be sent."""
    if len(draft.words) > MOST:
        code = "notice_too_long" if board.page else "notice_too_long_no_page"
        numbers = {"length": len(draft.words), "most": MOST, "page": board.page}
        return reply(with_draft(state, None), say(code, **numbers))
    if draft.meant is None:
        key = key_at(desk.role, KIND, "to")
        card = Buttons(key, say("notice_to_whom_title"), say("notice_to_whom"), to_whom(board))
        return Step(with_draft(state, draft, "to"), (), (card,))
    if not draft.words:
        target = target_text(board, draft.meant)
        return reply(with_draft(state, draft, "text"), say("notice_what", target=target))
    return preview(state, draft, desk, board)


def to_whom(board: Board) -> tuple[Choice, ...]:
    """The buttons of the question to whom a notice goes."""
    label = say("notice_to_whom_all", count=len(board.places))
    return (Choice(ALL, label), Choice(NO, say("notice_do_not")))


def _how(board: Board) -> str:
    page = say("notice_page", page=board.page) if board.page else ""
    return say("notice_how", example=board.places[0].short, page=page)


def preview(state: State, draft: Draft, desk: Desk, board: Board, lead: str = "") -> Step:
    """Shows what would be sent and to whom, and asks for the tap."""
    audience, target = draft.audience(board), target_of(draft, board)
    missed = missed_lines(board, audience)
    if not audience.receivers:
        told = say("notice_nobody", target=target, gone="".join(missed))
        return reply(with_draft(state, None), told)
    count, departments = len(audience.receivers), audience.departments
    numbers = {"target": target, "count": count, "departments": departments}
    shown = _as_received(draft, desk.person.name, board)
    names = names_of(board, audience.receivers)
    lines = [
        lead,
        say("notice_preview", shown=shown),
        say("notice_preview_to", names=names, **numbers),
    ]
    if board.attached and draft.with_file:
        day = moment_text(board.attached.at)
        lines.append(say("notice_preview_file", file=board.attached.name, day=day))
    elif board.attached:
        lines.append(say("notice_preview_no_file"))
    text = "\n".join(line for line in (*lines, *missed) if line)
    when = {"when": moment_text(board.opens)} if board.opens else {}
    code = "notice_confirm_note_late" if board.opens else "notice_confirm_note"
    draft = draft.shown(draft.mark(board))
    card = Buttons(
        key_at(desk.role, KIND, draft.seen),
        say("notice_confirm_title", count=count),
        confirm_note(say(code, **numbers, **when)),
        choices(draft, board),
    )
    return Step(with_draft(state, draft, "preview"), (), (Words(text), card))


def _as_received(draft: Draft, by: str, board: Board) -> str:
    file = board.attached.name if board.attached and draft.with_file else ""
    earlier = board.notice(draft.supplements) if draft.supplements else None
    return as_received(by, draft.words, file, (earlier.at, earlier.words) if earlier else None)


def target_of(draft: Draft, board: Board) -> str:
    """For whom a draft is, in words."""
    return target_text(board, draft.meant or Meant(()))


def choices(draft: Draft, board: Board) -> tuple[Choice, ...]:
    """The buttons under what was shown."""
    if draft.again is not None:
        return notice_records.choices(board)
    no = Choice(NO, say("notice_do_not"))
    if board.opens is None:
        return (Choice("send", say("notice_send")), no)
    now, later = say("notice_send_now"), say("notice_send_later")
    return (Choice("now", now), Choice(LATER, later), no)
