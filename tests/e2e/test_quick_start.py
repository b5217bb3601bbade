"""The whole way with a running start: two files on the page, one button, the rest by chat.

Counted is what the contact meets: bubbles of the chat, and characters typed into it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot import contact_talk
from bot.acts.write_texts import write_texts
from bot.app import create_app
from dialogs.agenda import line_columns
from dialogs.events import Chosen, Said
from dialogs.rehearsal import answer
from dialogs.talk import Talk
from scoring.filing import read_answers_file
from scoring.loading import load
from scoring.questionnaire import Entry
from scoring.values import Rows, Text, Value
from storage import answers, forms, interviews

CONTACT = "chenyu"
PUBLIC = "https://jixiao.example.gov.cn"
EXAMPLES = Path(__file__).parents[2] / "examples"
STANDARD = load("meijiang-2021")
PASTED = ("yearly_work", "key_tasks", "goals", "special_funds", "problems", "improvements")
MOST_BUBBLES, MOST_CHARACTERS = 60, 500
TOKEN = re.compile('name="csrf_token" value="([^"]+)"')
TICKED = re.compile(r'name="ids" value="(\d+)" checked')
District = Make = Any  # the types of conftest.py, which can't be imported


class Page:
    """The page for bringing files, in the browser of the contact."""

    def __init__(self, district: District, form_id: int) -> None:
        self.district, self.form_id = district, form_id
        self.client = create_app(services=district.services).test_client()
        with self.client.session_transaction(base_url=PUBLIC) as session:
            session["userid"] = CONTACT
            session["seen"] = int(district.clock().timestamp())
            session["token"] = "t0ken"

    def upload(self, *names: str) -> str:
        files = [(io.BytesIO((EXAMPLES / name).read_bytes()), name) for name in names]
        return self._post("upload", {"files": files}).text

    def take(self, shown: str) -> int:
        ids = TICKED.findall(shown)
        assert self._post("take", {"ids": ids, "act": "take"}).status_code == 303
        return len(ids)

    def _post(self, what: str, data: dict[str, Any]) -> Any:
        path = f"/pages/bring/{self.form_id}/{what}"
        response = self.client.post(path, base_url=PUBLIC, data={"csrf_token": "t0ken"} | data)
        self.district.drain()
        return response


def reference_facts() -> dict[str, Value]:
    """The reference case, with the drafted words about lost points as they are offered."""
    facts = dict(read_answers_file(STANDARD, EXAMPLES / "reference-case.yaml"))
    for indicator in STANDARD.indicators:
        if indicator.draft:
            code = indicator.code.lower().replace("-", "_")
            facts[f"lost_{code}_cause"] = Text(indicator.draft.cause)
            facts[f"lost_{code}_improvement"] = Text(indicator.draft.improvement)
    return facts


def whole(name: str, value: Value) -> Value:
    """A table as the page of texts keeps it: what is asked about all rows together is ticked in
    the chat, and a cell of a line that may be left out is blank."""
    if not isinstance(value, Rows):
        return value
    columns = STANDARD.facts[name].columns
    blanks = {c: Text("") for c, spec in columns.items() if spec.optional and c in _lines(name)}
    typed = [
        {c: v for c, v in row.items() if columns[c].entry is not Entry.ALL} for row in value.value
    ]
    return Rows(tuple({**blanks, **row} for row in typed))


def _lines(name: str) -> Collection[str]:
    return line_columns(STANDARD.facts[name])


def paste(district: District, form_id: int, facts: Mapping[str, Value]) -> None:
    """What is long and new, from files of the contact's own, on the page of long texts."""
    now = district.clock()
    with district.services.database.begin() as tx:
        for name in PASTED:
            question = STANDARD.question_of[name].id
            values = {name: whole(name, facts[name])}
            write_texts(
                district.services, tx, CONTACT, form_id, values, "pasted", {}, question, now
            )


