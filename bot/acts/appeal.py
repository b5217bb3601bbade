"""申辩: a department says what it thinks of finance's opinion, or that it agrees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_access, holders, locked, name_of, standing_of
from bot.acts.give_points import LONGEST_REASON, note, scored
from bot.acts.secrecy import refuse_secret
from bot.lifecycle import By
from bot.phrases import listed
from bot.reviewing import current, review_of
from bot.services import Services
from bot.views import view_of
from dialogs import review_notices
from dialogs.reviewed import REVIEWABLE
from scoring.reviewing import changes
from storage import reviewing
from storage.forms import Form
from storage.reviewing import Opinion


def appeal(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    points: Sequence[tuple[str, str]],
    now: datetime,
) -> None:
    """Notes what is said on each indicator (code, words) and asks finance; said again before
    finance has settled it, it takes the place of the first."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    opinion = _open(tx, form, now)
    standing = standing_of(tx, form_id)
    standard, sheet = scored(services, tx, standing)
    values = review_of(services, tx, standing, now).values
    changed = {each.code: each for each in changes(standard, sheet, values)}
    for code, words in points:
        _check(code, words, list(changed))
        if reviewing.object_to(tx, opinion, code, words.strip(), actor, now) is None:
            raise ActRefused("appeal_settled", said=code)
    said: dict[str, object] = {"number": opinion.number, "points": [list(each) for each in points]}
    note(tx, form, "appeal", actor, now, data=said)
    view = view_of(standing)
    for code, words in points:
        told = review_notices.appealed(view, changed[code], words.strip(), name_of(tx, actor))
        _tell_finance(services, tx, form, told, standing.code, now)


def agree_opinion(
    services: Services, tx: Connection, actor: str, form_id: int, now: datetime
) -> None:
    """无异议: the department agrees; the opinion is final, and finance is told."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    opinion = _open(tx, form, now)
    if reviewing.appeals(tx, form_id, opinion.id):
        raise ActRefused("agree_appealed")
    if not reviewing.finish(tx, opinion.id):
        raise ActRefused("opinion_final")
    note(tx, form, "agree_opinion", actor, now, data={"number": opinion.number})
    standing = standing_of(tx, form_id)
    told = review_notices.agreed(view_of(standing), name_of(tx, actor), opinion.number)
    _tell_finance(services, tx, form, told, standing.code, now)


def _open(tx: Connection, form: Form, now: datetime) -> Opinion:
    """The opinion that the department can say something about now."""
    found = current(reviewing.opinions(tx, form.id), form.version)
    if found is None or form.state not in REVIEWABLE:
        raise ActRefused("no_opinion")
    if found.final:
        raise ActRefused("opinion_final")
    if not found.open_at(now):
        raise ActRefused("appeal_over")
    return found


def _check(code: str, words: str, changed: Sequence[str]) -> None:
    refuse_secret(words)
    if code not in changed:
        known = "appeal_unchanged" if changed else "appeal_nothing"
        raise ActRefused(known, said=code, codes=listed(list(changed)))
    if not words.strip():
        raise ActRefused("appeal_no_words", said=code)
    if len(words.strip()) > LONGEST_REASON:
        raise ActRefused("points_reason_long", said=code, most=LONGEST_REASON)


def _tell_finance(
    services: Services,
    tx: Connection,
    form: Form,
    told: review_notices.Told,
    about: str,
    now: datetime,
) -> None:
    for userid in holders(tx, By.FINANCE, form.department_id):
        services.postbox.post(tx, userid, told, now, form.id, topic="appeal", about=about)
