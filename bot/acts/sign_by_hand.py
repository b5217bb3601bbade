"""线下签批: a leader signed the printed page, and the contact brings the photo of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.approval import Yes, pass_on
from bot.acts.base import (
    ActRefused,
    check_access,
    check_move,
    locked,
    name_of,
    standing_of,
)
from bot.chain import Chain, chain_of
from bot.lifecycle import Act, By
from bot.services import Services
from bot.stored import StoredDocument, keep
from bot.views import waiting_of
from dialogs import approval
from storage import submissions
from storage.reviewers import Seat


def sign_by_hand(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    document: StoredDocument,
    target: str,
    now: datetime,
) -> None:
    """Counts as the leader's approval at the rank whose turn it is; they are told, and can
    disown it. `target` is "<version code>:<leader's name>", each "" where it was not said."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    check_move(form, Act.SIGN_BY_HAND, By.CONTACT)
    code, _, name = target.partition(":")
    _check_code(tx, form_id, code)
    chain = chain_of(tx, form.department_id, now)
    rank = chain.turn(form.rank)
    leader = _leader(chain, rank, name)
    keep(tx, document, now)
    given = [Yes(rank, actor, leader.userid, document.key)]
    pass_on(services, tx, form, chain, given, Act.SIGN_BY_HAND, By.CONTACT, now)
    waiting = waiting_of(services, tx, standing_of(tx, form_id))
    told = approval.signed_for_you(waiting, name_of(tx, actor))
    services.postbox.post(tx, leader.userid, told, now, form_id)


def _check_code(tx: Connection, form_id: int, code: str) -> None:
    """Raises ActRefused if the form was sent in anew since the page was asked for."""
    sent_in = submissions.latest(tx, form_id)
    if code and sent_in and sent_in.code != code:
        raise ActRefused("signed_other_version", given=code, newest=sent_in.code)


def _leader(chain: Chain, rank: int, name: str) -> Seat:
    """Whose signature it is: the one of the rank, or the one named; never a stand-in's, who has
    the chat."""
    own = [seat for seat in chain.seats if seat.rank == rank and not seat.for_whom]
    found = [seat for seat in own if name in ("", seat.name)]
    if len(found) != 1:
        raise ActRefused("sign_by_whom", whom=chain.whom(rank))
    return found[0]
