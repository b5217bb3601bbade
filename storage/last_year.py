"""The answers that the same department gave in the year before, as far as they were handed in."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, case, select

from storage import answers, submissions
from storage.models import Cycle, Form, table

_FINISHED = ("approved", "delivered", "accepted")


@dataclass(frozen=True, slots=True)
class LastYear:
    """Another year's form: `answers` are plain values by fact, `finished` whether approved."""

    form_id: int
    year: int
    finished: bool
    answers: dict[str, Any]


_f, _c = table(Form).c, table(Cycle).c
_this, _its = table(Form).alias("this"), table(Cycle).alias("its")
_BEFORE = (
    select(_f.id, _c.year, _f.state)
    .join(table(Cycle), _c.id == _f.cycle_id)
    .join(_this, _this.c.department_id == _f.department_id)
    .join(_its, _its.c.id == _this.c.cycle_id)
    .where(_this.c.id == bindparam("form"), _c.year == _its.c.year - 1)
    # Of several exercises for one year the form that came furthest counts.
    .order_by(
        case(
            {"accepted": 0, "delivered": 1, "approved": 2, "in_review": 3}, value=_f.state, else_=4
        ),
        _f.id.desc(),
    )
    .limit(1)
)


def of_form(tx: Connection, form_id: int) -> LastYear | None:
    """Gives what the form's department answered in the cycle of the year before.

    Of an approved form the present answers count, of any other those that were sent in last;
    what was never sent in is nobody's word, so then there is None.
    """
    row = tx.execute(_BEFORE, {"form": form_id}).first()
    if row is None:
        return None
    finished = row.state in _FINISHED
    if finished:
        return LastYear(row.id, row.year, True, answers.present(tx, row.id))
    sent = submissions.latest(tx, row.id)
    if sent is None:
        return None
    return LastYear(row.id, row.year, False, submissions.answers_of(tx, sent))
