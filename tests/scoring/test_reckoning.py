"""What is worked out after a change is the same as what is worked out anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.agenda import matters
from scoring.engine import findings, score
from scoring.filing import read_answers_file
from scoring.loading import load
from scoring.reckoning import Reckoned, reckoned
from scoring.values import NotApplicable, Offline, Value, YesNo

EXAMPLES = Path(__file__).parents[2] / "examples"
STANDARD = load("meijiang-2021")
CASES = [
    read_answers_file(STANDARD, EXAMPLES / f"{name}.yaml")
    for name in ("reference-case", "poor-scores")
]


def values_of(fact: str) -> list[Value | None]:
    """What a fact is changed to: what the examples say, nothing, and what turns much else round."""
    said: list[Value | None] = [case[fact] for case in CASES if fact in case]
    return [*said, None, YesNo(True), YesNo(False), Offline(), NotApplicable("none")]


CHANGE = st.sampled_from(sorted(STANDARD.facts)).flatmap(
    lambda fact: st.tuples(st.just(fact), st.sampled_from(values_of(fact)))
)
CHANGES = st.lists(st.lists(CHANGE, min_size=1, max_size=4).map(dict), min_size=1, max_size=8)


def assert_same(known: Reckoned) -> None:
    anew = Reckoned(STANDARD, dict(known))
    assert known.effective == anew.effective
    assert list(known.effective) == list(anew.effective)
    assert known.sheet == anew.sheet
    assert known.applying == anew.applying
    assert known.findings == anew.findings
    assert matters(STANDARD, known) == matters(STANDARD, anew)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([{}, *CASES]), CHANGES)
def test_a_change_gives_what_a_fresh_look_gives(
    start: dict[str, Value], changes: list[dict[str, Value | None]]
) -> None:
    known = reckoned(STANDARD, start)
    matters(STANDARD, known)
    for change in changes:
        known = known.after(change)
        assert_same(known)


def test_what_a_change_does_not_touch_is_the_very_same() -> None:
    before = reckoned(STANDARD, CASES[0])
    after = before.after({"procurement_actual": None})
    moved = {c for c in after.sheet.indicators if after.sheet[c] is not before.sheet[c]}
    assert moved
    assert moved <= set(STANDARD.feeds["procurement_actual"])


def test_nothing_of_long_ago_is_held() -> None:
    first = reckoned(STANDARD, CASES[0])
    second = first.after({"procurement_actual": None})
    third = second.after({"procurement_plan": None})
    assert third.before is second
    assert second.before is None
    assert_same(second)


def test_reckoned_answers_do_not_change() -> None:
    known = reckoned(STANDARD, CASES[0])
    with pytest.raises(TypeError):
        known["procurement_plan"] = Offline()
    with pytest.raises(TypeError):
        known.pop("procurement_plan")


def test_they_are_reckoned_once() -> None:
    known = reckoned(STANDARD, CASES[0])
    assert reckoned(STANDARD, known) is known
    assert score(STANDARD, known) is known.sheet
    assert findings(STANDARD, known) is known.findings
    assert matters(STANDARD, known) is matters(STANDARD, known)


def test_another_standard_reckons_anew() -> None:
    other = replace(STANDARD, year=STANDARD.year + 1)
    assert reckoned(other, reckoned(STANDARD, {})).standard is other
