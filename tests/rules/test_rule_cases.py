"""Every edge of the rules, as sentences with an input, a score and an explanation."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.engine import score
from scoring.filing import read_answers
from scoring.loading import load
from scoring.rules.base import Points
from scoring.wording import explain, explain_loss

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(Path(__file__).parent.glob("*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
]
STANDARD = load("meijiang-2021")


@pytest.mark.parametrize("case", CASES)
def test_rule(case: dict[str, Any]) -> None:
    text = yaml.safe_dump(_plain(case["input"]), allow_unicode=True)
    sheet = score(STANDARD, read_answers(STANDARD, "case.yaml", text))
    scored = sheet[case["indicator"]]
    low, high = case.get("between") or (case["score"], case["score"])
    assert (scored.low, scored.high) == (Decimal(low), Decimal(high))
    state = case.get("state") or ("open" if "between" in case else "scored")
    assert scored.state is Points(state)
    if "explanation" in case:
        assert "；".join(map(explain, scored.remarks)) == case["explanation"]
    if "loss" in case:
        assert "；".join(map(explain_loss, scored.losses)) == case["loss"]
    if scored.state is Points.SCORED:
        assert sum(loss.points for loss in scored.losses) == scored.maximum - scored.low


def _plain(given: Any) -> Any:
    """The input with true and false as they stand in a FACTS file."""
    if isinstance(given, dict):
        return {key: _plain(value) for key, value in given.items()}
    if isinstance(given, list):
        return [_plain(value) for value in given]
    return {"true": True, "false": False}.get(given, given)


def test_every_indicator_has_cases() -> None:
    covered = {case.values[0]["indicator"] for case in CASES}
    assert covered == {indicator.code for indicator in STANDARD.indicators}


def test_sentences_are_unique() -> None:
    names = [case.values[0]["name"] for case in CASES]
    assert len(names) == len(set(names))
