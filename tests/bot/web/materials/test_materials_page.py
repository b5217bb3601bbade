"""What a contact does on the page of materials."""

from __future__ import annotations

import io
import re
from typing import Any

from bot.services import Services
from tests.bot.web.conftest import Browser
from tests.bot.web.materials.conftest import docx, give, given, items, line_about, packed, png


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
