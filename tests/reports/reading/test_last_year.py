"""A document of the year before, as this year's form may use it."""

from __future__ import annotations

from reports.reading.claims import Brought, Claim
from reports.reading.last_year import as_last_year, moves
from scoring.plain import read_value
from scoring.standard import Standard


def _brought(standard: Standard, **plain: object) -> Brought:
    claims = tuple(
        Claim(fact, read_value(standard.facts[fact], value), "一") for fact, value in plain.items()
    )
    return Brought(claims, year=2020)


def _moved(standard: Standard, **plain: object) -> dict[str, tuple[object, bool]]:
    moved = as_last_year(_brought(standard, **plain), standard)
    assert all(claim.last_year for claim in moved.claims)
    return {claim.fact: (claim.value.plain(), claim.certain) for claim in moved.claims}


def test_pairs_follow_from_the_standard(standard: Standard) -> None:
    assert moves(standard) == {
        "income_general": "income_general_last_year",
        "income_fund": "income_fund_last_year",
        "income_state_capital": "income_state_capital_last_year",
        "carryover_closing": "carryover_opening",
    }


def test_its_figures_become_last_years(standard: Standard) -> None:
    moved = _moved(
        standard,
        income_general="100万元",
        income_general_last_year="90万元",
        carryover_closing="5万元",
        carryover_opening="3万元",
        procurement_plan="9万元",
    )
    assert moved == {
        "income_general_last_year": ("100万元", True),
        "carryover_opening": ("5万元", True),
    }


def test_standing_texts_come_over_and_yearly_ones_leave_their_names(standard: Standard) -> None:
    moved = _moved(
        standard,
        duties=[{"text": "植树。"}],
        leader_posts="一正二副",
        has_procurement=True,
        yearly_work="全年植树。",
        key_tasks=[{"name": "造林", "done": True, "description": "完成。"}],
        contact_name="张小树",
    )
    assert moved == {
        "has_procurement": (True, True),
        "duties": ([{"text": "植树。"}], True),
        "leader_posts": ("一正二副", True),
        "key_tasks": ([{"name": "造林"}], False),
    }


def test_what_looks_back_a_year_is_told_by_last_years_own_figures(standard: Standard) -> None:
    yes = _moved(standard, has_government_fund=False, income_fund="8万元")
    assert yes["has_government_fund"] == (True, True)
    # It had funds the year before only: that says nothing of this year.
    no = _moved(standard, has_government_fund=True, income_fund="0万元")
    assert "has_government_fund" not in no


def test_facts_of_another_standard_are_left_out(standard: Standard) -> None:
    other = Brought((Claim("no_such_fact", read_value(standard.facts["leader_posts"], "x"), "一"),))
    assert as_last_year(other, standard).claims == ()
