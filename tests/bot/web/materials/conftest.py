"""The page of a form's materials, and files to bring."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from PIL import Image
from werkzeug.test import TestResponse

from bot.services import Services
from storage import evidence
from storage.evidence import Evidence

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
