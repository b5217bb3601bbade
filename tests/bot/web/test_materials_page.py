"""The list of materials as people use it: given by several, sorted, replaced, refused, guarded."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from docx import Document
from PIL import Image
from werkzeug.test import TestResponse

from bot.services import Services
from storage import evidence, forms
from storage.evidence import Evidence, Gathered

Browser = Any  # of conftest.py, which can't be imported
File = tuple[io.BytesIO, str]


def docx(text: str = "正文") -> bytes:
    document, buffer = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(buffer)
    return buffer.getvalue()


def png(colour: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(buffer, "PNG")
    return buffer.getvalue()


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def page(form_id: int) -> str:
    return f"/pages/materials/{form_id}"


@pytest.fixture
def contact(browse: Callable[..., Browser]) -> Browser:
    return browse("chenyu")


def give(browser: Browser, page: str, *files: tuple[str, bytes], item: str = "") -> TestResponse:
    sent = [(io.BytesIO(content), name) for name, content in files]
    return browser.post(
        f"{page}/upload", {"files": sent, "item": item}, content_type="multipart/form-data"
    )


def given(services: Services, form_id: int, removed: bool = False) -> list[Evidence]:
    with services.database.read() as tx:
        return evidence.of_form(tx, form_id, with_removed=removed)


def items(services: Services, form_id: int) -> list[tuple[str, str]]:
    return [(each.item, each.name) for each in given(services, form_id)]


def line_about(response: TestResponse, name: str) -> str:
    """What the page says about one file of the request."""
    lines = re.findall(r'<li class="arrived__line">(.*?)</li>', response.text, re.S)
    (found,) = [line for line in lines if name in line]
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", found))


def test_the_list_shows_all_that_is_wanted(contact: Browser, page: str) -> None:
    shown = contact.get(page)
    assert shown.status_code == 200
    assert "还差49份" in shown.text
    for part in ("A1-3-1 财政拨款收入决算表", "必交", "B3-2-E 832平台采购订单", "webkitdirectory"):
        assert part in shown.text
    assert "<script>" not in shown.text
    assert " style=" not in shown.text


def test_several_files_are_sorted_and_the_rest_waits(
    contact: Browser, page: str, services: Services, form_id: int
) -> None:
    shown = give(
        contact,
        page,
        ("A1-3-1 决算表.docx", docx()),
        ("佐证/A1-2/项目库导出表.docx", docx("项目库")),
        ("IMG_0001.png", png()),
    )
    assert shown.status_code == 200
    assert items(services, form_id) == [
        ("A1-3-1", "A1-3-1 决算表.docx"),
        ("A1-2-2", "项目库导出表.docx"),
        ("", "IMG_0001.png"),
    ]
    assert "还差47份" in shown.text
    assert "1个文件待归类" in shown.text
    assert "已归类 A1-2-2 项目库导出表" in line_about(shown, "项目库导出表.docx")
    assert "待归类" in line_about(shown, "IMG_0001.png")


def test_a_zip_is_taken_apart(
    contact: Browser, page: str, services: Services, form_id: int
) -> None:
    content = packed(
        {"A1-3-1.docx": docx(), "B2-1/预算公开网页截图.png": png(), "readme.txt": b"hello"}
    )
    shown = give(contact, page, ("材料.zip", content))
    assert items(services, form_id) == [
        ("A1-3-1", "A1-3-1.docx"),
        ("B2-1-1", "预算公开网页截图.png"),
    ]
    assert "未收" in line_about(shown, "readme.txt")


def test_a_zip_named_by_its_item_sorts_what_is_in_it(
    contact: Browser, page: str, services: Services, form_id: int
) -> None:
    give(contact, page, ("A1-1-3 调剂清单.zip", packed({"1.png": png(), "2.png": png("blue")})))
    assert [item for item, _ in items(services, form_id)] == ["A1-1-3", "A1-1-3"]


def test_refused_files_have_their_reasons_and_the_others_go_through(
    contact: Browser, page: str, services: Services, form_id: int
) -> None:
    shown = give(
        contact,
        page,
        ("A1-3-1.docx", docx()),
        ("A1-3-2.pdf", b"MZ" + b"\0" * 200),
        ("A1-1-1.docx", docx("机密★1年")),
        ("坏.zip", b"PK\x03\x04 broken"),
        ("空.pdf", b""),
    )
    assert items(services, form_id) == [("A1-3-1", "A1-3-1.docx")]
    assert "电脑程序" in line_about(shown, "A1-3-2.pdf")
    assert "涉密" in line_about(shown, "A1-1-1.docx")
    assert "未收" in line_about(shown, "坏.zip")
    assert "未收" in line_about(shown, "空.pdf")


def test_the_same_file_twice_is_recognised_and_stored_once(
    contact: Browser, page: str, services: Services, form_id: int, tmp_path: Any
) -> None:
    same = docx()
    give(contact, page, ("A1-3-1.docx", same))
    shown = give(contact, page, ("别的名字.docx", same), ("A1-3-1.docx", same))
    assert "之前收过，归在A1-3-1" in line_about(shown, "别的名字.docx")
    assert "没有重复存" in line_about(shown, "A1-3-1.docx")
    assert items(services, form_id) == [("A1-3-1", "A1-3-1.docx")]
    assert len([p for p in (tmp_path / "files").rglob("*") if p.is_file()]) == 1


def test_one_file_serves_several_items(
    contact: Browser, page: str, services: Services, form_id: int, tmp_path: Any
) -> None:
    same = docx()
    give(contact, page, ("合订本.docx", same), item="A1-3-1")
    shown = give(contact, page, ("合订本.docx", same), item="A1-3-2")
    assert "已归类" in line_about(shown, "合订本.docx")
    first, second = given(services, form_id)
    assert (first.item, second.item) == ("A1-3-1", "A1-3-2")
    assert first.file_key == second.file_key
    one_page = contact.get(f"{page}/files/{first.id}").text
    assert "A1-3-1 财政拨款收入决算表" in one_page
    assert "A1-3-2 调整预算批复" in one_page


def test_unsorted_files_are_assigned(
    contact: Browser, page: str, services: Services, form_id: int
) -> None:
    give(contact, page, ("1.png", png()), ("2.png", png("blue")), ("3.png", png("green")))
    first, second, _ = given(services, form_id)
    done = contact.post(
        f"{page}/sort",
        {f"item-{first.id}": "A1-3-1", f"item-{second.id}": "B1-1-1", "item-9x": "A1-1-1"},
    )
    assert done.status_code == 303
    assert items(services, form_id) == [("A1-3-1", "1.png"), ("B1-1-1", "2.png"), ("", "3.png")]
    shown = contact.get(page).text
    assert "归好了2个文件" in shown
    assert "归好了" not in contact.get(page).text
    contact.post(f"{page}/sort", {f"item-{first.id}": "A1-3-2"})
    assert ("A1-3-2", "1.png") in items(services, form_id)
    assert ("A1-3-1", "1.png") in items(services, form_id)


def test_likely_items_come_first(contact: Browser, page: str) -> None:
    shown = give(contact, page, ("A1-3 批复.png", png())).text
    likely = re.search(r'<optgroup label="可能是">(.*?)</optgroup>', shown, re.S)
    assert likely is not None
    assert re.findall('value="([^"]+)"', likely[1]) == ["A1-3-1", "A1-3-2"]


def test_a_replaced_file_stays_on_record(
    contact: Browser, page: str, services: Services, form_id: int
) -> None:
    give(contact, page, ("A1-3-1 旧.docx", docx("旧")))
    (old,) = given(services, form_id)
    sent = {"file": (io.BytesIO(docx("新")), "新.docx")}
    done = contact.post(f"{page}/files/{old.id}/replace", sent, content_type="multipart/form-data")
    assert done.status_code == 303
    assert items(services, form_id) == [("A1-3-1", "新.docx")]
    gone = next(e for e in given(services, form_id, removed=True) if e.removed_at)
    assert (gone.id, gone.removed_by) == (old.id, "chenyu")
    shown = contact.get(page).text
    assert "A1-3-1 旧.docx" in shown
    assert "陈宇" in shown


def test_replacing_says_why_not(
    contact: Browser, page: str, services: Services, form_id: int
) -> None:
    same = docx("旧")
    give(contact, page, ("A1-3-1.docx", same))
    (old,) = given(services, form_id)
    for content, why in ((same, "同一个文件"), (b"MZ" + b"\0" * 99, "电脑程序"), (b"", "没有收")):
        sent = {"file": (io.BytesIO(content), "x.docx")}
        answer = contact.post(
            f"{page}/files/{old.id}/replace", sent, content_type="multipart/form-data"
        )
        assert answer.status_code == 409
        assert why in answer.text
    assert items(services, form_id) == [("A1-3-1", "A1-3-1.docx")]


def test_a_removed_file_is_out_and_on_record(
    contact: Browser, page: str, services: Services, form_id: int
) -> None:
    give(contact, page, ("A1-3-1.docx", docx()))
    (old,) = given(services, form_id)
    assert contact.post(f"{page}/files/{old.id}/remove").status_code == 303
    shown = contact.get(page).text
    assert "还差49份" in shown
    assert "记录（1）" in shown
    again = contact.post(f"{page}/files/{old.id}/remove")
    assert again.status_code == 409
    assert "已经不在清单里" in again.text


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
