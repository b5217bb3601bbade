"""Undoing one change after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dialogs.states import load_state
from dialogs.trail import MOST

Converse = Callable[..., Any]


def test_only_the_last_changes_are_kept(converse: Converse) -> None:
    talk = converse({}, "reference-case.yaml")
    for figure in range(90, 90 + MOST + 3):
        talk.say(f"实际采购金额改成{figure}万元")
    assert len(load_state(talk.stored).trail) == MOST
    for _ in range(MOST):
        talk.say("撤销")
    assert talk.answers["procurement_actual"].plain() == "92万元"
    assert "没有更早的" in talk.say("撤销")


def test_what_was_changed_elsewhere_since_stays(converse: Converse) -> None:
    talk = converse({}, "reference-case.yaml")
    talk.say("实际采购金额改成90万元")
    later = converse({"procurement_actual": "97万元"}).answers["procurement_actual"]
    talk.answers["procurement_actual"] = later  # on the page
    assert "后来又改过了" in talk.say("撤销")
    assert talk.answers["procurement_actual"] == later


def test_after_undoing_a_new_answer_counts_as_the_last(converse: Converse) -> None:
    talk = converse({}, "reference-case.yaml")
    talk.say("实际采购金额改成90万元")
    talk.say("撤销")
    talk.say("三公预算改成5万元")
    talk.say("撤销")
    assert talk.answers["sangong_budget"].plain() == "4.5万元"
    assert talk.answers["procurement_actual"].plain() == "98.31万元"
