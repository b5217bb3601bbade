"""Reviewers in the district file: a userid alone, or with rank and title."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from bot.chain import chain_of
from bot.district import DistrictPlan, load_district, read_plan
from bot.services import Services

EXAMPLE = Path(__file__).parents[2] / "examples" / "district.yaml"


def plan_with(reviewers: list[Any]) -> DistrictPlan:
    raw = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    raw["departments"][0]["reviewers"] = reviewers
    return DistrictPlan.model_validate(raw)


def seats(services: Services, clock: Any) -> list[tuple[int, str, str]]:
    with services.database.read() as tx:
        return [(s.rank, s.title, s.userid) for s in chain_of(tx, 1, clock()).seats]


def test_a_userid_alone_is_rank_one(services: Services, clock: Any) -> None:
    assert seats(services, clock) == [(1, "", "linfan")]


def test_ranks_and_titles_are_loaded_and_changed(services: Services, clock: Any) -> None:
    chain = [{"userid": "xumo", "rank": 2, "title": "主要领导"}, "linfan"]
    with services.database.begin() as tx:
        load_district(tx, plan_with(chain), clock())
    assert seats(services, clock) == [(1, "", "linfan"), (2, "主要领导", "xumo")]
    chain[1] = {"userid": "linfan", "rank": 3, "title": "分管领导"}
    with services.database.begin() as tx:
        load_district(tx, plan_with(chain), clock())
    assert seats(services, clock) == [(2, "主要领导", "xumo"), (3, "分管领导", "linfan")]


@pytest.mark.parametrize(
    ("reviewers", "fault"),
    [
        (["linfan", {"userid": "linfan", "rank": 2}], "reviewer_twice"),
        (["nobody"], "unknown_people"),
        ([{"userid": "linfan", "rank": 0}], "greater_than_equal"),
        ([{"userid": "linfan", "level": 1}], "extra_forbidden"),
    ],
)
def test_what_is_wrong_is_named(reviewers: list[Any], fault: str) -> None:
    with pytest.raises(ValidationError) as caught:
        plan_with(reviewers)
    assert fault in [error["type"] for error in caught.value.errors()]


def test_the_example_has_a_chain() -> None:
    second = read_plan(EXAMPLE).departments[1]
    assert [each.title for each in second.reviewers] == ["分管领导", "主要领导"]
