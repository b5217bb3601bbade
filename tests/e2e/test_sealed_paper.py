"""The sealed paper's way: printed from the delivery, its code typed in the chat, photos to finance."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from docx import Document
from PIL import Image

from storage import deliveries, submissions
from tests.e2e.conftest import fill_in

CONTACT, REVIEWER, COORDINATOR, FINANCE = "chenyu", "linfan", "zhouning", "wuheng"
District = Make = Any  # the types of conftest.py, which can't be imported


def deliver(district: District) -> str:
    """From 送审 to finance; gives the version code."""
    district.say(CONTACT, "送审")
    if "对" in district.newest(CONTACT).words():  # materials are missing: asked once
        district.say(CONTACT, "对")
    while district.open_cards(REVIEWER):
        district.press(REVIEWER, "approve")
    with district.services.database.read() as tx:
        form_id = district.loaded.forms["301"]
        sent_in, made = submissions.latest(tx, form_id), deliveries.of_form(tx, form_id)
        assert sent_in is not None
        assert made[-1].code == sent_in.code
        assert made[-1].submission == sent_in.number
    return sent_in.code


def photo(shade: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (80, 60), (shade, 20, 20)).save(made, "JPEG")
    return made.getvalue()


def send_photo(district: District, shade: int) -> str:
    """What is said to the contact after a photo."""
    before = len(district.bubbles(CONTACT))
    district.world.send_image(CONTACT, photo(shade))
    district.drain()
    return "\n".join(bubble.words() for bubble in district.bubbles(CONTACT)[before:])


def files(district: District, userid: str) -> list[str]:
    return [b.content["name"] for b in district.bubbles(userid) if b.kind == "file"]


def test_delivered_at_once_and_sealed_days_later(make_district: Make) -> None:
    district = make_district()
    fill_in(district)
    code = deliver(district)
    assert re.fullmatch("[0-9A-Z]{4}-[0-9A-Z]{2}", code)
    words = "\n".join(bubble.words() for bubble in district.bubbles(CONTACT))
    assert f"版本码 {code}" in words
    assert "待盖章" in words
    assert len(files(district, CONTACT)) == len(files(district, FINANCE)) == 4
    (progress,) = district.say(COORDINATOR, "进度")
    assert "待盖章" in progress.words()

    district.say(CONTACT, "盖章")
    assert "版本码" in district.newest(CONTACT).words()
    district.say(CONTACT, "H4T2-8T")
    assert code in district.newest(CONTACT).words()
    district.say(CONTACT, f"是 {code.lower().replace('-', ' ')}")
    assert "对上了" in district.newest(CONTACT).words()

    before = len(files(district, FINANCE))
    assert "已经转给财政" in send_photo(district, 10)
    assert "又收到1份" in send_photo(district, 20)
    assert len(files(district, FINANCE)) == before + 2
    (progress,) = district.say(COORDINATOR, "进度")
    assert "待盖章" not in progress.words()
    assert district.complaints("dropped", "cut", "bad_reply", "retry", "undelivered") == []


def test_photos_first_and_the_code_later(make_district: Make) -> None:
    district = make_district()
    fill_in(district)
    code = deliver(district)
    before = len(files(district, FINANCE))
    assert "版本码" in send_photo(district, 10)
    assert len(files(district, FINANCE)) == before
    district.say(CONTACT, code)
    assert "已经转给财政" in district.newest(CONTACT).words()
    assert len(files(district, FINANCE)) == before + 1


def test_the_printed_report_bears_the_code_of_what_was_approved(make_district: Make) -> None:
    district = make_district()
    fill_in(district)
    code = deliver(district)
    with district.services.database.read() as tx:
        (made,) = deliveries.of_form(tx, district.loaded.forms["301"])
    for key in made.files:
        if key.endswith(".docx"):
            document = Document(io.BytesIO(district.services.files.get(key)))
            assert code in document.sections[0].footer.paragraphs[0].text


@pytest.mark.slow
def test_where_libreoffice_is_the_contact_prints_a_pdf(make_district: Make) -> None:
    district = make_district({"pdf": True})
    fill_in(district)
    deliver(district)
    assert len(files(district, FINANCE)) == 5
    printed = files(district, CONTACT)
    assert len(printed) == 4
    assert printed[0].endswith("自评报告（第1版）.pdf")
