"""The page of the sealed paper: scans brought, checked, named by their code, taken back."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from bot.acts.deliver import deliver
from bot.services import Services
from bot.stored import StoredDocument
from storage import forms, interviews, seals

CODE, OTHER = "W62J-NQ", "H4T2-8T"
REPORT = StoredDocument("a" * 64 + "-00000000.docx", "report.docx", 10, "x/y")


@pytest.fixture
def delivered(services: Services, filled: int, clock: Any) -> int:
    with services.database.begin() as tx:
        forms.set_state(tx, filled, "drafting", "approved", clock())
        deliver(services, tx, filled, 1, [REPORT], clock(), code=CODE)
    return filled


def photo(shade: int = 0, name: str = "章.jpg") -> tuple[io.BytesIO, str]:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), (shade, 90, 200)).save(made, "JPEG")
    return io.BytesIO(made.getvalue()), name


def pdf(words: str) -> bytes:
    """A one-page PDF with words that can be read out of it."""
    stream = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    tail = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + head + table + tail


def kept(services: Services, form_id: int) -> list[seals.Seal]:
    with services.database.read() as tx:
        return seals.of_form(tx, form_id)


def owed(services: Services, form_id: int) -> bool:
    with services.database.read() as tx:
        standing = interviews.one(tx, form_id)
        assert standing is not None
        return standing.unsealed


def test_photos_with_a_typed_code(
    services: Services, delivered: int, browse: Callable[..., Any]
) -> None:
    browser = browse("chenyu")
    page = browser.get(f"/pages/seal/{delivered}")
    assert page.status_code == 200
    assert "待盖章" in page.text
    files = {"files": [photo(), photo(9, "章2.jpg")], "code": CODE.lower()}
    response = browser.post(f"/pages/seal/{delivered}", files)
    assert response.status_code == 303
    page = browser.get(f"/pages/seal/{delivered}")
    assert "共2份" in page.text
    assert "已经收到" in page.text
    assert not owed(services, delivered)
    assert [seal.name for seal in kept(services, delivered)] == ["章.jpg", "章2.jpg"]


def test_a_pdf_whose_text_bears_the_code(
    services: Services, delivered: int, browse: Callable[..., Any]
) -> None:
    given = {"files": [(io.BytesIO(pdf(f"Version {CODE}")), "scan.pdf")]}
    assert browse("chenyu").post(f"/pages/seal/{delivered}", given).status_code == 303
    assert not owed(services, delivered)


def test_scans_first_and_the_code_afterwards(
    services: Services, delivered: int, browse: Callable[..., Any]
) -> None:
    browser = browse("chenyu")
    browser.post(f"/pages/seal/{delivered}", {"files": [photo()]})
    page = browser.get(f"/pages/seal/{delivered}")
    assert "待核对" in page.text
    assert owed(services, delivered)
    browser.post(f"/pages/seal/{delivered}", {"code": CODE})
    assert not owed(services, delivered)


def test_another_code_is_refused_and_nothing_kept(
    services: Services, delivered: int, browse: Callable[..., Any]
) -> None:
    response = browse("chenyu").post(
        f"/pages/seal/{delivered}", {"files": [photo()], "code": OTHER}
    )
    assert response.status_code == 409
    assert OTHER in response.text
    assert CODE in response.text
    assert kept(services, delivered) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scan.pdf", b"MZ\x90\x00 a program"),
        ("scan.pdf", b""),
        ("章.jpg", b"<html><script>alert(1)</script></html>"),
        ("机密★1年.pdf", pdf("Version")),
    ],
)
def test_what_is_no_scan_is_refused_with_a_reason(
    services: Services, delivered: int, browse: Callable[..., Any], name: str, content: bytes
) -> None:
    given = {"files": [(io.BytesIO(content), name)], "code": CODE}
    response = browse("chenyu").post(f"/pages/seal/{delivered}", given)
    assert response.status_code == 409
    assert "没有收下" in response.text
    assert kept(services, delivered) == []


def test_a_word_file_is_no_scan(
    services: Services, delivered: int, browse: Callable[..., Any]
) -> None:
    from docx import Document

    made = io.BytesIO()
    Document().save(made)
    given = {"files": [(io.BytesIO(made.getvalue()), "report.docx")], "code": CODE}
    response = browse("chenyu").post(f"/pages/seal/{delivered}", given)
    assert response.status_code == 409
    assert "不是PDF或照片" in response.text


def test_neither_file_nor_code_is_refused(delivered: int, browse: Callable[..., Any]) -> None:
    response = browse("chenyu").post(f"/pages/seal/{delivered}", {"code": " "})
    assert response.status_code == 409
    assert "没有选文件" in response.text


def test_taking_back_keeps_it_on_record(
    services: Services, delivered: int, browse: Callable[..., Any]
) -> None:
    browser = browse("chenyu")
    browser.post(f"/pages/seal/{delivered}", {"files": [photo()], "code": CODE})
    (seal,) = kept(services, delivered)
    response = browser.post(f"/pages/seal/{delivered}/remove", {"seal": str(seal.id)})
    assert response.status_code == 303
    assert owed(services, delivered)
    page = browser.get(f"/pages/seal/{delivered}")
    assert "撤下" in page.text
    assert "以前的" in page.text
    for number in (str(seal.id), "x", "9" * 40, ""):
        again = browser.post(f"/pages/seal/{delivered}/remove", {"seal": number})
        assert again.status_code == 409


def test_before_the_delivery_the_page_says_so(
    services: Services, filled: int, browse: Callable[..., Any]
) -> None:
    browser = browse("chenyu")
    assert "现在还不用盖章" in browser.get(f"/pages/seal/{filled}").text
    response = browser.post(f"/pages/seal/{filled}", {"files": [photo()], "code": CODE})
    assert response.status_code == 409


@pytest.mark.parametrize("userid", ["hesui", "linfan", "wuheng", "zhouning"])
def test_others_find_no_such_page(
    services: Services, delivered: int, browse: Callable[..., Any], userid: str
) -> None:
    browser = browse(userid)
    assert browser.get(f"/pages/seal/{delivered}").status_code == 404
    given = {"files": [photo()], "code": CODE}
    assert browser.post(f"/pages/seal/{delivered}", given).status_code == 404
    assert kept(services, delivered) == []


def test_without_a_token_nothing_is_taken(
    services: Services, delivered: int, browse: Callable[..., Any]
) -> None:
    given = {"files": [photo()], "code": CODE, "csrf_token": "x"}
    assert browse("chenyu").post(f"/pages/seal/{delivered}", given).status_code == 403
    assert kept(services, delivered) == []
