"""The results of a cycle, gathered for the summary (汇总)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.calendar import Calendar, calendar_of
from bot.lifecycle import Act, FormState
from bot.phrases import phrase
from bot.services import Services
from bot.shelf import read_answers
from reports.cycle_results import Change, CycleResults, Filing, Lost, Result, cells_of
from reports.lines import write_script
from reports.shown import without_marks
from scoring.engine import score
from scoring.reviewing import changes, reviewed, undecided
from scoring.rules.base import Points
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.values import Value
from storage import answers, cycles, results, reviewing, submissions
from storage.cycles import Cycle
from storage.results import Acted, CycleForm, Delivered
from storage.reviewing import Opinion, Reviewed

_SENT_BACK = (Act.SEND_BACK, Act.DISOWN)
_COUNTED = (*_SENT_BACK, Act.RETURN_FORM, Act.ACCEPT)


class NoSuchCycle(LookupError):
    """There is no cycle of this number, or none at all."""


def results_of(
    services: Services,
    tx: Connection,
    cycle_id: int,
    now: datetime,
    departments: Collection[int] | None = None,
) -> CycleResults:
    """A cycle's results, of these departments (None: all). Raises NoSuchCycle. Slow for many
    departments: never to be called inside a reply."""
    cycle = cycles.get(tx, cycle_id)
    if cycle is None:
        raise NoSuchCycle(cycle_id)
    gathered = _Gathered(services, tx, cycle)
    forms = [
        form
        for form in results.forms(tx, cycle.id)
        if departments is None or form.department_id in departments
    ]
    standard = gathered.standard
    return CycleResults(
        name=cycle.name,
        year=cycle.year,
        standard=standard,
        grades=tuple((band.name, band.least) for band in standard.grades.bands),
        results=tuple(gathered.result(form) for form in forms),
        made_at=now.astimezone(services.settings.zone),
        closed=cycle.state != "open",
    )


@dataclass(frozen=True)
class _Scored:
    """The sheets of a delivered version: the department's own and, where there is one, finance's."""

    answers: Mapping[str, Value]
    own: ScoreSheet
    points: Mapping[str, Reviewed]
    opinions: Sequence[Opinion]


class _Gathered:
    """What is read once for all forms of a cycle."""

    def __init__(self, services: Services, tx: Connection, cycle: Cycle) -> None:
        self._services, self._tx = services, tx
        self.standard = services.shelf.standard(tx, cycle.standard_hash)
        self._calendar: Calendar = calendar_of(tx)
        self._delivered = results.delivered(tx, cycle.id)
        self._acted = results.acted(tx, cycle.id, _COUNTED)
        last = {form: each[-1].version for form, each in self._delivered.items()}
        self._points = reviewing.scores_of(tx, last.items())
        self._opinions = reviewing.opinions_of(tx, last)

    def result(self, form: CycleForm) -> Result:
        """One department's."""
        base = Result(
            code=form.code,
            department=form.department,
            state=form.state,
            standing=self._standing(form),
            filing=self._filing(form),
        )
        there = self._delivered.get(form.form_id)
        if not there:
            return base
        return _with_points(base, self.standard, self._scored(there[-1]), there[-1].version)

    def _standing(self, form: CycleForm) -> str:
        back = form.state == FormState.DRAFTING and form.form_id in self._delivered
        return phrase("summary_state_back" if back else f"state_{form.state}")

    def _scored(self, last: Delivered) -> _Scored:
        """The version that finance has: the answers that were sent in for it."""
        sent_in = submissions.of_form(self._tx, last.form_id)
        mine = next((each for each in sent_in if each.number == last.submission), None)
        if mine is None:
            plain = answers.present(self._tx, last.form_id)
        else:
            plain = submissions.answers_of(self._tx, mine)
        given = read_answers(self.standard, plain)
        opinions = self._opinions.get(last.form_id, [])
        return _Scored(
            given,
            score(self.standard, given),
            self._points.get(last.form_id, {}),
            [each for each in opinions if each.version == last.version],
        )

    def _filing(self, form: CycleForm) -> Filing:
        there = self._delivered.get(form.form_id, [])
        first = there[0] if there else None
        deadline = first.deadline if first and first.deadline else form.deadline
        late = first is not None and first.at > deadline
        accepted = self._of(form, Act.ACCEPT) if form.state == FormState.ACCEPTED else None
        return Filing(
            deadline=self._local(deadline),
            first_at=self._local(first.at) if first else None,
            last_at=self._local(there[-1].at) if there else None,
            accepted_at=self._local(accepted.last_at) if accepted else None,
            late=late,
            late_days=self._days(deadline, first.at) if first and late else 0,
            sent_back=sum(self._often(form, act) for act in _SENT_BACK),
            returned=self._often(form, Act.RETURN_FORM),
        )

    def _of(self, form: CycleForm, act: Act) -> Acted | None:
        return self._acted.get((form.form_id, act))

    def _often(self, form: CycleForm, act: Act) -> int:
        acted = self._of(form, act)
        return acted.count if acted else 0

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._services.settings.zone)

    def _days(self, start: datetime, end: datetime) -> int:
        return self._calendar.working_days_between(
            self._local(start).date(), self._local(end).date()
        )


def _with_points(base: Result, standard: Standard, found: _Scored, version: int) -> Result:
    """The result with the department's points and, where finance gave any, the reviewed ones."""
    codes = [one.code for one in standard.indicators]
    own = found.own
    result = replace(
        base,
        version=version,
        total=own.total.so_far,
        grade=standard.grades.of(own.total.so_far).name,
        points=cells_of(own, codes),
        lost=_lost(standard, found),
        offline=tuple(
            standard.nodes[code].name for code in codes if own[code].state is Points.OFFLINE
        ),
    )
    return _with_review(result, standard, found) if found.points or found.opinions else result


def _with_review(result: Result, standard: Standard, found: _Scored) -> Result:
    """The total is left out while something stands open that only finance can settle."""
    given = {code: each.points for code, each in found.points.items() if each.points is not None}
    sheet = reviewed(standard, found.own, given)
    last = found.opinions[-1] if found.opinions else None
    total = None if undecided(found.own, given) else sheet.total.so_far
    return replace(
        result,
        review=("final" if last.final else "issued") if last else "running",
        reviewed=cells_of(sheet, [one.code for one in standard.indicators]),
        reviewed_total=total,
        reviewed_grade="" if total is None else standard.grades.of(total).name,
        offline=tuple(standard.nodes[code].name for code in undecided(found.own, given)),
        changes=tuple(
            Change(
                each.code,
                found.own[each.code].so_far if each.own is not None else "offline",
                each.points,
                found.points[each.code].reason,
            )
            for each in changes(standard, found.own, given)
        ),
    )


def _lost(standard: Standard, found: _Scored) -> tuple[Lost, ...]:
    """What every indicator lost, with the cause that the department gives."""
    lines = write_script(standard, found.answers, found.own).lines
    return tuple(
        Lost(
            code,
            found.own[code].lost,
            found.own[code].losses,
            lines[code].reasons,
            without_marks(lines[code].cause),
        )
        for code in found.own.lossy()
    )
