"""What 进度 and the end of the questions say about where a form stands."""

from dataclasses import replace
from typing import Any

from dialogs.case import Waived
from scoring.waiving import figures_of
from tests.dialogs.conftest import FORM, Converse

# Income that is more than the sum of its parts: a contradiction.
WRONG = {"income_total": "2600万元"}


def test_progress_of_a_form_in_review_says_whose_turn_it_is(converse: Converse) -> None:
    talk = converse(None, "reference-case.yaml", form=replace(FORM, state="in_review"))
    reply = talk.say("进度")
    assert "正等林帆审核" in reply
    assert "还差" not in reply.partition("审核")[2]


def at_the_end(converse: Converse) -> Any:
    talk = converse(WRONG, "reference-case.yaml")
    assert any(finding.severity == "blocker" for finding in talk.talk.findings)
    return talk


def test_what_was_let_pass_is_not_held_up_again(converse: Converse) -> None:
    talk = at_the_end(converse)
    blockers = [f for f in talk.talk.findings if f.severity == "blocker"]
    assert "❗" in talk.say("继续")
    talk.waived = {f.key: Waived("数已核对", "周宁", figures_of(f)) for f in blockers}
    assert "❗" not in talk.say("继续")