def talk_now(district: District, form_id: int) -> Talk:
    with district.services.database.read() as tx:
        standing = interviews.one(tx, form_id)
        assert standing is not None
        return contact_talk.opened(district.services, tx, standing, CONTACT, district.clock())


def act(district: District, event: Said | Chosen) -> int:
    """Says or clicks; gives how many characters that took."""
    match event:
        case Said(text=text):
            district.say(CONTACT, text)
            return len(text)
        case Chosen(options=(option,)) if option in ("yes", "no"):
            district.press(CONTACT, option)
        case Chosen(options=options):
            district.submit(CONTACT, list(options))
    return 0


def form_of(district: District) -> int:
    with district.services.database.read() as tx:
        return int(forms.of_person(tx, CONTACT)[0].id)


@pytest.fixture
def started(make_district: Make) -> tuple[District, int]:
    district = make_district(settings={"public_url": PUBLIC})
    district.open(CONTACT)
    return district, form_of(district)


def test_the_reference_case_takes_few_bubbles_and_little_typing(
    started: tuple[District, int],
) -> None:
    district, form_id = started
    facts = reference_facts()
    page = Page(district, form_id)
    shown = page.upload("last-year-report.docx", "final-accounts.xlsx")
    assert page.take(shown) > 30
    said = "\n".join(bubble.words() for bubble in district.bubbles(CONTACT))
    assert re.search("已完成[0-9]+%，剩[0-9]+项，要问[0-9]个股室", said)
    paste(district, form_id, facts)
    typed = turns = 0
    while (talk := talk_now(district, form_id)).items:
        typed += act(district, answer(talk, facts))
        turns += 1
        assert turns < 100
    assert "95.45分" in district.newest(CONTACT).words()
    district.say(CONTACT, "送审")
    district.say(CONTACT, "是")  # materials that finance insists on are still to come
    typed += 3
    bubbles = len(district.bubbles(CONTACT))
    print(f"{turns + 2} turns, {bubbles} bubbles, {typed} characters")
    assert bubbles <= MOST_BUBBLES
    assert typed <= MOST_CHARACTERS
    assert district.complaints("dropped", "cut", "ignored", "refused") == []
    with district.services.database.read() as tx:
        state = forms.get(tx, form_id)
        assert state is not None
        assert state.state == "in_review"
        raws = {e.fact: e.raw for e in answers.history(tx, form_id)}
        stored, rebuilt = answers.present(tx, form_id), answers.rebuild(tx, form_id)
    assert raws["income_total"] == "取自“公开04表”C11"
    assert stored == rebuilt


def test_confirmed_by_chat_and_taken_back_at_once(started: tuple[District, int]) -> None:
    """都对 in the chat writes an event for each fact with its place; 撤销 takes all of it back."""
    district, form_id = started
    Page(district, form_id).upload("last-year-report.docx", "final-accounts.xlsx")
    district.submit(CONTACT, ["A", "B", "C", "E", "H"])
    district.say(CONTACT, "0753-0000000")
    assert "一起核对" in district.newest(CONTACT).words()
    district.say(CONTACT, "都对")
    with district.services.database.read() as tx:
        raws = {e.fact: e.raw for e in answers.history(tx, form_id)}
        assert len(answers.present(tx, form_id)["duties"]) == 24
    assert raws["duties"] == "取自报告 一（一）1"
    district.say(CONTACT, "撤销")
    with district.services.database.read() as tx:
        present = answers.present(tx, form_id)
    assert not {"duties", "offices", "leader_posts"} & present.keys()
    assert "contact_phone" in present


def test_a_list_for_an_office_comes_as_text_and_file(started: tuple[District, int]) -> None:
    district, _ = started
    district.submit(CONTACT, ["A", "B", "C", "E", "H"])
    district.say(CONTACT, "清单")
    shown = district.press(CONTACT, "office2")
    assert "采购要提供3项" in shown[0].words()
    assert any("【采购】" in bubble.words() for bubble in shown)
    assert any(bubble.kind == "file" for bubble in shown)
