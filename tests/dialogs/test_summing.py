"""汇总 and 归档 at the desk: what is asked, what is ordered, what a second tap does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dialogs import desk as talk
from dialogs.bubbles import Buttons
from dialogs.case import Desk, Person, Role
from dialogs.desks.summing import is_meant
from dialogs.effects import OrderArchive, OrderSummary
from dialogs.events import Chosen, Said
from dialogs.exercises import Exercise
from dialogs.states import State, read_state

NOW = datetime(2022, 7, 1, 2, tzinfo=UTC)
OPEN = Exercise(2, "2022年度自评", 2022, True, 60, 55)
OVER = Exercise(1, "2021年度自评", 2021, False, 58, 58)
GONE = Exercise(3, "2020年度自评", 2020, False, 50, 50, erased=True)


class Talk:
    """A desk that is stored between two turns."""

    def __init__(self, role: Role, *exercises: Exercise) -> None:
        self.role, self.exercises, self.state = role, exercises, State()
        self.said, self.effects = "", ()
        self.card: Buttons | None = None

    def hear(self, event: Said | Chosen) -> str:
        known = self.exercises if is_meant(event) else None
        person = Person("zhouning", "周宁", frozenset({self.role}))
        desk = Desk(person, self.role, (), ("周宁",), exercises=known)
        step = talk.step(read_state(self.state.plain()), event, desk, NOW)
        self.state, self.effects = step.state, step.effects
        cards = [bubble for bubble in step.bubbles if isinstance(bubble, Buttons)]
        self.card = cards[0] if cards else None
        self.said = "\n".join(getattr(b, "text", "") or b.note for b in step.bubbles)
        return self.said

    def say(self, text: str) -> str:
        return self.hear(Said(text))


@pytest.mark.parametrize("role", [Role.FINANCE, Role.COORDINATOR])
def test_a_summary_is_ordered_at_once(role):
    desk = Talk(role, OPEN, OVER)
    assert "60个单位，55个在财政" in desk.say("汇总")
    assert desk.effects == (OrderSummary(2),)
    desk.say("2021年汇总")
    assert desk.effects == (OrderSummary(1),)


def test_without_an_open_one_the_last_is_meant():
    desk = Talk(Role.FINANCE, OVER, GONE)
    desk.say("汇总")
    assert desk.effects == (OrderSummary(1),)


def test_of_several_open_ones_none_is_guessed():
    desk = Talk(Role.FINANCE, OPEN, Exercise(4, "2023", 2023, True, 1, 0))
    assert "请带上年份" in desk.say("汇总")
    assert desk.effects == ()


@pytest.mark.parametrize(
    ("text", "answer"), [("2019年汇总", "没有找到2019年度"), ("2020年汇总", "已经按规定清除")]
)
def test_what_there_is_not(text, answer):
    desk = Talk(Role.FINANCE, OPEN, OVER, GONE)
    assert answer in desk.say(text)
    assert desk.effects == ()


def test_no_exercise_at_all():
    assert "没有可以汇总的" in Talk(Role.COORDINATOR).say("归档")


def test_an_archive_is_shown_first_and_made_by_one_tap():
    desk = Talk(Role.COORDINATOR, OPEN, OVER)
    assert "还没有结束" in desk.say("归档")
    card = desk.card
    assert card is not None
    assert desk.effects == ()
    assert len(card.note) <= 150
    desk.hear(Chosen(card.key, ("yes",)))
    assert desk.effects == (OrderArchive(2),)
    assert "已经过去" in desk.hear(Chosen(card.key, ("yes",)))
    assert desk.effects == ()


@pytest.mark.parametrize("word", ["归档", "1", "好的", "是"])
def test_words_do_what_the_button_does(word):
    desk = Talk(Role.COORDINATOR, OVER)
    desk.say("归档")
    desk.say(word)
    if word == "归档":  # said again it asks again, and does nothing twice
        assert desk.card is not None
        desk.say("1")
    assert desk.effects == (OrderArchive(1),)


@pytest.mark.parametrize("word", ["先不做", "2", "不用了", "取消"])
def test_or_it_is_not_done(word):
    desk = Talk(Role.COORDINATOR, OVER)
    desk.say("归档")
    assert "没有归档" in desk.say(word)
    assert desk.effects == ()


def test_the_card_of_another_year_is_old():
    desk = Talk(Role.COORDINATOR, OPEN, OVER)
    desk.say("归档")
    first = desk.card
    desk.say("2021年归档")
    assert first is not None
    assert "已经过去" in desk.hear(Chosen(first.key, ("yes",)))
    assert desk.effects == ()


def test_finance_is_told_who_archives():
    desk = Talk(Role.FINANCE, OPEN)
    assert "周宁" in desk.say("归档")
    assert desk.effects == ()


def test_a_reviewer_has_nothing_to_sum_up():
    desk = Talk(Role.REVIEWER, OPEN)
    desk.say("汇总")
    assert desk.effects == ()
