"""The list of materials in a real browser: many files, a folder, a zip, dropped ones, without scripts."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from PIL import Image

from storage import evidence

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
Open = Callable[..., "Page"]

# Drops files with their paths, as the file manager of a computer would.
DROP = """([names, base64]) => {
    const transfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
    names.forEach((name, at) =>
        transfer.items.add(new File([bytes, String(at)], name, {type: "image/png"})));
    const form = document.getElementById("upload");
    form.dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true}));
}"""
STICKING = """[...document.querySelectorAll('body *')].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.right > innerWidth + 1 && !node.closest('.scroll, .skip');
}).map(node => node.outerHTML.slice(0, 80))"""


def docx(text: str) -> bytes:
    document, buffer = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(buffer)
    return buffer.getvalue()


def png(colour: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(buffer, "PNG")
    return buffer.getvalue()


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def payload(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def given(house: Any) -> list[str]:
    with house.services.database.read() as tx:
        return sorted(each.item for each in evidence.of_form(tx, house.form_id))


def send(page: Page) -> None:
    with page.expect_response(lambda response: response.url.endswith("/upload")):
        page.get_by_role("button", name="开始上传").click()
    page.wait_for_selector("#upload button[type=submit]:enabled")
    page.wait_for_selector("#brought")


def test_many_files_and_a_zip_with_a_progress_bar(house: Any, open_as: Open) -> None:
    page = open_as("chenyu", "materials", house.form_id)
    assert "还差49份" in page.inner_text("main")
    page.set_input_files(
        "#upload input[type=file] >> nth=0",
        [
            payload("A1-3-1 决算表.docx", docx("决算")),
            payload("说不清.png", png()),
            payload("假的.pdf", b"MZ" + b"\0" * 200),
            payload("材料.zip", packed({"A1-1-1.docx": docx("1"), "三定方案.docx": docx("2")})),
        ],
    )
    assert "选了4个文件" in page.inner_text("#upload")
    send(page)
    said = page.inner_text("#brought")
    for part in ("A1-3-1 决算表.docx", "已归类", "待归类", "未收", "电脑程序", "三定方案.docx"):
        assert part in said
    assert "还差46份" in page.inner_text("main")
    assert given(house) == ["", "A1-1-1", "A1-1-2", "A1-3-1"]
    assert page.url.partition("#")[0].endswith(f"/pages/materials/{house.form_id}")


def test_more_than_one_request_is_one_upload(house: Any, open_as: Open) -> None:
    page = open_as("chenyu", "materials", house.form_id)
    files = [payload(f"{n}.docx", docx(str(n))) for n in range(23)]
    page.set_input_files("#upload input[type=file] >> nth=0", files)
    requests: list[str] = []
    page.on("request", lambda r: requests.append(r.url) if r.method == "POST" else None)
    send(page)
    assert page.locator("#brought li").count() == 23
    assert len(requests) == 2
    assert given(house) == [""] * 23


def test_a_file_beyond_the_limit_stops_no_other(house: Any, open_as: Open) -> None:
    page = open_as("chenyu", "materials", house.form_id)
    page.evaluate("document.getElementById('upload').dataset.most = 30000")
    files = [payload("A1-1-1.png", png()), payload("A1-1-2.png", b"x" * 30000)]
    page.set_input_files(
        "#upload input[type=file] >> nth=0", [*files, payload("A1-1-3.png", png("blue"))]
    )
    send(page)
    assert given(house) == ["A1-1-1", "A1-1-3"]
    assert "A1-1-2.png 没有传" in page.inner_text("#brought")
    page.evaluate("document.getElementById('upload').dataset.most = 10")
    page.set_input_files("#upload input[type=file] >> nth=0", files)
    page.get_by_role("button", name="开始上传").click()
    page.get_by_text("没有传：超过").first.wait_for()
    assert "A1-1-1.png" in page.inner_text("#notice")


def test_a_folder_is_sorted_by_its_names(house: Any, open_as: Open, tmp_path: Path) -> None:
    folder = tmp_path / "佐证"
    for path, content in {
        "A1-3 差异率/调整预算批复.docx": docx("批复"),
        "B3-1-2/第1页.png": png(),
        "B3-1-2/第2页.png": png("blue"),
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    page = open_as("chenyu", "materials", house.form_id)
    page.set_input_files("#upload input[webkitdirectory]", folder)
    send(page)
    assert given(house) == ["A1-3-2", "B3-1-2", "B3-1-2"]


def test_files_are_dropped(house: Any, open_as: Open) -> None:

    page = open_as("chenyu", "materials", house.form_id)
    picture = base64.b64encode(png()).decode()
    page.evaluate(DROP, [["A1-3-1.png", "<img src=x onerror=alert(1)>.png"], picture])
    assert "选了2个文件" in page.inner_text("#upload")
    send(page)
    assert given(house) == ["", "A1-3-1"]
    assert page.locator("#brought img").count() == 0


def test_a_file_is_looked_at_sorted_and_removed(house: Any, open_as: Open) -> None:
    page = open_as("chenyu", "materials", house.form_id)
    page.set_input_files("#upload input[type=file] >> nth=0", [payload("说不清.png", png())])
    send(page)
    page.select_option("#unsorted select", "A1-3-1")
    page.get_by_role("button", name="归类", exact=True).click()
    page.wait_for_selector("text=归好了1个文件")
    assert given(house) == ["A1-3-1"]
    page.get_by_role("link", name="说不清.png").click()
    page.wait_for_selector("img.preview")
    assert page.evaluate("document.querySelector('img.preview').naturalWidth") == 300
    page.select_option("#also", "B1-1-1")
    page.get_by_role("button", name="保存").click()
    page.wait_for_selector("text=归好了")
    assert given(house) == ["A1-3-1", "B1-1-1"]
    page.get_by_role("link", name="说不清.png").first.click()
    page.get_by_role("button", name="删除").click()
    page.wait_for_selector("text=已删除")
    assert given(house) == ["B1-1-1"]


def test_without_scripts_all_the_same_works(house: Any, open_as: Open) -> None:
    page = open_as("chenyu", "materials", house.form_id, java_script_enabled=False)
    page.set_input_files(
        "#upload input[type=file] >> nth=0",
        [payload("A1-3-1.docx", docx("1")), payload("说不清.png", png())],
    )
    page.get_by_role("button", name="开始上传").click()
    page.wait_for_selector("#brought")
    assert given(house) == ["", "A1-3-1"]
    page.select_option("#unsorted select", "A1-3-2")
    page.get_by_role("button", name="归类", exact=True).click()
    page.wait_for_selector("text=归好了1个文件")
    assert given(house) == ["A1-3-1", "A1-3-2"]


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_sticks_out_at_360_pixels(house: Any, open_as: Open, dark: bool) -> None:
    page = open_as("chenyu", "materials", house.form_id, dark=dark)
    long = "很长的文件名" * 15 + "averyveryverylongnamewithoutanyspace" * 2 + ".png"
    page.set_input_files(
        "#upload input[type=file] >> nth=0",
        [
            payload(long, png()),
            payload("A1-3-1.docx", docx("1")),
            payload("x.pdf", b"MZ" + b"\0" * 99),
        ],
    )
    send(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(STICKING) == []
    page.get_by_role("link", name="A1-3-1.docx").click()
    page.wait_for_selector("#also")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(STICKING) == []


def test_the_chat_says_once_what_came(house: Any, open_as: Open) -> None:
    page = open_as("chenyu", "materials", house.form_id)
    for n in range(3):
        page.set_input_files(
            "#upload input[type=file] >> nth=0",
            [payload(f"{n}.png", png(["red", "green", "blue"][n]))],
        )
        send(page)
        assert page.locator("#brought li").count() == 1
    house.drain()
    before = [b for b in house.world.seen("chenyu") if b.sender == "bot"]
    assert before == []
    house.clock.advance(timedelta(minutes=5))
    house.drain()
    (told,) = [b for b in house.world.seen("chenyu") if b.sender == "bot"]
    assert "收到3个文件" in told.content["content"]
