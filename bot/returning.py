"""What came back and what was let pass, as the conversation sees it; asked for only where the
form's own row says that there is any."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.lifecycle import FormState
from dialogs.case import Returned, Waived
from storage import returned, waivers
from storage.interviews import Standing


def returned_of(tx: Connection, standing: Standing) -> tuple[Returned, ...]:
    """The points of the latest return, in the order given."""
    if standing.due_at is None:
        return ()
    return tuple(
        Returned(point.indicator, point.words, name, point.settled_at is not None, point.reply)
        for point, name in returned.latest(tx, standing.form_id)
    )


def changed_of(tx: Connection, standing: Standing) -> frozenset[str]:
    """The facts answered since the form came back."""
    if standing.due_at is None or standing.state != FormState.DRAFTING:
        return frozenset()
    return frozenset(returned.changed_since(tx, standing.form_id))


def waived_of(tx: Connection, standing: Standing) -> Mapping[str, Waived]:
    """The findings that were let pass, by key, with the reasons."""
    if not standing.waived:
        return {}
    return {
        waiver.finding: Waived(waiver.reason, name, waiver.figures)
        for waiver, name in waivers.named(tx, standing.form_id)
    }
