"""A notice that a coordinator is about to send, kept in the desk's state until it is decided."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from dialogs.case import Role
from dialogs.notice_board import Audience, Board, Meant, audience_of, seen_as
from dialogs.states import State

KIND = "notice"
_SLOT = "notice"


@dataclass(frozen=True)
class Draft:
    """What is half said. `words` "" and `meant` None are still to come; `again` is the notice to be
    sent once more, `supplements` the one that it adds to; `seen` marks what was shown last."""

    words: str = ""
    meant: Meant | None = None
    supplements: int | None = None
    with_file: bool = True
    again: int | None = None
    seen: str = ""

    def shown(self, mark: str) -> Self:
        """The draft once its preview was shown."""
        return replace(self, seen=mark)

    def file(self, board: Board) -> str:
        """The key of the file that goes along; "" for none."""
        return board.attached.key if board.attached and self.with_file else ""

    def audience(self, board: Board) -> Audience:
        """Who would get it now."""
        return audience_of(board, self.meant or Meant(()))

    def mark(self, board: Board) -> str:
        """What says whether anything has changed since it was shown: receivers, words, file."""
        if self.again is not None:
            sent = board.notice(self.again)
            return seen_as(sent.owed if sent else (), str(self.again))
        audience = self.audience(board)
        more = (self.words, self.file(board), str(self.supplements))
        return seen_as(audience.receivers, *more)


def draft_of(state: State) -> Draft | None:
    """The draft that lies in a state."""
    kept = state.texts.get(_SLOT)
    if not kept:
        return None
    plain: dict[str, Any] = json.loads(kept[0])
    meant = plain.pop("meant")
    if meant is not None:
        codes = meant["codes"]
        roles = tuple(Role(role) for role in meant["roles"])
        meant = Meant(None if codes is None else tuple(codes), roles)
    return Draft(meant=meant, **plain)


def with_draft(state: State, draft: Draft | None, stage: str = "") -> State:
    """The state with this draft; `stage` says which words are waited for: text, to, preview."""
    texts = {key: parts for key, parts in state.texts.items() if key != _SLOT}
    if draft is not None:
        texts[_SLOT] = (json.dumps(asdict(draft), ensure_ascii=False),)
    pending: dict[str, Any] = {"kind": KIND, "stage": stage} if draft and stage else {}
    return state.but(texts=texts, pending=pending)


def stage_of(state: State) -> str:
    """Which words a notice waits for now; "" where it doesn't."""
    return str(state.pending.get("stage", "")) if state.pending.get("kind") == KIND else ""
