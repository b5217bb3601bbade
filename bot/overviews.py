"""All forms at a glance: the stored rows of many forms turned into one frozen view."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.calendar import Calendar, calendar_of
from bot.digests import last_digest
from bot.lifecycle import FormState
from bot.overview_since import since_of
from bot.paper import with_paper
from bot.returning import waived_of
from bot.services import Services
from bot.shelf import read_answers
from bot.views import gathered_of, view_of
from dialogs.case import Role
from dialogs.hands.held import questions_of, scope_title
from dialogs.overview.measure import Measure, measure
from dialogs.overview.status import Done, Handed, Leader, Overview, People, Since, Status
from scoring.standard import Standard
from storage import interviews, overview, running_forms
from storage.interviews import Standing
from storage.overview import Last, Mark, OpenHand, Seat
from storage.running_forms import RunningForm

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
Item = TypeVar("Item")
Key = TypeVar("Key")


def overview_of(
    services: Services,
    tx: Connection,
    now: datetime,
    departments: Collection[int] | None = None,
    since: datetime | None = None,
    userid: str = "",
) -> Overview:
    """The forms of open cycles in these departments (None: all). `since` is when the last digest
    was, None before the first; `userid` is who looks. Reads some ten statements however many
    forms there are, and measures only those that have changed since they were measured."""
    standings = interviews.on_desk(tx, tuple(FormState), departments)
    running = {form.form_id: form for form in running_forms.running(tx)}
    forms = [Known(each, running[each.form_id]) for each in standings if each.form_id in running]
    return _Reader(services, tx, now, forms, since).overview(userid)


def glance_of(
    services: Services,
    tx: Connection,
    userid: str,
    departments: Collection[int] | None,
    now: datetime,
) -> Callable[[], Overview]:
    """Gives what `overview_of` does, when somebody asks for it within this transaction."""

    @cache
    def look() -> Overview:
        since = last_digest(tx, userid)
        return overview_of(services, tx, now, departments, since, userid)

    return look


@dataclass(frozen=True)
class Known:
    """A form as two queries know it."""

    standing: Standing
    running: RunningForm

    @property
    def id(self) -> int:
        return self.standing.form_id

    @property
    def limit(self) -> datetime:
        """Until when it is owed; of one that came back, when it is to be back."""
        return self.running.due_at or self.running.deadline


class _Reader:
    """Reads all forms at one moment."""

    def __init__(
        self,
        services: Services,
        tx: Connection,
        now: datetime,
        forms: Sequence[Known],
        since: datetime | None,
    ) -> None:
        self.services, self.tx, self.now = services, tx, now
        self.forms, self.since, self.zone = forms, since, services.settings.zone
        self.ids = [form.id for form in forms]
        self._spans: dict[tuple[date, date], int] = {}

    def overview(self, userid: str) -> Overview:
        years = {self.now.astimezone(self.zone).year, *(form.limit.year for form in self.forms)}
        return Overview(
            statuses=tuple(self._status(form) for form in self.forms),
            at=self.now.astimezone(self.zone),
            since=self.since and self.since.astimezone(self.zone),
            announced=all(self._calendar.announced(year) for year in years),
            weekly=bool(userid) and overview.wants_weekly(self.tx, userid),
        )

    def _status(self, form: Known) -> Status:
        settings, last = self.services.settings, self._lasts[form.id]
        people = self._people(form)
        drafting = form.standing.state == FormState.DRAFTING
        days = self._working_days
        return Status(
            form=with_paper(settings, form.standing, view_of(form.standing)),
            standard=self._standard(form),
            cycle=form.running.cycle,
            measure=self._measures[form.id],
            limit=form.limit.astimezone(self.zone),
            people=people,
            turn=() if drafting else people.at(form.standing.rank),
            last=self._done(last),
            idle=days(_touched(form, last), self.now),
            left=days(self.now, form.limit) - days(form.limit, self.now),
            overdue=form.limit < self.now,
            begun=last.answered_at is not None or last.given_at is not None,
            handed=tuple(self._handed(form, hand) for hand in self._hands.get(form.id, ())),
            since=self._since[form.id],
            stuck_after=settings.stuck_working_days,
            review_after=settings.reviewer_reminder_days,
        )

    def _standard(self, form: Known) -> Standard:
        return self.services.shelf.standard(self.tx, form.standing.standard_hash)

    @cached_property
    def _calendar(self) -> Calendar:
        return calendar_of(self.tx)

    def _working_days(self, start: datetime, end: datetime) -> int:
        """How many come after the day of `start`, with that of `end`; few different spans are
        asked for, however many forms there are."""
        span = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        if span not in self._spans:
            self._spans[span] = self._calendar.working_days_between(*span)
        return self._spans[span]

    # ---- measures ----

    @cached_property
    def _measures(self) -> Mapping[int, Measure]:
        kept = self.services.measures.now
        keys = {form.id: self._key(form) for form in self.forms}
        found = {form_id: kept.get(key) for form_id, key in keys.items()}
        missing = [form for form in self.forms if found[form.id] is None]
        plain = overview.answers(self.tx, [form.id for form in missing])
        for form in missing:
            made = self._measured(form, plain[form.id])
            found[form.id] = kept.put(keys[form.id], made)
        return {form_id: each for form_id, each in found.items() if each is not None}

    def _key(self, form: Known) -> Hashable:
        """All that a measure depends on."""
        standing = form.standing
        waived = tuple(sorted(self._waived(form).items()))
        mark = self._marks.get(form.id)
        return form.id, standing.standard_hash, mark, waived, gathered_of(standing).items

    @cached_property
    def _marks(self) -> Mapping[int, Mark]:
        return overview.marks(self.tx, self.ids)

    def _waived(self, form: Known) -> dict[str, str]:
        found = waived_of(self.tx, form.standing)
        return {key: each.figures for key, each in found.items()}

    def _measured(self, form: Known, plain: Mapping[str, Any]) -> Measure:
        standard, items = self._standard(form), gathered_of(form.standing).items
        return measure(standard, read_answers(standard, plain), self._waived(form), items)

    @cached_property
    def _since(self) -> Mapping[int, Since]:
        standards = {form.id: self._standard(form) for form in self.forms}
        return since_of(self.services.measures, self.tx, standards, self.since, self.now)

    # ---- people ----

    def _people(self, form: Known) -> People:
        here = form.standing.department_id
        seats = [seat for at in (here, None) for seat in self._seats.get(at, ())]
        of = {role: [seat for seat in seats if seat.role == role] for role in Role}
        leaders = [Leader(seat.rank, seat.title, seat.name) for seat in of[Role.REVIEWER]]
        return People(
            contacts=_names_of(of[Role.CONTACT]),
            leaders=tuple(sorted(dict.fromkeys(leaders), key=lambda each: each.rank)),
            colleagues=_names_of(of[Role.COLLEAGUE]),
        )

    @cached_property
    def _seats(self) -> Mapping[int | None, list[Seat]]:
        return _grouped(overview.seats(self.tx), lambda seat: seat.department_id)

    @cached_property
    def _lasts(self) -> Mapping[int, Last]:
        return overview.lasts(self.tx, self.ids)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return overview.names(self.tx, {_latest(last)[1] for last in self._lasts.values()})

    def _done(self, last: Last) -> Done | None:
        at, by, what = _latest(last)
        return Done(at.astimezone(self.zone), self._names.get(by, ""), what) if at else None

    @cached_property
    def _hands(self) -> Mapping[int, list[OpenHand]]:
        ids = [form.id for form in self.forms if form.standing.handed]
        found = overview.hands(self.tx, ids) if ids else []
        return _grouped(found, lambda hand: hand.form_id)

    def _handed(self, form: Known, hand: OpenHand) -> Handed:
        standard = self._standard(form)
        inside = set(questions_of(standard, hand.scope)) - set(hand.without)
        open_ = {each for part in self._measures[form.id].sections for each in part.open}
        title, since = scope_title(standard, hand.scope), hand.given_at.astimezone(self.zone)
        return Handed(title, hand.receiver, hand.state, since, len(inside & open_))


def _touched(form: Known, last: Last) -> datetime:
    """When something last happened to a form: of one that waits for somebody, when it came."""
    begun = max(form.running.since, form.running.opens_at)
    if form.standing.state != FormState.DRAFTING:
        return begun
    return max(filter(None, [begun, last.answered_at, last.given_at, last.acted_at]))


def _latest(last: Last) -> tuple[datetime | None, str, str]:
    """What was done last: when, by whom, and what."""
    done = (
        (last.answered_at, last.answered_by or "", "answer"),
        (last.given_at, last.given_by or "", "evidence"),
        (last.acted_at, last.acted_by or "", "act"),
    )
    return max(done, key=lambda each: each[0] or _LONG_AGO)


def _names_of(seats: Sequence[Seat]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(seat.name for seat in seats))


def _grouped(found: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    groups: dict[Key, list[Item]] = {}
    for each in found:
        groups.setdefault(key(each), []).append(each)
    return groups
