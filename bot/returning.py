"""What came back and what was let pass, as the conversation sees it; asked for only where the
form's own row says that there is any."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.phrases import listed
from bot.shelf import Shelf, read_answers
from dialogs.case import Returned, Waived
from dialogs.naming import target_name
from scoring.reopening import WHOLE, open_facts
from storage import answers, interviews, returned, waivers
from storage.interviews import Standing

# The act that records answers is called from many places without the services.
_SHELF = Shelf()


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
    if standing.due_at is None or standing.state != "drafting":
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


def check_open(tx: Connection, form_id: int, plain: Mapping[str, object]) -> None:
    """Raises ActRefused where only single indicators came back and others would change."""
    points = [point.indicator for point, _ in returned.latest(tx, form_id)]
    if not points or WHOLE in points:
        return
    present = answers.present(tx, form_id)
    changed = [fact for fact, value in plain.items() if present.get(fact) != value]
    standing = interviews.one(tx, form_id)
    if not changed or standing is None:
        return
    standard = _SHELF.standard(tx, standing.standard_hash)
    since = returned.changed_since(tx, form_id)
    open_ = open_facts(standard, points, read_answers(standard, present), since)
    closed = [fact for fact in changed if fact not in open_]
    if closed:
        names = listed([target_name(standard, point) for point in points])
        raise ActRefused("not_returned", names=names, label=standard.facts[closed[0]].label)
