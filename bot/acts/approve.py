"""通过: a reviewer, or who stands in for them, approves a form at their rank."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.approval import Yes, pass_on
from bot.acts.base import ActRefused, check_access, check_move, coordinators, locked
from bot.chain import Chain, chain_of
from bot.lifecycle import Act, By
from bot.services import Services
from storage.forms import Form


def approve(services: Services, tx: Connection, actor: str, form_id: int, now: datetime) -> None:
    """Asks the next rank, or after the last one orders the delivery, and tells the contacts.

    Who holds the next rank too has approved there as well. Refused for somebody whose turn it is
    not, and, at the last rank, while there is nobody at finance to deliver to.
    """
    form = locked(tx, form_id)
    check_access(tx, actor, By.REVIEWER, form)
    check_move(form, Act.APPROVE, By.REVIEWER)
    chain = chain_of(tx, form.department_id, now)
    given = _given(chain, actor, chain.turn(form.rank))
    if not given:
        raise _not_now(tx, form, chain, actor)
    pass_on(services, tx, form, chain, given, Act.APPROVE, By.REVIEWER, now)


def _given(chain: Chain, actor: str, rank: int) -> list[Yes]:
    """The approvals that one tap gives: at this rank and, without a gap, at those behind it."""
    given: list[Yes] = []
    seat = chain.seat(actor, rank)
    while seat:
        given.append(Yes(rank, actor, seat.for_whom or actor))
        rank = chain.after(rank)
        seat = chain.seat(actor, rank)
    return given


def _not_now(tx: Connection, form: Form, chain: Chain, actor: str) -> ActRefused:
    turn, own = chain.turn(form.rank), chain.holds(actor)
    if not own:
        return ActRefused("not_yours", names=coordinators(tx, form))
    code = "already_approved" if max(own) < turn else "not_your_turn"
    return ActRefused(code, whom=chain.whom(turn))
