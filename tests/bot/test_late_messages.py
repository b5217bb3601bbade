"""A message that was sent before one that is answered already, through the whole house."""

from dataclasses import replace
from typing import Any

import pytest

from bot.services import Services
from dialogs import machine
from storage import answers, interviews

Line = Any  # of conftest.py, which can't be imported


@pytest.fixture
def line(services: Services, make_line: Any) -> Line:
    return make_line(replace(services, machine=machine.step))


def stands(services: Services) -> dict[str, Any]:
    with services.database.read() as tx:
        return answers.present(tx, interviews.of_contact(tx, "chenyu")[0].form_id)


def test_a_message_that_was_overtaken_is_asked_about(services: Services, line: Line) -> None:
    start = int(line.clock().timestamp())
    line.say("chenyu", "你好", CreateTime=start)
    line.say("chenyu", "都没有", CreateTime=start + 60)
    before = stands(services)
    response = line.say("chenyu", "0753-2345678", CreateTime=start + 30)
    assert response.status_code == 200
    assert before
    assert stands(services) == before
    line.say("chenyu", "答第2题", CreateTime=start + 90)
    assert stands(services)["contact_phone"] == "0753-2345678"


def test_messages_of_one_second_are_in_order(services: Services, line: Line) -> None:
    start = int(line.clock().timestamp())
    for text in ("你好", "都没有", "0753-2345678"):
        line.say("chenyu", text, CreateTime=start)
    assert stands(services)["contact_phone"] == "0753-2345678"
