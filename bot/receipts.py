"""Who says 收到, or taps it: notices are confirmed in whatever hat somebody wears."""

from __future__ import annotations

from bot.acts.confirm_notice import confirm_notice
from bot.talks import Answer, Turn
from dialogs import receipts
from dialogs.bubbles import Words
from dialogs.receipts import Got
from storage import hands, notices


def answer(turn: Turn) -> Answer | None:
    """The answer to a tap or words that confirm a notice; None for everything else."""
    if not receipts.is_meant(turn.event):
        return None
    userid = turn.person.userid
    got = [
        Got(notice.id, notice.words, notice.at, confirmed)
        for notice, confirmed in notices.of_person(turn.tx, userid)
    ]
    offered = any(each.state == "offered" for each in hands.running_with(turn.tx, userid))
    answered = receipts.answer(turn.event, got, asked_to_help=offered)
    if answered is None:
        return None
    for notice_id in answered.confirm:
        confirm_notice(turn.services, turn.tx, userid, notice_id, turn.now)
    return Answer((Words(answered.words),), text_only=turn.person.text_only)
