"""Whatever people do, the conversation answers, loses nothing, and survives being stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dialogs.bubbles import Buttons, Tick, Words
from dialogs.case import Person, Role
from dialogs.effects import RecordAnswer
from dialogs.events import Chosen, Event, Opened, Said, Unreadable
from dialogs.rehearsal import typed
from dialogs.trail import MOST
from scoring.engine import score
from scoring.standard import Standard

Conversation = Any  # of conftest.py, which can't be imported
Converse = Callable[..., Conversation]
FAST = settings(
    derandomize=True,
    deadline=None,
    max_examples=25,
    stateful_step_count=12,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

PLAUSIBLE = [
    "2587.01万元 2249.57万元",
    "100万 98.31万",
    "0",
    "3",
    "98%",
    "ABD",
    "除了E都是",
    "都没有",
    "是",
    "没有",
    "对",
    "完",
    "12 10",
    "行政编制 21 19",
    "办公室、综合股",
    "承办甲类有关事项",
    "全年完成各项任务。",
    "2022年5月20日",
    "5月20日",
    "421 421",
    "省级专项资金 100万元 95",
    "原因：年中追加。",
    "跳过",
    "上一题",
    "修改 12",
    "修改 采购",
    "撤销",
    "取消",
    "进度",
    "得分",
    "为什么",
    "帮助",
    "预览",
    "送审",
    "撤回",
    "继续",
    "不适用",
    "不适用，没有这项业务",
    "线下报送",
    "文字模式",
    "卡片模式",
    "删 1",
    "清空",
    "列表",
    "实际采购金额改成98.5万元",
    "把100万元改成120万元",
    "不对，应该是3",
    "不知道，问财务",
    "同上",
    "谢谢",
    "发了",
    "稍等",
]
ODD = [
    "9" * 5000,
    "前" + "9" * 5000 + "项",
    "",
    " ",
    "\u200b",
    "？",
    "。。。",
    "9" * 60,
    "-1",
    "0.98",
    "1e999",
    "99999999999999999999999999万元",
    "２５８７．０１",
    "①②③",
    "A" * 300,
    "长" * 3000,
    "一行\n" * 200,
    "a,b;c、d " * 80,
    "{0}{x}{{}}%s",
    "<script>]]></script>",
    "改成",
    "修改 ",
    "改成100万",
    "第0题改成1",
    "修改 999",
    "除了",
    "删 0",
    "删 99",
    "不适用 ",
    "\ud800",
    "😀" * 50,
    "名称：",
    "：",
    "\t\t\t",
    "1|2|3|4|5|6",
    "完\n完",
    "NaN",
    "Infinity",
    "٣",
    "Ⅷ",
    "²",
]
TEXTS = st.one_of(st.sampled_from(PLAUSIBLE), st.sampled_from(ODD), st.text(max_size=40))
KEYS = st.sampled_from(
    ["ask:has", "ask:budget_reasonable", "ask:key_tasks.done", "ask:assets_counted", "ask:", "x:1"]
)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    TEXTS.map(Said),
    TEXTS.map(Said),
    st.builds(Chosen, KEYS, st.lists(st.sampled_from("ABCyes12Z"), max_size=4).map(tuple)),
    st.just(Opened()),
    st.sampled_from(["voice", "image", "file", "what"]).map(Unreadable),
)
STARTS = st.sampled_from(["", "reference-case.yaml", "small-unit.yaml"])
LIMIT = 1900


def start(converse: Converse, example: str, gaps: list[str], *, text_only: bool) -> Conversation:
    person = Person("chenyu", "陈宇", frozenset({Role.CONTACT}), text_only)
    return converse(dict.fromkeys(gaps), example, person=person, doubting=False)


def act(talk: Conversation, event: Event) -> None:
    """One turn, with what must hold after any turn."""
    before = dict(talk.answers)
    talk.take(event)
    step = talk.steps[-1]
    assert step.bubbles
    recorded = [e for e in step.effects if isinstance(e, RecordAnswer)]
    changed = {n for n in {*before, *talk.answers} if before.get(n) != talk.answers.get(n)}
    assert changed <= {name for effect in recorded for name in effect.values}
    for bubble in step.bubbles:
        check_shape(bubble)


def check_shape(bubble: object) -> None:
    if isinstance(bubble, Words):
        assert bubble.text.strip()
        return
    assert isinstance(bubble, Buttons | Tick)
    assert 0 < len(bubble.title) <= 36
    assert len(bubble.note) <= 160
    assert 1 <= len(bubble.choices) <= 20
    assert all(0 < len(choice.label) <= 18 for choice in bubble.choices)
    assert len({choice.id for choice in bubble.choices}) == len(bubble.choices)


@pytest.mark.parametrize("text_only", [True, False], ids=["text", "cards"])
@FAST
@given(data=st.data())
def test_no_event_breaks_the_conversation(
    converse: Converse, standard: Standard, text_only: bool, data: st.DataObject
) -> None:
    example = data.draw(STARTS)
    gaps = data.draw(st.lists(st.sampled_from(sorted(standard.facts)), max_size=4))
    talk = start(converse, example, gaps, text_only=text_only)
    for event in data.draw(st.lists(EVENTS, min_size=1, max_size=12)):
        act(talk, event)


@pytest.mark.parametrize("text", [*PLAUSIBLE, *ODD])
def test_every_kind_of_question_survives_every_text(
    converse: Converse, standard: Standard, text: str
) -> None:
    """One question of every kind, each met with the same odd message."""
    for fact in (
        "has_rent",
        "contact_phone",
        "duties",
        "staffing",
        "yearly_work",
        "procurement_plan",
    ):
        act(start(converse, "reference-case.yaml", [fact], text_only=True), Said(text))
    for fact in ("budget_reasonable", "assets_counted", "effect_score", "satisfaction_percent"):
        act(start(converse, "reference-case.yaml", [fact], text_only=True), Said(text))
    for rows in ([{"title": "甲"}], [{"title": "甲", "text": "乙"}, {"title": "丙"}]):
        talk = converse({"problems": rows}, "reference-case.yaml", doubting=False)
        act(talk, Said(text))


def test_an_answer_never_widens_what_can_be_reached(
    played: Callable[[str, bool], Any], standard: Standard
) -> None:
    """Answering an open question never takes points away that were certain, nor adds new hope."""
    for example in ("reference-case", "small-unit", "poor-scores"):
        answers: dict[str, Any] = {}
        last = score(standard, answers).total
        for step in played(example, True).talk.steps:
            for effect in step.effects:
                if isinstance(effect, RecordAnswer):
                    answers |= {n: v for n, v in effect.values.items() if v is not None}
            total = score(standard, answers).total
            assert last.low <= total.low <= total.high <= last.high
            last = total


@pytest.mark.parametrize("text_only", [True, False], ids=["text", "cards"])
@pytest.mark.parametrize("example", ["reference-case", "small-unit", "poor-scores"])
def test_messages_of_a_whole_form_stay_short(
    played: Callable[[str, bool], Any], example: str, text_only: bool
) -> None:
    steps = played(example, text_only).talk.steps
    sizes = [
        len(bubble.text.encode())
        for step in steps
        for bubble in step.bubbles
        if isinstance(bubble, Words)
    ]
    assert max(sizes) <= LIMIT
    assert sum(size <= 600 for size in sizes) / len(sizes) >= 0.7
    for bubble in (bubble for step in steps for bubble in step.bubbles):
        check_shape(bubble)


def test_every_answer_of_a_whole_form_can_be_undone(converse: Converse, standard: Standard) -> None:
    """After any answer 撤销 gives exactly the answers before it, and asks for it again; 恢复 brings
    the answer back."""
    facts = converse(example="small-unit.yaml").answers
    person = Person("chenyu", "陈宇", frozenset({Role.CONTACT}), text_only=True)
    talk = converse(person=person, doubting=False)
    talk.open()
    while talk.item is not None:
        before, key = dict(talk.answers), talk.item.key
        words = typed(talk.item, facts, standard)
        act(talk, Said(words))
        after = dict(talk.answers)
        act(talk, Said("撤销"))
        assert talk.answers == before
        assert talk.item.key == key
        act(talk, Said("恢复"))
        assert talk.answers == after


def test_the_form_looks_as_long_at_first_as_it_can_get_without_lost_points(
    converse: Converse, standard: Standard
) -> None:
    ordinary = [q for q in standard.questions if q.section != "losses"]
    assert converse().talk.progress.total == len(ordinary)


CONVERSE: list[Converse] = []


@pytest.fixture(autouse=True)
def _shared(converse: Converse) -> None:
    """The stateful machine below can't take fixtures."""
    CONVERSE[:] = [converse]


