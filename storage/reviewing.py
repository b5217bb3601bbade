"""Finance's review of what was delivered: reviewed points, opinions, and what is said against them.

Points belong to the version they were given for: a form that came back is reviewed anew. Hold the
form's lock while writing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from storage.conflicts import ConflictInsert
from storage.models import Appeal as AppealModel
from storage.models import Opinion as OpinionModel
from storage.models import Person, ReviewedScore, table


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The points that finance gave an indicator; `name` is what the giver is called. Points None
    took them back: the department's own count again."""

    form_id: int
    version: int
    indicator: str
    points: Decimal | None
    reason: str
    by: str
    at: datetime
    name: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A 复核意见, numbered from 1 within the form; `total` and `grade` are those of then. Until
    `appeal_until` the department can object, unless it is `final`. `name` is what the one who
    issued it is called."""

    id: int
    form_id: int
    number: int
    version: int
    total: Decimal
    grade: str
    file_key: str | None
    by: str
    at: datetime
    appeal_until: datetime | None
    final: bool
    name: str = ""

    def open_at(self, now: datetime) -> bool:
        """Whether the department can still object."""
        return not self.final and self.appeal_until is not None and now <= self.appeal_until


@dataclass(frozen=True, slots=True)
class Appeal:
    """What a department says against an opinion on one indicator; `upheld` None waits for finance.
    `name` and `settled_name` are what those two are called."""

    id: int
    form_id: int
    opinion_id: int
    indicator: str
    words: str
    by: str
    at: datetime
    upheld: bool | None
    reply: str
    settled_by: str | None
    settled_at: datetime | None
    name: str = ""
    settled_name: str = ""


_scores, _opinions, _appeals = table(ReviewedScore), table(OpinionModel), table(AppealModel)
_people = table(Person)
_settlers = _people.alias("settlers")
_s, _o, _a = _scores.c, _opinions.c, _appeals.c

_ADD_SCORE = insert(_scores).returning(_s.id)
_SCORES = (
    select(
        *(_s[name] for name in ("form_id", "version", "indicator", "points", "reason", "by", "at")),
        func.coalesce(_people.c.name, _s.by),
    )
    .outerjoin(_people, _people.c.userid == _s.by)
    .where(_s.form_id.in_(bindparam("forms", expanding=True)))
    .order_by(_s.id)
)
_OPINION = ("id", "form_id", "number", "version", "total", "grade", "file_key", "by", "at")
_OPINIONS = (
    select(
        *(_o[name] for name in (*_OPINION, "appeal_until", "final")),
        func.coalesce(_people.c.name, _o.by),
    )
    .outerjoin(_people, _people.c.userid == _o.by)
    .where(_o.form_id.in_(bindparam("forms", expanding=True)))
    .order_by(_o.form_id, _o.number)
)
_ADD_OPINION = insert(_opinions).returning(_o.id)
_SET_FILE = update(_opinions).where(_o.id == bindparam("opinion")).values(file_key=bindparam("key"))
_FINISH = (
    update(_opinions)
    .where(_o.id == bindparam("opinion"), _o.final.is_(False))
    .values(final=True)
    .returning(_o.id)
)
_APPEAL = ("id", "form_id", "opinion_id", "indicator", "words", "by", "at", "upheld", "reply")
_APPEALS = (
    select(
        *(_a[name] for name in (*_APPEAL, "settled_by", "settled_at")),
        func.coalesce(_people.c.name, _a.by),
        func.coalesce(_settlers.c.name, _a.settled_by, ""),
    )
    .outerjoin(_people, _people.c.userid == _a.by)
    .outerjoin(_settlers, _settlers.c.userid == _a.settled_by)
    .where(_a.form_id.in_(bindparam("forms", expanding=True)))
    .order_by(_a.id)
)
_SAY = ConflictInsert(
    lambda insert: (
        insert(_appeals)
        .on_conflict_do_update(
            index_elements=["opinion_id", "indicator"],
            set_={name: insert(_appeals).excluded[name] for name in ("words", "by", "at")},
            where=_a.settled_at.is_(None),
        )
        .returning(_a.id)
    )
)
_SETTLE = (
    update(_appeals)
    .where(_a.id == bindparam("appeal"), _a.settled_at.is_(None))
    .values(
        upheld=bindparam("right"),
        reply=bindparam("said"),
        settled_by=bindparam("who"),
        settled_at=bindparam("now"),
    )
    .returning(_a.id)
)


def give_points(
    tx: Connection,
    form_id: int,
    version: int,
    indicator: str,
    points: Decimal | None,
    reason: str,
    by: str,
    now: datetime,
) -> bool:
    """Notes what finance gives an indicator; None takes it back. False, and nothing written, where
    the same points with the same reason stand already."""
    before = scores(tx, form_id, version).get(indicator)
    same = (before.points, before.reason) if before else (None, "")
    if same == (points, reason if points is not None else ""):
        return False
    values = {"form_id": form_id, "version": version, "indicator": indicator}
    values |= {"points": "" if points is None else str(points), "reason": reason}
    tx.execute(_ADD_SCORE, values | {"by": by, "at": now})
    return True


def scores(tx: Connection, form_id: int, version: int) -> dict[str, Reviewed]:
    """Gives the reviewed points of a version that stand, by indicator."""
    return scores_of(tx, [(form_id, version)]).get(form_id, {})


def scores_of(
    tx: Connection, versions: Iterable[tuple[int, int]]
) -> dict[int, dict[str, Reviewed]]:
    """Gives, for many (form, version) at once, the reviewed points that stand: form → indicator →
    points. Forms without any are left out."""
    wanted = dict(versions)
    found: dict[int, dict[str, Reviewed]] = {}
    for row in tx.execute(_SCORES, {"forms": list(wanted)}):
        each = _reviewed(row)
        if each.version != wanted[each.form_id]:
            continue
        of_form = found.setdefault(each.form_id, {})
        of_form.pop(each.indicator, None)
        if each.points is not None:
            of_form[each.indicator] = each
    return {form: given for form, given in found.items() if given}


def history(tx: Connection, form_id: int) -> list[Reviewed]:
    """Gives all points that were ever given or taken back, oldest first."""
    return [_reviewed(row) for row in tx.execute(_SCORES, {"forms": [form_id]})]


def add_opinion(
    tx: Connection,
    form_id: int,
    version: int,
    total: Decimal,
    grade: str,
    by: str,
    now: datetime,
    appeal_until: datetime | None,
    final: bool = False,
) -> Opinion:
    """Issues the form's next opinion and gives it."""
    number = len(opinions(tx, form_id)) + 1
    values = {"form_id": form_id, "number": number, "version": version, "total": str(total)}
    values |= {"grade": grade, "by": by, "at": now, "appeal_until": appeal_until, "final": final}
    tx.execute(_ADD_OPINION, values)
    return opinions(tx, form_id)[-1]


