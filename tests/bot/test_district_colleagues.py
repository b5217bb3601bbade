"""People in the district file with office and aliases, and the colleagues of a department."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from bot.district import DistrictPlan, load_district, read_plan
from bot.services import Services
from storage import people

EXAMPLE = Path(__file__).parents[2] / "examples" / "district.yaml"


def plan_with(**more: Any) -> DistrictPlan:
    raw = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    raw["people"] |= more.pop("people", {})
    raw["departments"][1] |= more
    return DistrictPlan.model_validate(raw)


def test_a_name_alone_is_enough_and_more_is_kept(services: Services, clock: Any) -> None:
    whole = {"name": "方晴", "office": "办公室", "aliases": ["方主任", "老方"]}
    plan = plan_with(people={"fangqing": whole, "hening": "何宁"}, colleagues=["fangqing"])
    assert (plan.people["fangqing"], plan.people["hening"]) == ("方晴", "何宁")
    with services.database.begin() as tx:
        load_district(tx, plan, clock())
        load_district(tx, plan, clock())
        found = {each.userid: each for each in people.directory(tx)}
        assert people.roles(tx, "fangqing") == []
    assert found["fangqing"].office == "办公室"
    assert found["fangqing"].aliases == ("方主任", "老方")
    assert list(found["fangqing"].departments.values()) == ["梅州市梅江区民政局"]
    assert (found["hening"].office, found["hening"].aliases) == ("", ())
    assert found["hening"].departments == {}


def test_the_plan_survives_being_written_and_read_again() -> None:
    plan = read_plan(EXAMPLE)
    assert plan.known["wenqing"].office == "财务股"
    assert DistrictPlan.model_validate(plan.model_dump()) == plan


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"colleagues": ["nobody"]}, "unknown_people"),
        ({"people": {"x": {"office": "办公室"}}}, "string_type"),
        ({"people": {"x": {"name": "方晴", "phone": "1"}}}, "extra_forbidden"),
        ({"people": {"x": {"name": "方晴", "aliases": "老方"}}}, "tuple_type"),
        ({"people": {"x": {"name": "方晴", "office": "办" * 21}}}, "string_too_long"),
    ],
)
def test_what_is_wrong_is_named(more: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValidationError) as caught:
        plan_with(**more)
    assert fault in [error["type"] for error in caught.value.errors()]
