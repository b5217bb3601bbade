"""The page for a page signed by hand: shown while somebody is to sign, taken as their yes."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from bot.acts.send_in import send_in
from bot.services import Services
from storage import approvals, forms, reviewers, submissions

Browse = Callable[..., Any]


@pytest.fixture
def sent_in(services: Services, filled: int, clock: Any) -> int:
    with services.database.begin() as tx:
        reviewers.place(tx, "linfan", 1, 1, "分管领导")
        reviewers.place(tx, "luping", 1, 2, "主要领导")
        send_in(services, tx, "chenyu", filled, clock())
    return filled


def photo(name: str = "签批页.jpg") -> tuple[io.BytesIO, str]:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), (1, 90, 200)).save(made, "JPEG")
    return io.BytesIO(made.getvalue()), name


def code_of(services: Services, form_id: int) -> str:
    with services.database.read() as tx:
        sent_in = submissions.latest(tx, form_id)
    assert sent_in is not None
    return sent_in.code


def given(services: Services, form_id: int) -> list[tuple[str, str]]:
    with services.database.read() as tx:
        return [(each.by, each.for_whom) for each in approvals.standing(tx, form_id)]


def test_a_photo_counts_as_the_leaders_yes(
    services: Services, sent_in: int, browse: Browse
) -> None:
    browser, address = browse("chenyu"), f"/pages/sign/{sent_in}"
    page = browser.get(address).text
    code = code_of(services, sent_in)
    assert "分管领导 林帆" in page
    assert code in page
    form = {"file": photo(), "leader": "林帆", "code": code}
    assert browser.post(address, form).status_code == 303
    assert given(services, sent_in) == [("chenyu", "linfan")]
    assert "已记为林帆线下签批" in browser.get(address).text
    assert "主要领导 陆平" in browser.get(address).text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"file": (io.BytesIO(b""), "")}, "先选一张照片"),
        ({"file": (io.BytesIO(b"MZ" + b"\0" * 200), "a.jpg")}, "没有收下"),
        ({"code": "H4T2-8T"}, "重新送审过"),
        ({"leader": "何穗"}, "请说清是谁签的"),
    ],
)
def test_what_does_not_count_changes_nothing(
    services: Services, sent_in: int, browse: Browse, change: dict[str, Any], said: str
) -> None:
    form = {"file": photo(), "leader": "林帆", "code": code_of(services, sent_in)} | change
    response = browse("chenyu").post(f"/pages/sign/{sent_in}", form)
    assert response.status_code == 409
    assert said in response.text
    assert given(services, sent_in) == []


def test_nothing_is_to_be_signed_while_drafting(
    services: Services, filled: int, browse: Browse
) -> None:
    assert "不用上传签批页" in browse("chenyu").get(f"/pages/sign/{filled}").text
    form = {"file": photo(), "leader": "林帆", "code": ""}
    assert browse("chenyu").post(f"/pages/sign/{filled}", form).status_code == 409
    with services.database.read() as tx:
        found = forms.get(tx, filled)
    assert found is not None
    assert found.state == "drafting"