def set_file(tx: Connection, opinion_id: int, key: str) -> None:
    """Notes the document of an opinion."""
    tx.execute(_SET_FILE, {"opinion": opinion_id, "key": key})


def finish(tx: Connection, opinion_id: int) -> bool:
    """Makes an opinion final; False if it was."""
    return tx.execute(_FINISH, {"opinion": opinion_id}).first() is not None


def opinions(tx: Connection, form_id: int) -> list[Opinion]:
    """Gives a form's opinions, oldest first."""
    return opinions_of(tx, [form_id]).get(form_id, [])


def opinions_of(tx: Connection, form_ids: Iterable[int]) -> dict[int, list[Opinion]]:
    """Gives the opinions of many forms, oldest first."""
    found: dict[int, list[Opinion]] = {}
    for row in tx.execute(_OPINIONS, {"forms": list(form_ids)}):
        each = Opinion(*row[:4], Decimal(row[4]), *row[5:])
        found.setdefault(each.form_id, []).append(each)
    return found


def object_to(
    tx: Connection, opinion: Opinion, indicator: str, words: str, by: str, now: datetime
) -> int | None:
    """Notes what a department says about an indicator and gives the appeal's id; said again, it
    replaces what was said. None once finance has settled it."""
    values = {"form_id": opinion.form_id, "opinion_id": opinion.id, "indicator": indicator}
    values |= {"words": words, "by": by, "at": now}
    found = tx.execute(_SAY.on(tx), values).scalar_one_or_none()
    return None if found is None else int(found)


def settle(
    tx: Connection, appeal_id: int, upheld: bool, reply: str, by: str, now: datetime
) -> bool:
    """Notes what finance decided; False if that was decided before."""
    values = {"appeal": appeal_id, "right": upheld, "said": reply, "who": by, "now": now}
    return tx.execute(_SETTLE, values).first() is not None


def appeals(tx: Connection, form_id: int, opinion_id: int | None = None) -> list[Appeal]:
    """Gives what a department said against its opinions, or one of them, in order."""
    found = appeals_of(tx, [form_id]).get(form_id, [])
    return [each for each in found if opinion_id in (None, each.opinion_id)]


def appeals_of(tx: Connection, form_ids: Iterable[int]) -> dict[int, list[Appeal]]:
    """Gives the appeals of many forms, in order."""
    found: dict[int, list[Appeal]] = {}
    for row in tx.execute(_APPEALS, {"forms": list(form_ids)}):
        found.setdefault(row.form_id, []).append(Appeal(*row))
    return found


def _reviewed(row: Any) -> Reviewed:
    form_id, version, indicator, points, *rest = row
    return Reviewed(form_id, version, indicator, Decimal(points) if points else None, *rest)
