"""The chain of approval: whose turn it is, who may act there, and who has said yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.lifecycle import FormState
from bot.phrases import listed, phrase
from bot.services import Services
from dialogs.case import Link, Role
from storage import approvals, reviewers, submissions
from storage.approvals import Approval
from storage.interviews import Holder, Standing
from storage.reviewers import Seat


@dataclass(frozen=True)
class Chain:
    """The reviewers of a department by rank, with those who stand in for them now."""

    seats: tuple[Seat, ...]

    @property
    def ranks(self) -> tuple[int, ...]:
        """All ranks that somebody was put in, lowest first."""
        return tuple(dict.fromkeys(seat.rank for seat in self.seats))

    def turn(self, rank: int) -> int:
        """The rank whose turn it is: the stored one, or the next (else the last) if that was
        done away with; 0 where there is no chain."""
        last = self.ranks[-1] if self.ranks else 0
        return next((each for each in self.ranks if each >= rank), last)

    def after(self, rank: int) -> int:
        """The rank that is asked next; 0 behind the last."""
        return next((each for each in self.ranks if each > rank), 0)

    def at(self, rank: int) -> tuple[Seat, ...]:
        """Who can be asked at a rank: active people, each once."""
        found: dict[str, Seat] = {}
        for seat in self.seats:
            if seat.rank == rank and seat.active:
                found.setdefault(seat.userid, seat)
        return tuple(found.values())

    def seat(self, userid: str, rank: int) -> Seat | None:
        """A person's place at a rank, their own before one in somebody's stead."""
        return next((seat for seat in self.at(rank) if seat.userid == userid), None)

    def holds(self, userid: str) -> tuple[int, ...]:
        """The ranks at which a person may act."""
        return tuple(rank for rank in self.ranks if self.seat(userid, rank))

    def empty(self) -> int:
        """The first rank at which there is nobody to ask; 0 if there is somebody at each."""
        return next((rank for rank in self.ranks if not self.at(rank)), 0)

    def title(self, rank: int) -> str:
        """What the people at a rank are called: 分管领导, or 审核人 if nothing was said."""
        titles = (seat.title for seat in self.seats if seat.rank == rank and seat.title)
        return next(titles, phrase("reviewer_title"))

    def whom(self, rank: int) -> str:
        """The people at a rank with their title, as said in a sentence."""
        names = listed([shown(seat) for seat in self.at(rank)])
        return phrase("title_and_names", title=self.title(rank), names=names)


@dataclass(frozen=True)
class Review:
    """How far the approval of a form is: the chain as it is shown, the version code of what was
    sent in, and whose turn it is, by userid and by name."""

    chain: tuple[Link, ...] = ()
    code: str = ""
    turn: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()


def review_of(services: Services, tx: Connection, standing: Standing) -> Review:
    """How far a form that was sent in has come; nothing while it is filled in."""
    if standing.state == FormState.DRAFTING:
        return Review()
    chain = chain_of(tx, standing.department_id, services.clock())
    sent_in = submissions.latest(tx, standing.form_id)
    in_review = standing.state == FormState.IN_REVIEW
    asked = chain.at(chain.turn(standing.rank)) if in_review else ()
    return Review(
        chain=links(chain, approvals.standing(tx, standing.form_id)),
        code=sent_in.code if sent_in else "",
        turn=frozenset(seat.userid for seat in asked),
        names=tuple(shown(seat) for seat in asked),
    )


def plan_of(holders: Sequence[Holder]) -> Review:
    """The chain that a form will go through, from the names of a department's reviewers."""
    found: dict[int, list[Holder]] = {}
    for holder in holders:
        if holder.role == Role.REVIEWER:
            found.setdefault(holder.rank, []).append(holder)
    chain = tuple(
        Link(
            rank=rank,
            title=next((h.title for h in each if h.title), phrase("reviewer_title")),
            names=tuple(dict.fromkeys(h.name for h in each)),
        )
        for rank, each in found.items()
    )
    return Review(chain, names=chain[0].names if chain else ())


def chain_of(tx: Connection, department_id: int, now: datetime) -> Chain:
    """The chain as it is at this moment."""
    return Chain(tuple(reviewers.seats(tx, department_id, now)))


def shown(seat: Seat) -> str:
    """A name, for a stand-in with whom they stand in for: 何穗（代林帆）."""
    return phrase("stands_in", name=seat.name, whom=seat.for_name) if seat.for_whom else seat.name


def approver(given: Approval) -> str:
    """Who said yes, and how: 林帆, 何穗（代林帆）, 林帆（线下签批，陈宇上传）."""
    if given.file_key:
        return phrase("signed_by_hand", name=given.for_name, by=given.by_name)
    if given.by != given.for_whom:
        return phrase("stands_in", name=given.by_name, whom=given.for_name)
    return given.by_name


def links(chain: Chain, given: Sequence[Approval]) -> tuple[Link, ...]:
    """The chain as it is shown: each rank with its people, and who has approved there. A rank
    done away with stays as long as somebody approved at it."""
    by_rank = {approval.rank: approval for approval in given}
    ranks = sorted({*chain.ranks, *by_rank})
    return tuple(_link(chain, rank, by_rank.get(rank)) for rank in ranks)


def _link(chain: Chain, rank: int, given: Approval | None) -> Link:
    return Link(
        rank=rank,
        title=chain.title(rank),
        names=tuple(shown(seat) for seat in chain.at(rank)),
        approved_by=approver(given) if given else "",
        leaders=tuple(seat.name for seat in chain.at(rank) if not seat.for_whom),
    )
