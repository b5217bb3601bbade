"""What the page of materials shows to whom, and refuses."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from bot.services import Services
from storage import evidence, forms
from storage.evidence import Gathered
from tests.bot.web.conftest import Browser
from tests.bot.web.materials.conftest import docx, give, given, items, line_about, png


def test_pictures_are_shown_and_all_else_is_saved(
    contact: Browser, page: str, services: Services, form_id: int
) -> None:
    give(contact, page, ("截图.png", png()), ("说明.docx", docx()))
    picture, text = given(services, form_id)
    shown = contact.get(f"{page}/files/{picture.id}/content")
    assert shown.data == png()
    assert shown.content_type == "image/png"
    assert "attachment" not in shown.headers["Content-Disposition"]
    saved = contact.get(f"{page}/files/{text.id}/content")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    for answer in (shown, saved):
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.docx",
        "..\\..\\windows\\A1-3-1.docx",
        "<script>alert(1)</script>.docx",
        '"><img src=x onerror=alert(1)>.docx',
        "{{ 7*7 }}.docx",
        "字" * 400 + ".docx",
        "emoji😀\u0000.docx",
        "无后缀",
        "\u202exslx.docx",
    ],
)
def test_hostile_names_do_no_harm(
    contact: Browser, page: str, services: Services, form_id: int, tmp_path: Any, name: str
) -> None:
    shown = give(contact, page, (name, docx()))
    assert shown.status_code in (200, 409)
    assert "<script>alert" not in shown.text
    assert "<img src=x" not in shown.text
    assert "49.docx" not in shown.text
    for each in given(services, form_id):
        assert len(each.name) <= 130
        assert not set(each.name) & set('<>/\\"\0')
        answer = contact.get(f"{page}/files/{each.id}/content")
        assert answer.status_code == 200
        assert "\n" not in answer.headers["Content-Disposition"]
    stored = [p for p in tmp_path.rglob("*.docx") if p.is_file()]
    assert all((tmp_path / "files") in p.parents for p in stored)


def test_another_departments_file_is_not_found(
    browse: Callable[..., Browser],
    contact: Browser,
    page: str,
    services: Services,
    form_id: int,
    district_template: Any,
) -> None:
    give(contact, page, ("A1-3-1.docx", docx()))
    (mine,) = given(services, form_id)
    other = browse("hesui")
    others_page = f"/pages/materials/{district_template[1].forms['302']}"
    assert other.get(others_page).status_code == 200
    for base in (page, others_page):
        for path in (f"{base}/files/{mine.id}", f"{base}/files/{mine.id}/content"):
            assert other.get(path).status_code == 404
    assert other.post(f"{page}/files/{mine.id}/remove").status_code == 404
    assert other.post(f"{others_page}/files/{mine.id}/remove").status_code == 409
    assert other.post(f"{others_page}/sort", {f"item-{mine.id}": "A1-1-1"}).status_code == 409
    assert give(other, page, ("A1-3-1.docx", docx("x"))).status_code == 404
    assert items(services, form_id) == [("A1-3-1", "A1-3-1.docx")]


def test_the_same_bytes_elsewhere_tell_nothing(
    browse: Callable[..., Browser], contact: Browser, page: str, district_template: Any
) -> None:
    give(contact, page, ("A1-3-1 秘密的名字.docx", docx()))
    others_page = f"/pages/materials/{district_template[1].forms['302']}"
    shown = give(browse("hesui"), others_page, ("A1-3-1.docx", docx()))
    assert "已归类" in line_about(shown, "A1-3-1.docx")
    assert "秘密的名字" not in shown.text


def test_removed_files_are_for_contacts_only(
    browse: Callable[..., Browser], contact: Browser, page: str, services: Services, form_id: int
) -> None:
    give(contact, page, ("A1-3-1.docx", docx()), ("A1-3-2.docx", docx("2")))
    gone, kept = given(services, form_id)
    contact.post(f"{page}/files/{gone.id}/remove")
    for userid in ("linfan", "zhouning", "wuheng"):
        other = browse(userid)
        assert other.get(f"{page}/files/{gone.id}").status_code == 404
        assert other.get(f"{page}/files/{gone.id}/content").status_code == 404
        assert other.get(f"{page}/files/{kept.id}/content").status_code == 200
    assert contact.get(f"{page}/files/{gone.id}/content").status_code == 200


def test_who_only_looks_changes_nothing(
    browse: Callable[..., Browser], contact: Browser, page: str, services: Services, form_id: int
) -> None:
    give(contact, page, ("A1-3-1.docx", docx()))
    (mine,) = given(services, form_id)
    reviewer = browse("linfan")
    assert "开始上传" not in reviewer.get(page).text
    assert "删除" not in reviewer.get(f"{page}/files/{mine.id}").text
    assert reviewer.post(f"{page}/files/{mine.id}/remove").status_code == 404
    assert give(reviewer, page, ("x.docx", docx("x"))).status_code == 404


def test_without_the_token_nothing_is_done(
    contact: Browser, page: str, services: Services, form_id: int
) -> None:
    contact.get(page)
    for data in ({"files": [(io.BytesIO(docx()), "A1-3-1.docx")]}, {"csrf_token": "x"}):
        answer = contact.client.post(
            f"{page}/upload",
            base_url="https://jixiao.example.gov.cn",
            data=data,
            content_type="multipart/form-data",
        )
        assert answer.status_code == 403
    assert given(services, form_id) == []


def test_after_sending_in_nothing_changes(
    contact: Browser, page: str, services: Services, form_id: int, clock: Callable[[], datetime]
) -> None:
    give(contact, page, ("A1-3-1.docx", docx()))
    (mine,) = given(services, form_id)
    with services.database.begin() as tx:
        forms.set_state(tx, form_id, "drafting", "in_review", clock())
    assert "开始上传" not in contact.get(page).text
    for answer in (
        give(contact, page, ("A1-3-2.docx", docx("2"))),
        contact.post(f"{page}/files/{mine.id}/remove"),
        contact.post(f"{page}/sort", {f"item-{mine.id}": "A1-3-2"}),
        contact.post(
            f"{page}/files/{mine.id}/replace",
            {"file": (io.BytesIO(docx("3")), "x.docx")},
            content_type="multipart/form-data",
        ),
    ):
        assert answer.status_code == 409
        assert "送审中" in answer.text
    assert items(services, form_id) == [("A1-3-1", "A1-3-1.docx")]


def test_an_unknown_item_and_no_file_are_refused(contact: Browser, page: str) -> None:
    assert give(contact, page, ("a.docx", docx()), item="Z9-9").status_code == 409
    assert give(contact, page).status_code == 409
    assert contact.post(f"{page}/sort", {"item-1": ""}).status_code == 409
    assert contact.post(f"{page}/sort", {"item-1": "A1-3-1"}).status_code == 409


def test_numbers_of_people_are_pointed_out(contact: Browser, page: str) -> None:
    shown = give(contact, page, ("A1-3-1.docx", docx("联系电话 13800138000")))
    assert "1个像手机号" in line_about(shown, "A1-3-1.docx")


def test_the_count_is_that_of_the_chat(
    contact: Browser, page: str, services: Services, form_id: int
) -> None:
    give(contact, page, ("A1-3-1.docx", docx()), ("x.png", png()))
    with services.database.read() as tx:
        assert evidence.gathered(tx, form_id) == Gathered(frozenset({"A1-3-1"}), 1)


def test_what_only_calls_itself_zip_is_said_truly(contact: Browser, page: str) -> None:
    rar = b"Rar!\x1a\x07\x01\x00" + b"\0" * 99
    shown = give(contact, page, ("材料.zip", rar), ("总结.zip", docx()))
    assert "不是 zip" in line_about(shown, "材料.zip")
    assert "Word" in line_about(shown, "总结.zip")


def test_what_systems_leave_in_folders_is_passed_over(
    services: Services, contact: Browser, page: str, form_id: int
) -> None:
    response = give(
        contact,
        page,
        ("材料/.DS_Store", b"\x00\x01"),
        ("材料/~$A1-3-1 决算表.docx", b"\x05chen"),
        ("材料/A1-3-1 决算表.docx", docx()),
    )
    assert [each.name for each in given(services, form_id)] == ["A1-3-1 决算表.docx"]
    assert "DS_Store" not in response.text
