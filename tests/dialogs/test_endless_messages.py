"""Nobody keeps the house busy with one message: words repeated until it is full are read quickly,
whatever is asked.

The words are such as patterns repeat, so that one which can take them in more ways than one never
comes to an end.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from dialogs.case import Hand, Known
from dialogs.events import Said
from dialogs.states import State

QUESTIONS = ("procurement", "duties", "yearly_work", "budget_reasonable")
WORDS = (
    "1", "①", "1,", "1.", "1-", "1、", "\t", "\n", "\u3000", "，", "；", "（", "~", "A、", "哈", "嗯", "我",
    "想要", "我要", "我就要", "麻烦了", "谢谢", "那个", "还有嗯", "等等", "先", "这项", "该项", "项该项", "没没有",
    "早已", "全都", "每次都", "拿到", "升到", "只有", "行了", "相关的问题", "这个数", "零万元块", "已在", "看看",
    "改成1,", "如果1,", "第1题", "张三",
)  # fmt: skip
AROUND = (("", "！"), ("采购改成", "x"))
SHORT, FULL = 56, 1980
SECONDS = 1.0

Conversation = Any  # of conftest.py, which can't be imported


@contextmanager
def at_most(seconds: float, what: str) -> Iterator[None]:
    """Fails what has the processor for longer; a busy machine doesn't count."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise AssertionError(f"takes longer than {seconds} s: {what}")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("question", QUESTIONS)
def test_words_repeated_without_end(question: str, converse: Callable[..., Conversation]) -> None:
    talk = converse(example="reference-case.yaml", doubting=False)
    asked = next(q for q in talk.standard.questions if q.id == question)
    answers = {name: value for name, value in talk.answers.items() if name not in asked.facts}
    zhang = Known("zhangsan", "张三", "财务股")
    hand = Hand(1, f"section:{asked.section}", Known("chenyu", "陈宇"), zhang, "accepted")
    for at, word in enumerate(WORDS):
        long = (FULL, AROUND[at % len(AROUND)])
        for length, (before, behind) in (*((SHORT, each) for each in AROUND), long):
            talk.answers, talk.people, talk.hands = dict(answers), (zhang,), (hand,)
            talk.stored = State(asked=question).dump()
            text = before + word * (length // len(word)) + behind
            with at_most(SECONDS, f"{length} characters of {word!r}"):
                assert talk.take(Said(text))
