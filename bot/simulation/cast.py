"""Who plays in a simulation: departments, contacts, leaders, coordinators, finance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bot.district import CyclePlan, DepartmentPlan, DistrictPlan, ReviewerPlan

COORDINATORS, FINANCE = ("zhouning", "heqing"), ("wuheng", "shenlan")
MOST = 150
"""Departments that there are names for."""
_FILE = Path(__file__).with_name("cast.yaml")


def make_plan(
    count: int, opens_at: datetime, deadline: datetime, standard: str, random: Random
) -> DistrictPlan:
    """A district of so many departments, each with a contact, a colleague and a leader; every
    tenth has two leaders, one after the other."""
    cast = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    names = _people(cast, random)
    people = {userid: next(names) for userid in (*COORDINATORS, *FINANCE)}
    departments = []
    for number, name in zip(range(1, count + 1), _names(cast), strict=False):
        contact, leaders = f"contact{number}", _leaders(number)
        people |= {userid: next(names) for userid in (contact, *leaders, colleague_of(number))}
        departments.append(
            DepartmentPlan(
                code=f"{300 + number}",
                name=f"{cast['place']}{name}",
                short_names=(name,),
                contacts=(contact,),
                reviewers=tuple(
                    ReviewerPlan(userid=userid, rank=rank, title="")
                    for rank, userid in enumerate(leaders, 1)
                ),
            )
        )
    year = opens_at.year - 1
    cycle = CyclePlan(
        name=cast["cycle"].format(year=year),
        year=year,
        standard=standard,
        opens_at=opens_at,
        deadline=deadline,
    )
    return DistrictPlan(
        cycle=cycle,
        people=people,
        departments=tuple(departments),
        coordinators=COORDINATORS,
        finance=FINANCE,
    )


def colleague_of(number: int) -> str:
    """The userid of somebody in a department whom its contact can ask."""
    return f"colleague{number}"


def _leaders(number: int) -> tuple[str, ...]:
    first = f"leader{number}"
    return (first, f"chief{number}") if number % 10 == 0 else (first,)


def _names(cast: dict[str, Any]) -> Iterator[str]:
    """Bureaus first, then towns."""
    yield from cast["departments"]
    towns = cast["towns"]
    yield from (
        first + last + towns["end"] for first, last in product(towns["first"], towns["last"])
    )


def _people(cast: dict[str, Any], random: Random) -> Iterator[str]:
    """Invented names, which may come twice as real ones do."""
    while True:
        length = random.choice((1, 2, 2))
        yield random.choice(cast["surnames"]) + "".join(random.choices(cast["given"], k=length))
