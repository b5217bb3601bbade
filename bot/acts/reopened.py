"""What may change in a form of which only single indicators came back."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.acts.base import ActRefused, standard_of
from bot.phrases import listed
from bot.services import Services
from bot.shelf import read_answers
from dialogs.naming import target_name
from scoring.reopening import WHOLE, open_facts
from storage import answers, returned


def check_open(
    services: Services, tx: Connection, form_id: int, plain: Mapping[str, object]
) -> None:
    """Raises ActRefused where only single indicators came back and `plain`, new values by fact,
    would change others."""
    points = [point.indicator for point, _ in returned.latest(tx, form_id)]
    if not points or WHOLE in points:
        return
    present = answers.present(tx, form_id)
    changed = [fact for fact, value in plain.items() if present.get(fact) != value]
    if not changed:
        return
    standard = standard_of(services, tx, form_id)
    since = returned.changed_since(tx, form_id)
    open_ = open_facts(standard, points, read_answers(standard, present), since)
    closed = [fact for fact in changed if fact not in open_]
    if closed:
        names = listed([target_name(standard, point) for point in points])
        raise ActRefused("not_returned", names=names, label=standard.facts[closed[0]].label)
