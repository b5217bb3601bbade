"""Photos from the chat: fetched by the worker, looked at, stored, filed or asked about, once."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from bot.jobs.tasks import LEASE, MOST_TRIES, TaskWorker
from bot.jobs.work.photo import run
from bot.services import Services
from bot.wecom.api import Download
from bot.wecom.errors import ApiError, MediaTooLarge, NotSent, UnknownOutcome, reaction_to
from dialogs.machine import step
from storage import evidence, forms, people, tasks
from storage.evidence import Evidence

Line = Any  # of conftest.py, which can't be imported


def png(colour: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(buffer, "PNG")
    return buffer.getvalue()


class Pictures:
    """What lies under media ids: bytes, or what goes wrong."""

    def __init__(self) -> None:
        self.held: dict[str, bytes | Exception] = {}
        self.asked: list[str] = []

    def download(self, media_id: str, max_bytes: int) -> Download:
        self.asked.append(media_id)
        found = self.held[media_id]
        if isinstance(found, Exception):
            raise found
        return Download(found, "x.png", "image/png")


@pytest.fixture
def pictures(api: Any) -> Pictures:
    made = Pictures()
    api.download = made.download
    return made


@pytest.fixture
def talking(services: Services) -> Services:
    """The services with the real interview."""
    return replace(services, machine=step)


@pytest.fixture
def line(talking: Services, make_line: Callable[[Services], Line]) -> Line:
    return make_line(talking)


@pytest.fixture
def send(line: Line, pictures: Pictures, clock: Any) -> Callable[..., Any]:
    """Sends photos as a contact, one a second; each lies under its own media id."""

    def sent(*found: bytes | Exception, userid: str = "chenyu") -> Any:
        for each in found:
            clock.advance(1)
            media_id = f"m{len(pictures.held) + 1}"
            pictures.held[media_id] = each
            answer = line.say(userid, "", MsgType="image", MediaId=media_id, PicUrl="http://x")
        return answer

    return sent


@pytest.fixture
def work(talking: Services) -> Callable[[], int]:
    return lambda: TaskWorker(talking).work_due()


def given(services: Services, form_id: int) -> list[Evidence]:
    with services.database.read() as tx:
        return evidence.of_form(tx, form_id)


def said(services: Services, userid: str = "chenyu") -> list[dict[str, Any]]:
    """The bodies of what waits for somebody."""
    with services.database.begin() as tx:
        query = "SELECT payload FROM outbox WHERE userid = ? AND kind = 'send' ORDER BY id"
        return [json.loads(row[0]) for row in tx.exec_driver_sql(query, (userid,))]


def words(services: Services) -> list[str]:
    return [str(b.get("text", b.get("template_card"))) for b in said(services)]


def test_a_photo_is_acknowledged_stored_and_asked_about(
    send: Any, work: Any, reply: Any, talking: Services, form_id: int
) -> None:
    assert "收到照片" in reply(send(png()))
    assert work() == 1
    (kept,) = given(talking, form_id)
    assert (kept.item, kept.via, kept.given_by, kept.content_type) == (
        "", "chat", "chenyu", "image/png",
    )  # fmt: skip
    assert kept.name.startswith("照片0509-")
    assert kept.name.endswith(".png")
    assert talking.files.get(kept.file_key) == png()
    (card,) = said(talking)
    assert card["template_card"]["checkbox"]["question_key"] == f"photos:{kept.id}:{kept.id}:1"


def test_several_in_a_row_make_one_question(
    send: Any, work: Any, line: Line, reply: Any, talking: Services, form_id: int
) -> None:
    send(png("red"), png("green"), png("blue"))
    assert work() == 3
    (card,) = said(talking)
    assert "这3张" in str(card)
    assert "3张照片归到A1-3-1" in words_after(line, talking, "A1-3-1", reply)
    assert [each.item for each in given(talking, form_id)] == ["A1-3-1"] * 3


def words_after(line: Line, services: Services, text: str, reply: Any) -> str:
    """What is answered, passively or by the outbox."""
    before = len(said(services))
    passive = reply(line.say("chenyu", text))
    return passive or "".join(map(str, said(services)[before:]))


def test_a_ticked_card_sorts_them(
    send: Any, work: Any, line: Line, talking: Services, form_id: int
) -> None:
    send(png("red"), png("green"))
    work()
    (card,) = said(talking)
    shown = card["template_card"]
    key = shown["checkbox"]["question_key"]
    item = {"QuestionKey": key, "OptionIds": {"OptionId": ["A1-3-1", "B1-1-1"]}}
    click = {"CardType": "vote_interaction", "SelectedItems": {"SelectedItem": item}}
    line.click("chenyu", shown["task_id"], "submit", **click)
    assert sorted(each.item for each in given(talking, form_id)) == [
        "A1-3-1", "A1-3-1", "B1-1-1", "B1-1-1",
    ]  # fmt: skip
    line.click("chenyu", shown["task_id"], "submit", **click | {"CreateTime": 1})
    assert "已经归好了" in words(talking)[-1]
    assert len(given(talking, form_id)) == 4


def test_a_caption_sent_at_once_files_it(
    send: Any, work: Any, line: Line, reply: Any, talking: Services, form_id: int
) -> None:
    send(png())
    assert "存好就归到" in reply(line.say("chenyu", "这是采购合同"))
    work()
    assert [each.item for each in given(talking, form_id)] == ["B3-1-2"]
    assert "归到B3-1-2 采购合同" in words(talking)[-1]


def test_doing_it_twice_does_no_harm(send: Any, work: Any, talking: Services, form_id: int) -> None:
    send(png())
    with talking.database.begin() as tx:
        (task,) = tasks.claim(tx, talking.clock(), 1, LEASE)
    run(talking, task)
    run(talking, task)
    assert len(given(talking, form_id)) == 1
    assert len(said(talking)) == 1


def test_the_same_photo_is_recognised(
    send: Any, work: Any, line: Line, talking: Services, form_id: int
) -> None:
    send(png())
    work()
    line.say("chenyu", "A1-3-1")
    send(png())
    work()
    assert "之前收过，归在A1-3-1" in words(talking)[-1]
    assert len(given(talking, form_id)) == 1


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (ApiError("media/get", 40007, "expired", reaction_to(40007)), "已经过期"),
        (MediaTooLarge("media/get", "big"), "超过20MB"),
        (b"MZ" + b"\0" * 200, "没有存"),
        (b"", "没有存"),
        (b"%PDF-1.4 not a picture", "没有存"),
    ],
)
def test_what_cannot_be_kept_is_said(
    send: Any, work: Any, talking: Services, form_id: int, found: Any, told: str
) -> None:
    send(found)
    assert work() == 1
    assert given(talking, form_id) == []
    assert told in words(talking)[-1]
    assert work() == 0


def test_after_a_failure_the_others_are_asked_about(
    send: Any, work: Any, talking: Services, form_id: int
) -> None:
    send(png(), b"MZ" + b"\0" * 200)
    work()
    failure, card = said(talking)
    assert "没有存" in str(failure)
    assert "template_card" in card


def test_a_busy_service_is_tried_again_and_given_up_kindly(
    send: Any, work: Any, clock: Any, talking: Services, form_id: int
) -> None:
    send(UnknownOutcome("media/get", "too slow"))
    for _ in range(MOST_TRIES):
        assert work() == 1
        clock.advance(3600)
    assert work() == 0
    assert "试了几次都没有取到" in words(talking)[-1]
    assert given(talking, form_id) == []


@pytest.mark.parametrize(
    "found",
    [
        NotSent("media/get", "no line"),
        ApiError("media/get", 60020, "not allowed", reaction_to(60020)),
        ApiError("media/get", 45009, "too often", reaction_to(45009)),
    ],
)
def test_while_no_call_works_a_photo_waits_for_as_long_as_it_takes(
    send: Any, work: Any, clock: Any, talking: Services, form_id: int, found: Any
) -> None:
    send(found)
    for _ in range(2 * MOST_TRIES):
        assert work() == 1
        clock.advance(60)
    assert given(talking, form_id) == []
    with talking.database.read() as tx:
        assert tasks.stuck(tx) == []


def test_a_form_sent_in_meanwhile_takes_no_photo(
    send: Any, work: Any, talking: Services, form_id: int, clock: Any
) -> None:
    send(png())
    with talking.database.begin() as tx:
        forms.set_state(tx, form_id, "drafting", "in_review", clock())
    work()
    assert given(talking, form_id) == []
    assert "送审中" in words(talking)[-1]


def test_at_a_desk_photos_are_not_taken(send: Any, reply: Any, talking: Services) -> None:
    desk_talk = reply(send(png(), userid="linfan"))
    assert "Photo" in desk_talk or "看不了" in desk_talk
    with talking.database.begin() as tx:
        assert not tasks.any_open(tx, "photo:")


def test_text_people_get_letters(
    send: Any, work: Any, line: Line, talking: Services, form_id: int
) -> None:
    with talking.database.begin() as tx:
        people.set_plain_text_only(tx, "chenyu", True)
    send(png())
    work()
    (asked,) = words(talking)
    assert "A. A1-3-1" in asked
    line.say("chenyu", "A")
    assert [each.item for each in given(talking, form_id)] == ["A1-3-1"]


def test_an_old_unsorted_photo_is_not_swept_along(
    send: Any, work: Any, line: Line, clock: Any, talking: Services, form_id: int
) -> None:
    send(png("red"))
    work()
    clock.advance(3600)
    send(png("blue"))
    work()
    line.say("chenyu", "A1-3-1")
    assert [each.item for each in given(talking, form_id)] == ["", "A1-3-1"]
