"""What finance and a contact do who don't agree on the points: 核定, 复核意见, 申辩 on its last day,
and the final opinion."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from bot.acts.appeal import appeal
from bot.acts.base import standing_of
from bot.acts.give_points import Wish, give_points, scored
from bot.acts.issue_opinion import issue_opinion
from bot.acts.settle_appeal import settle_appeal
from bot.phrases import phrase
from bot.reviewing import current, review_of
from bot.services import Services
from bot.simulation.players import Play
from dialogs.reviewed import REVIEWABLE, mark_of
from scoring.reviewing import changes, own_points, undecided
from storage import forms, reviewing
from storage.forms import Form

_LESS = Decimal(1)


def review(part: Play, services: Services, tx: Connection, now: datetime) -> bool:
    """Finance's day: takes a point off an indicator and says so, decides on what the department
    said against it, says the last word."""
    form = _reviewable(part, tx)
    if form is None:
        return False
    opinion = current(reviewing.opinions(tx, form.id), form.version)
    if opinion is None:
        wishes = _wishes(part, services, tx)
        give_points(services, tx, part.finance, form.id, form.version, wishes, now)
        _issue(part, services, tx, form, now, final=False)
        return True
    said = reviewing.appeals(tx, form.id, opinion.id)
    waiting = [each for each in said if each.upheld is None]
    if waiting:
        decided = (waiting[0].indicator, True, None, phrase("simulated_reply"))
        settle_appeal(services, tx, part.finance, form.id, *decided, now)
        return True
    if said and not opinion.final:
        _issue(part, services, tx, form, now, final=True)
        return True
    return False


def object_to(part: Play, services: Services, tx: Connection, now: datetime) -> bool:
    """The contact's day: says something against the opinion on the last day for it."""
    form = _reviewable(part, tx)
    opinion = current(reviewing.opinions(tx, form.id), form.version) if form else None
    if opinion is None or opinion.appeal_until is None or not opinion.open_at(now):
        return False
    zone = services.settings.zone
    last = opinion.appeal_until.astimezone(zone).date()
    if now.astimezone(zone).date() < last or reviewing.appeals(tx, part.form_id, opinion.id):
        return False
    points = [(_changed(part, services, tx, now), phrase("simulated_reply"))]
    appeal(services, tx, part.contact, part.form_id, points, now)
    return True


def _reviewable(part: Play, tx: Connection) -> Form | None:
    form = forms.get(tx, part.form_id)
    return form if form and form.state in REVIEWABLE else None


def _wishes(part: Play, services: Services, tx: Connection) -> list[Wish]:
    """One indicator with a point less than the department's own, and points for those that only
    finance can settle."""
    standard, sheet = scored(services, tx, standing_of(tx, part.form_id))
    own = {code: own_points(sheet[code]) or Decimal() for code in sheet.indicators}
    lowered = part.random.choice([code for code, points in own.items() if points >= _LESS])
    wanted = {code: standard.nodes[code].max for code in undecided(sheet, {})}
    wanted[lowered] = own[lowered] - _LESS
    return [Wish(code, points, phrase("simulated_point")) for code, points in wanted.items()]


def _issue(
    part: Play, services: Services, tx: Connection, form: Form, now: datetime, *, final: bool
) -> None:
    shown = review_of(services, tx, standing_of(tx, form.id), now)
    seen = mark_of(shown, form.version, final)
    issue_opinion(services, tx, part.finance, form.id, final, seen, now)


def _changed(part: Play, services: Services, tx: Connection, now: datetime) -> str:
    """An indicator on which finance had its own mind."""
    standing = standing_of(tx, part.form_id)
    standard, sheet = scored(services, tx, standing)
    return changes(standard, sheet, review_of(services, tx, standing, now).values)[0].code