class Undoing(RuleBasedStateMachine):
    """Any talk, in which 撤销 must give exactly the answers before the last change, and said
    again those before the one before it."""

    @initialize(example=STARTS, text_only=st.booleans())
    def begin(self, example: str, text_only: bool) -> None:
        gaps = ["procurement_actual", "duties", "assets_counted"] if example else []
        self.talk = start(CONVERSE[0], example, gaps, text_only=text_only)
        self.before: list[dict[str, Any]] = []
        self.wish = start(CONVERSE[0], "reference-case.yaml", [], text_only=True).answers

    @rule(event=EVENTS)
    def something(self, event: Event) -> None:
        self._take(event)

    @rule()
    def answer(self) -> None:
        item = self.talk.item
        if item is not None and all(name in self.wish for name in item.facts):
            self._take(Said(typed(item, self.wish, self.talk.standard)))

    @rule()
    def undo(self) -> None:
        if not self.before or self.talk.form.state != "drafting":
            return
        wanted, item = self.before[-1], self.talk.item
        if item is not None and self.talk.talk.state.texts.get(item.key):
            wanted = dict(self.talk.answers)  # a piece of a text is taken back first
        elif item is not None and self._table_changed(item):
            wanted = dict(self.talk.answers)  # a change of rows is taken back first
        self._take(Said("撤销"))
        assert self.talk.answers == wanted

    @rule(days=st.integers(0, 30))
    def time_goes_on(self, days: int) -> None:
        self.talk.now += timedelta(days=days)

    @rule()
    def returned(self) -> None:
        self.talk.form = replace(self.talk.form, state="drafting", returned_words="数再核对一下")

    @invariant()
    def what_is_asked_is_open(self) -> None:
        talk = getattr(self, "talk", None)
        if talk is not None and talk.item is not None:
            assert talk.item.facts

    def _table_changed(self, item: Any) -> bool:
        state = self.talk.talk.state
        return state.asked == item.key and "former" in state.tables.get(item.question.id, {})

    def _take(self, event: Event) -> None:
        answers = dict(self.talk.answers)
        act(self.talk, event)
        if not any(isinstance(e, RecordAnswer) for e in self.talk.steps[-1].effects):
            return
        if self.talk.talk.state.undone:
            self.before.pop()
        else:
            self.before = [*self.before, answers][-MOST:]


Undoing.TestCase.settings = FAST
TestUndoing = Undoing.TestCase
