"""涉密不上网: what bears a marking leaves no trace, whichever way it comes."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.acts.base import ActRefused
from bot.acts.record_answer import record_answer
from bot.acts.return_form import send_back
from bot.acts.send_in import send_in
from bot.services import Services
from dialogs import desk, machine
from scoring.values import NotApplicable, Rows, Text
from storage import answers

MARKED = "机密★1年 北山三号库四十七套"
WORDS = "北山三号库四十七套"


@pytest.fixture
def talking(services: Services) -> Services:
    """The services with the real conversation."""
    return replace(services, machine=machine.step, desk=desk.step)


def is_kept(services: Services) -> bool:
    """Whether any byte of the words stands in the database's files."""
    database = Path(services.settings.database_url.removeprefix("sqlite:///"))
    codes = (WORDS.encode(), json.dumps(WORDS)[1:-1].encode(), "机密★".encode())
    files = database.parent.glob(f"{database.name}*")
    return any(code in file.read_bytes() for file in files for code in codes)


@pytest.mark.parametrize("userid", ["chenyu", "linfan", "zhouning", "wuheng"])
def test_in_the_chat_nothing_is_kept(
    talking: Services, make_line: Any, reply: Any, userid: str, capsys: Any
) -> None:
    line = make_line(talking)
    said = reply(line.say(userid, MARKED))
    assert "没有记下" in said
    assert WORDS not in said
    assert not is_kept(talking)
    assert WORDS not in "".join(capsys.readouterr())


def test_in_the_middle_of_the_interview_the_question_stays(
    talking: Services, make_line: Any, reply: Any, form_id: int
) -> None:
    line = make_line(talking)
    line.event("chenyu", "enter_agent")
    for text in ("清除 年度总体工作", MARKED, f"修改 {MARKED}", f"年度总体工作改成{MARKED}"):
        line.say("chenyu", text)
    assert not is_kept(talking)
    with talking.database.read() as tx:
        assert answers.present(tx, form_id) == {}


def test_a_stranger_s_words_are_not_kept(talking: Services, make_line: Any) -> None:
    make_line(talking).say("nobody", MARKED)
    assert not is_kept(talking)


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        (Text(MARKED), "见页面"),
        (Text("平常"), MARKED),
        (Rows(({"name": Text("甲"), "work": Text(MARKED)},)), "见页面"),
        (NotApplicable(MARKED), "不适用"),
    ],
)
def test_no_answer_bears_a_marking(services: Services, form_id: int, value: Any, raw: str) -> None:
    with pytest.raises(ActRefused) as caught, services.database.begin() as tx:
        record_answer(
            services, tx, "chenyu", form_id, {"yearly_work": value}, raw, services.clock()
        )
    assert caught.value.code == "secret"
    assert "线下报送" in caught.value.words
    assert not is_kept(services)


def test_no_words_of_a_return_bear_one(services: Services, filled: int) -> None:
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, services.clock())
    with pytest.raises(ActRefused) as caught, services.database.begin() as tx:
        send_back(services, tx, "linfan", filled, MARKED, services.clock())
    assert caught.value.code == "secret"
    assert not is_kept(services)


def test_words_about_secrets_are_an_answer(services: Services, form_id: int) -> None:
    words = "组织学习保守国家秘密法，未发生失泄密事件。"
    with services.database.begin() as tx:
        record_answer(
            services, tx, "chenyu", form_id, {"yearly_work": Text(words)}, words, services.clock()
        )
        assert answers.present(tx, form_id)["yearly_work"] == words
