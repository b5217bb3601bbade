"""What has happened to forms since a moment: answers, files, acts, and the score they had then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Connection

from bot.measures import Measures
from bot.shelf import read_answers
from dialogs.overview.status import Since
from scoring.engine import score
from scoring.rules.base import ZERO
from scoring.standard import Standard
from storage import overview

_EVER = datetime(2000, 1, 1, tzinfo=UTC)


def since_of(
    measures: Measures,
    tx: Connection,
    standards: Mapping[int, Standard],
    since: datetime | None,
    now: datetime,
) -> dict[int, Since]:
    """What happened to these forms, each with its standard, since a moment; None means ever."""
    moment = since or _EVER
    lively = overview.lively(tx, list(standards), moment, now)
    touched = {each.form_id: each for each in overview.touched(tx, lively, moment)}
    files = overview.files(tx, lively, moment)
    acts: dict[int, list[str]] = {}
    for form_id, act in overview.acts(tx, lively, moment):
        acts.setdefault(form_id, []).append(act)
    changed = [form_id for form_id, each in touched.items() if each.again]
    before = _scores_at(measures, tx, {each: standards[each] for each in changed}, moment)
    return {
        form_id: Since(
            answered=touched[form_id].facts if form_id in touched else 0,
            files=files.get(form_id, 0),
            acts=tuple(acts.get(form_id, ())),
            before=before.get(form_id, ZERO),
        )
        for form_id in standards
    }


def _scores_at(
    measures: Measures, tx: Connection, standards: Mapping[int, Standard], moment: datetime
) -> dict[int, Decimal]:
    """The scores at a moment. Only where an answer was changed or taken back since then can the
    score be lower now, so others need not be asked for."""
    found = {form_id: measures.once.get((form_id, moment)) for form_id in standards}
    missing = [form_id for form_id, known in found.items() if known is None]
    plain = overview.answers_at(tx, missing, moment) if missing else {}
    for form_id in missing:
        standard = standards[form_id]
        then = score(standard, read_answers(standard, plain[form_id])).total.so_far
        found[form_id] = measures.once.put((form_id, moment), then)
    return {form_id: known for form_id, known in found.items() if known is not None}
