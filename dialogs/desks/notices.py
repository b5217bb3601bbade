"""通知: a coordinator writes to departments; nothing goes out before one tap on what was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.bubbles import Choice, Words
from dialogs.case import Desk, Role
from dialogs.desk_cards import key_at
from dialogs.desks import notice_records
from dialogs.desks.base import reply
from dialogs.desks.notice_writing import (
    ALL,
    LATER,
    NO,
    choices,
    continued,
    go_on,
    preview,
    target_of,
    to_whom,
    wished,
)
from dialogs.events import Chosen, Event, Said
from dialogs.notice_board import Board, Meant
from dialogs.notice_draft import KIND, Draft, draft_of, stage_of, with_draft
from dialogs.notice_effects import SendNotice
from dialogs.notice_lines import moment_text
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand import notices as words_of
from dialogs.understand.command import read_fixed
from dialogs.understand.notices import read_wish
from dialogs.understand.plain_text import bare_words
from dialogs.understand.yesno import says_yes
from dialogs.wording import say


def is_meant(event: Event, talk: Mapping[str, Any] | None) -> bool:
    """Whether the board is needed to understand an event, given the stored talk."""
    if isinstance(event, Chosen):
        return event.card.startswith(key_at(Role.COORDINATOR, KIND))
    if not isinstance(event, Said):
        return False
    return read_wish(event.text) is not None or KIND in ((talk or {}).get("texts") or {})


def cooled(state: State, event: Event) -> State:
    """The state once something else is spoken of: then a mere yes sends nothing any more, only
    the card does, or the word 发送."""
    stage = stage_of(state)
    if not stage or isinstance(event, Chosen):
        return state
    text = event.text if isinstance(event, Said) else ""
    return state if text and _is_heard(stage, text) else state.but(pending={})


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """The step of whatever is about notices."""
    board = desk.notices
    if desk.role is not Role.COORDINATOR or board is None:
        return None
    draft = draft_of(state)
    if isinstance(event, Chosen):
        return _clicked(state, event, draft, desk, board)
    if not isinstance(event, Said):
        return None
    wish, stage = read_wish(event.text), stage_of(state)
    option = _option(state, event.text, draft, board) if draft else ""
    if draft and option:
        return _picked(state, option, draft, desk, board)
    if wish and wish.verb != "send":
        return notice_records.step(with_draft(state, None), wish, desk, board)
    if wish:
        return wished(state, wish, desk, board)
    if draft and stage in ("text", "to") and _is_heard(stage, event.text):
        return continued(state, stage, event.text, draft, desk, board)
    return None


def _is_heard(stage: str, text: str) -> bool:
    """Whether words are what a notice waits for at this stage."""
    if read_wish(text) is not None or _decision(text):
        return True
    if stage == "preview":
        return says_yes(text) is not None or bare_words(text) in ("1", "2", "3")
    return read_fixed(text) is None


def _decision(text: str) -> str:
    """What was decided in words that can mean nothing else."""
    for option, says in (
        (NO, words_of.says_not),
        ("now", words_of.says_now),
        (LATER, words_of.says_later),
        ("send", words_of.says_send),
        ("without", words_of.says_without_file),
    ):
        if says(text):
            return option
    return ""


def _option(state: State, text: str, draft: Draft, board: Board) -> str:
    """The button that words mean. Words that ask for something new are none, except 再发 under
    the question of just that; what was left behind for other talk needs the word 发."""
    stage, decided = stage_of(state), _decision(text)
    if read_wish(text) is not None and not (stage == "preview" and draft.again is not None):
        return ""
    if not stage:
        return decided if words_of.speaks_of_sending(text) and not state.pending else ""
    if stage == "text":
        return NO if decided == NO else ""
    said, offered = bare_words(text), _offered(stage, draft, board)
    if stage == "preview" and decided:
        return decided
    by_label = {choice.label: choice.id for choice in offered}
    by_number = {str(number): choice.id for number, choice in enumerate(offered, start=1)}
    found = by_label.get(said) or by_number.get(said)
    if found or stage == "to":
        return found or (NO if decided == NO else "")
    yes = says_yes(text)
    return "" if yes is None else "send" if yes else NO


def _offered(stage: str, draft: Draft, board: Board) -> tuple[Choice, ...]:
    return to_whom(board) if stage == "to" else choices(draft, board)


def _clicked(
    state: State, event: Chosen, draft: Draft | None, desk: Desk, board: Board
) -> Step | None:
    about = event.card.removeprefix(key_at(desk.role, KIND, ""))
    if about == event.card:
        return None
    option = event.options[0] if event.options else NO
    if draft is None or about != (draft.seen or "to"):
        return reply(state, say("notice_old_card"))
    return _picked(state, option, draft, desk, board)


def _picked(state: State, option: str, draft: Draft, desk: Desk, board: Board) -> Step:
    if option == NO:
        return reply(with_draft(state, None), say("notice_dropped"))
    if option == ALL and draft.meant is None:
        return go_on(state, replace(draft, meant=Meant(None)), desk, board)
    if option == "without" and draft.again is None:
        return go_on(state, replace(draft, with_file=False), desk, board)
    if not draft.seen:
        return go_on(state, draft, desk, board)
    if draft.mark(board) != draft.seen:
        if draft.again is not None:
            return notice_records.missing(with_draft(state, None), draft.again, desk, board)
        return preview(state, draft, desk, board, say("notice_changed"))
    if option == "send" and board.opens is not None:
        # 发送 doesn't say whether now or in the morning.
        return _ask_when(state, draft, board)
    later = option == LATER and board.opens is not None
    if draft.again is not None:
        return notice_records.send_again(with_draft(state, None), draft.again, later, board)
    return _sent(state, draft, desk, board, later)


def _ask_when(state: State, draft: Draft, board: Board) -> Step:
    labels: Sequence[str] = [choice.label for choice in choices(draft, board)]
    told = say("notice_choose", options=say("notice_or").join(labels))
    return reply(with_draft(state, draft, "preview"), told)


def _sent(state: State, draft: Draft, desk: Desk, board: Board, later: bool) -> Step:
    audience = draft.audience(board)
    meant = draft.meant or Meant(())
    effect = SendNotice(
        draft.words,
        target_of(draft, board),
        meant.codes,
        tuple(meant.roles),
        tuple((each.userid, each.code) for each in audience.receivers),
        draft.file(board),
        draft.supplements,
        later,
    )
    numbers = {"count": len(audience.receivers), "departments": audience.departments}
    if later and board.opens:
        told = say("notice_sent_later", when=moment_text(board.opens), **numbers)
    else:
        told = say("notice_sent", **numbers)
    return Step(with_draft(state, None), (effect,), (Words(told),))
