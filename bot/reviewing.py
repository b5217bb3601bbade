"""Finance's review of a form as the conversation and the pages see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.acts.base import holders, name_of
from bot.calendar import calendar_of
from bot.lifecycle import By, FormState
from bot.services import Services
from bot.views import view_of, waiting_of
from dialogs.case import Case, Waiting
from dialogs.events import Chosen, Event, Said
from dialogs.reviewed import REVIEWABLE, Given, Objection, OpinionView, Review
from dialogs.understand.departments import Plain, read_departments
from dialogs.understand.reviewing import read_wish
from storage import interviews, reviewing
from storage.interviews import Standing
from storage.reviewing import Opinion, Reviewed


def review_of(services: Services, tx: Connection, standing: Standing, now: datetime) -> Review:
    """The review of the version that was delivered last."""
    form_id, version = standing.form_id, standing.version
    opinions = reviewing.opinions(tx, form_id)
    settings = services.settings
    until = calendar_of(tx).due(now, settings.appeal_working_days, settings.zone)
    return Review(
        points=_given(reviewing.scores(tx, form_id, version)),
        opinion=_opinion(tx, opinions, version),
        earlier=_given(reviewing.scores(tx, form_id, version - 1)) if version > 1 else {},
        issued=len(opinions),
        receivers=tuple(name_of(tx, userid) for userid in receivers(tx, standing)),
        until=until,
    )


def receivers(tx: Connection, standing: Standing) -> list[str]:
    """Whom an opinion goes to: the department's contacts and reviewers."""
    contacts = holders(tx, By.CONTACT, standing.department_id)
    return list(dict.fromkeys([*contacts, *holders(tx, By.REVIEWER, standing.department_id)]))


def reviewed_desk(
    services: Services,
    tx: Connection,
    departments: Sequence[int] | None,
    spoken: tuple[Event, Mapping[str, Any] | None],
    now: datetime,
) -> tuple[Waiting, ...]:
    """What finance can review: of each department the form of an open year, else of the latest.
    Only those that are spoken of (by the event, or half said in the talk) are looked at whole:
    there may be hundreds."""
    found = interviews.reviewable(tx, REVIEWABLE, departments)
    objected = {
        form_id
        for form_id, said in reviewing.appeals_of(tx, [each.form_id for each in found]).items()
        if any(each.upheld is None for each in said)
    }
    focus = objected | in_focus(found, *spoken)
    return tuple(_on_desk(services, tx, each, each.form_id in focus, now) for each in found)


def in_focus(found: Sequence[Standing], event: Event, talk: Mapping[str, Any] | None) -> set[int]:
    """The forms that an event or a half said thing may be about."""
    focus = {((talk or {}).get("pending") or {}).get("form")}
    if len(found) == 1:
        focus.add(found[0].form_id)
    if isinstance(event, Chosen):
        focus |= {each.form_id for each in found if f":{each.form_id}:" in event.card}
    wish = read_wish(event.text) if isinstance(event, Said) else None
    if wish:
        known = [Plain(each.code, each.department, tuple(each.short_names)) for each in found]
        for words in (wish.before, wish.rest):
            focus |= {found[place].form_id for place in read_departments(words, known).found}
    return {each for each in focus if isinstance(each, int)}


def _on_desk(
    services: Services, tx: Connection, standing: Standing, whole: bool, now: datetime
) -> Waiting:
    if whole:
        return with_review(services, tx, waiting_of(services, tx, standing), standing, now)
    if standing.state == FormState.DELIVERED:
        return replace(waiting_of(services, tx, standing), review=Review())
    standard = services.shelf.standard(tx, standing.standard_hash)
    return Waiting(view_of(standing), standard, {}, review=Review())


def with_review(
    services: Services, tx: Connection, waiting: Waiting, standing: Standing, now: datetime
) -> Waiting:
    """A form on finance's desk, with its review."""
    return replace(waiting, review=review_of(services, tx, standing, now))


def reviewed_case(
    services: Services, tx: Connection, case: Case, standing: Standing, now: datetime
) -> Case:
    """What a contact looks at, with the review of their form."""
    return replace(case, review=review_of(services, tx, standing, now))


def current(opinions: list[Opinion], version: int) -> Opinion | None:
    """The last opinion on a version; None where there is none."""
    return next((each for each in reversed(opinions) if each.version == version), None)


def _given(found: dict[str, Reviewed]) -> dict[str, Given]:
    return {
        code: Given(each.points, each.reason, each.name)
        for code, each in found.items()
        if each.points is not None
    }


def _opinion(tx: Connection, opinions: list[Opinion], version: int) -> OpinionView | None:
    found = current(opinions, version)
    if found is None:
        return None
    objections = tuple(
        Objection(each.indicator, each.words, each.name, each.upheld, each.reply)
        for each in reviewing.appeals(tx, found.form_id, found.id)
    )
    return OpinionView(
        number=found.number,
        total=found.total,
        grade=found.grade,
        at=found.at,
        until=found.appeal_until,
        final=found.final,
        objections=objections,
    )
