"""核定: finance gives indicators of a delivered form points of its own, each with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_access, locked, standing_of
from bot.acts.secrecy import refuse_secret
from bot.lifecycle import By
from bot.phrases import phrase
from bot.services import Services
from dialogs.reviewed import REVIEWABLE
from scoring.engine import score
from scoring.reviewing import FINE, OVER, fault_of, own_points
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.wording import written
from storage import forms, reviewing
from storage.forms import Form
from storage.interviews import Standing

LONGEST_REASON = 600


@dataclass(frozen=True)
class Wish:
    """What an indicator is to have; points None go back to the department's own."""

    indicator: str
    points: Decimal | None
    reason: str = ""


def give_points(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    version: int,
    wishes: Sequence[Wish],
    now: datetime,
) -> int:
    """Gives all of them or, raising ActRefused, none; gives how many changed. `version` is the
    one that finance looked at. Points like the department's own take back what was given."""
    form = reviewable(tx, actor, form_id, version)
    standing = standing_of(tx, form_id)
    standard, sheet = scored(services, tx, standing)
    settled = [_settled(standard, sheet, wish) for wish in wishes]
    changed = [wish for wish in settled if _write(tx, form, wish, actor, now)]
    if changed:
        data = {w.indicator: None if w.points is None else str(w.points) for w in changed}
        note(tx, form, "give_points", actor, now, data={"version": version, "points": data})
    return len(changed)


def reviewable(tx: Connection, actor: str, form_id: int, version: int | None = None) -> Form:
    """The form, held, as one that this person of finance reviews now. Raises ActRefused, also
    where it is not that version any more."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.FINANCE, form)
    if form.state not in REVIEWABLE:
        raise ActRefused("not_reviewable", state=phrase(f"state_{form.state}"))
    if version is not None and form.version != version:
        raise ActRefused("page_moved")
    return form


def scored(services: Services, tx: Connection, standing: Standing) -> tuple[Standard, ScoreSheet]:
    """The standard and the department's own sheet."""
    standard = services.shelf.standard(tx, standing.standard_hash)
    given = services.shelf.answers(tx, standing.form_id, standard)
    return standard, score(standard, given)


def note(
    tx: Connection,
    form: Form,
    act: str,
    actor: str,
    now: datetime,
    words: str = "",
    data: dict[str, object] | None = None,
) -> None:
    """Writes an act of the review down; the form stays where it is."""
    forms.note_event(tx, form.id, act, actor, form.state, form.state, now, words, data)


def _settled(standard: Standard, sheet: ScoreSheet, wish: Wish) -> Wish:
    """A wish with points that the indicator can have and the reason that it needs."""
    reason = wish.reason.strip()
    refuse_secret(reason)
    code = wish.indicator
    if code not in sheet.indicators:
        raise ActRefused("points_unknown", said=code)
    if wish.points is None:
        return Wish(code, None)
    fault = fault_of(standard, code, wish.points)
    if fault:
        refusal = {OVER: "points_over", FINE: "points_fine"}[fault]
        raise ActRefused(refusal, said=code, maximum=written(standard.nodes[code].max))
    if wish.points == own_points(sheet[code]):
        return Wish(code, None)
    if not reason:
        raise ActRefused("points_no_reason", said=code)
    if len(reason) > LONGEST_REASON:
        raise ActRefused("points_reason_long", said=code, most=LONGEST_REASON)
    return Wish(code, wish.points, reason)


def _write(tx: Connection, form: Form, wish: Wish, actor: str, now: datetime) -> bool:
    given = (wish.indicator, wish.points, wish.reason)
    return reviewing.give_points(tx, form.id, form.version, *given, actor, now)
