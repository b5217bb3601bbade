"""The whole way once: the form filled in the chat, approved, delivered to finance, accepted."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from bot.demo.play import rehearse
from dialogs.events import Chosen, Event, Said
from scoring.engine import score
from scoring.loading import load
from scoring.plain import read_value
from scoring.source import read_source
from scoring.values import Rows, Text, Value
from storage import answers, forms

CONTACT, REVIEWER, COORDINATOR, FINANCE = "chenyu", "linfan", "zhouning", "wuheng"
CASE = Path(__file__).parents[2] / "examples" / "reference-case.yaml"
STANDARD = load("meijiang-2021")
SCORES = {
    "A1-1": "3", "A1-2": "3", "A1-3": "2.5", "A2-1": "5", "A2-2": "5", "B1-1": "5", "B1-2": "5",
    "B2-1": "2", "B2-2": "0", "B3-1": "2.95", "B3-2": "4", "B4-1": "10", "B4-2": "5", "B4-3": "5",
    "B5-1": "2", "B5-2": "1", "B5-3": "1", "B5-4": "2", "B5-5": "2", "C1-1": "4", "C1-2": "4",
    "C2-1": "2", "C2-2": "3", "C2-3": "3", "C3-1": "10", "C4-1": "2", "C4-2": "2",
}  # fmt: skip
District = Make = Any  # the types of conftest.py, which can't be imported


def reference_facts() -> dict[str, Value]:
    data = read_source(CASE.name, CASE.read_text("utf-8")).data
    return {name: read_value(STANDARD.facts[name], given) for name, given in data.items()}


def answer(district: District, event: Event) -> None:
    match event:
        case Said(text=text):
            district.say(CONTACT, text)
        case Chosen(options=(option,)) if option in ("yes", "no"):
            district.press(CONTACT, option)
        case Chosen(options=options):
            district.submit(CONTACT, list(options))


def texts(district: District, userid: str) -> str:
    return "\n".join(bubble.words() for bubble in district.bubbles(userid))


def files(district: District, userid: str) -> dict[str, bytes]:
    """The files that somebody was sent, by name."""
    found = [b for b in district.bubbles(userid) if b.kind == "file"]
    shelf = district.world.shelf
    return {b.content["name"]: shelf.fresh(b.content["media_id"]).content for b in found}


@pytest.fixture
def filled(make_district: Make) -> District:
    """A district whose first form is filled from the example, card by card, word by word."""
    district = make_district()
    district.open(CONTACT)
    for head, event in rehearse(STANDARD, reference_facts(), district.clock()):
        assert head in district.newest(CONTACT).words()
        answer(district, event)
    return district


def without_blanks(value: Value) -> Value:
    """Tables without the cells that were left blank on purpose: the example leaves them out."""
    if not isinstance(value, Rows):
        return value
    return Rows(tuple({c: v for c, v in row.items() if v != Text("")} for row in value.value))


def form_of(district: District) -> int:
    with district.services.database.read() as tx:
        return forms.of_person(tx, CONTACT)[0].id


def state_of(district: District) -> str:
    with district.services.database.read() as tx:
        form = forms.get(tx, form_of(district))
        assert form is not None
        return form.state


def test_the_form_goes_all_the_way(filled: District) -> None:
    assert "95.45分" in filled.newest(CONTACT).words()

    filled.say(CONTACT, "送审")
    assert state_of(filled) == "in_review"
    request = texts(filled, REVIEWER)
    assert "95.45" in request
    assert "A1-3" in request
    assert "B3-2" in request

    filled.press(REVIEWER, "approve")
    assert state_of(filled) == "delivered"
    papers = files(filled, FINANCE)
    report = next(content for name, content in papers.items() if name.endswith(".docx"))
    workbook = next(content for name, content in papers.items() if name.endswith(".xlsx"))
    check_report(report)
    check_workbook(workbook)

    filled.press(FINANCE, "accept")
    assert state_of(filled) == "accepted"
    assert "已接收" in filled.newest(CONTACT).words()
    assert filled.complaints("dropped", "cut", "ignored", "refused") == []


def check_report(content: bytes) -> None:
    """All 27 scores in words, sums that agree, nothing left to be filled."""
    document = docx.Document(io.BytesIO(content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for code, points in SCORES.items():
        assert STANDARD.nodes[code].name in text
        assert f"{points}分" in text
    assert "95.45分" in text
    for word in ("待填", "草稿", "待确认", "None", "{{"):
        assert word not in text


def check_workbook(content: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert any(value in (95.45, "95.45") for value in cells)


def test_the_stored_answers_are_those_of_the_example(filled: District) -> None:
    with filled.services.database.read() as tx:
        stored = answers.present(tx, form_of(filled))
        rebuilt = answers.rebuild(tx, form_of(filled))
    kept = {name: read_value(STANDARD.facts[name], plain) for name, plain in stored.items()}
    assert rebuilt == stored
    expected = {n: v for n, v in reference_facts().items() if n in kept}
    assert {n: without_blanks(v) for n, v in kept.items()} == expected
    sheet = score(STANDARD, kept)
    assert {code: str(sheet[code].low.normalize()) for code in ("A1-3", "B3-1")} == {
        "A1-3": "2.5",
        "B3-1": "2.95",
    }
    assert sheet.plain()["indicators"] == SCORES
    assert sheet.plain()["total"] == "95.45"


def test_returned_by_the_reviewer_mended_and_sent_again(filled: District) -> None:
    filled.say(CONTACT, "送审")
    filled.press(REVIEWER, "send_back")
    filled.say(REVIEWER, "三公经费的数再核对一下")
    assert state_of(filled) == "drafting"
    assert "三公经费的数再核对一下" in texts(filled, CONTACT)

    filled.say(CONTACT, "“三公”经费实际支出数改成2.2万元")
    assert "2.2万元" in filled.newest(CONTACT).words()
    filled.say(CONTACT, "送审")
    filled.say(REVIEWER, "通过")
    assert state_of(filled) == "delivered"

    filled.say(FINANCE, "退回 公用经费请补充说明")
    assert state_of(filled) == "drafting"
    assert "公用经费请补充说明" in texts(filled, CONTACT)
    filled.say(CONTACT, "送审")
    filled.say(REVIEWER, "通过")
    filled.say(FINANCE, "接收")
    assert state_of(filled) == "accepted"
    names = list(files(filled, FINANCE))
    assert any("第1版" in name for name in names)
    assert any("第2版" in name for name in names)


def test_a_draft_can_be_had_at_any_time(make_district: Make) -> None:
    district = make_district()
    district.open(CONTACT)
    district.say(CONTACT, "预览")
    (content,) = files(district, CONTACT).values()
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
    assert "待填" in text
