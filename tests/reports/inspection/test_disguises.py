"""Harm in places that are seldom looked at is refused; honest files that look odd are taken."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from openpyxl.comments import Comment
from PIL import Image
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from reports.inspection import Refused, inspect
from tests.reports.inspection import hostile as make

WORD, EXCEL = make.word("负责本区保密工作"), make.excel(1)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_V = 'xmlns:v="urn:schemas-microsoft-com:vml"'


def code_of(name: str, data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        inspect(name, data)
    assert caught.value.words
    return caught.value.code


def related(kind: str, target: str) -> bytes:
    return make.rezipped(WORD, {"word/_rels/x.xml.rels": make.relations(kind, target)})


def field(code: str) -> bytes:
    part = f"<d><p><r><instrText>{code}</instrText></r></p></d>"
    return make.rezipped(WORD, {"word/document.xml": part.encode()})


def photo(size: tuple[int, int] = (400, 300)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 40).save(out, "JPEG")
    return out.getvalue()


def with_preview(picture: bytes) -> bytes:
    """A photo with a small one in its head, as phones make them."""
    small = photo((60, 40))
    length = (len(small) + 8).to_bytes(2, "big")
    return picture[:2] + b"\xff\xe1" + length + b"Exif\0\0" + small + picture[2:]


REFUSED = [
    ("文.pdf", make.pdf() + make.zipped({"a.exe": make.PROGRAM}), "pdf_attachment"),
    ("文.pdf", make.pdf(root={"/OpenAction": make.action("URI", URI="http://x")}), "pdf_launch"),
    ("文.pdf", make.pdf(root={"/AA": DictionaryObject({NameObject("/O"): make.action("SubmitForm", F="http://x")})}), "pdf_launch"),
    ("图.jpg", photo()[:-200], "damaged"),
    ("图.jpg", with_preview(photo())[:-200], "damaged"),
    ("图.png", make.picture()[:-12], "damaged"),
    ("文.docx", make.rezipped(WORD, {"word/media/image1.png": make.ole("_VBA_PROJECT")}), "embedded"),
    ("文.docx", make.rezipped(WORD, {"customXml/item1.xml": b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}), "xml_doctype"),
    ("文.docx", related("attachedTemplate", "ldap://x/y"), "external"),
    ("文.docx", related("hyperlink", "mhtml:http://x/y"), "script_link"),
    ("文.docx", related("hyperlink", "file:///C:/Windows/system32/calc.exe"), "script_link"),
    ("文.docx", field('IMPORT "http://x/y.png"'), "external"),
    ("文.docx", field('INCLUDEPICTURE \\d "http://x/y.png"'), "external"),
    ("文.docx", field('LINK Excel.Sheet.12 "\\\\\\\\x\\\\y.xlsx"'), "external"),
    ("表.xlsx", make.excel('=_xlfn.IMAGE("https://x/y.png")'), "dde"),
    ("票.ofd", make.ofd(**{"Doc_0/Attachs/a.js": b"alert(1)"}), "ofd_script"),
    ("票.ofd", make.ofd(**{"Doc_0/Document.xml": b"<d><Action><JavaScript/></Action></d>"}), "ofd_script"),
    ("票.ofd", make.ofd(**{"Doc_0/Document.xml": b'<!DOCTYPE a SYSTEM "x"><a/>'}), "xml_doctype"),
    ("票.ofd", make.ofd(**{"Doc_0/Attachs/a.bin": make.zipped({"a": b"x"})}), "embedded"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "code"), REFUSED)
def test_refused(name: str, data: bytes, code: str) -> None:
    assert code_of(name, data) == code


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("文.odt", make.zipped({"mimetype": b"x", "content.xml": b"<a/>"}), "开放文档"),
        ("图.wmf", b"\xd7\xcd\xc6\x9a" + b"\0" * 60, "认不出"),
    ],
)
def test_what_it_is_is_said_truly(name: str, data: bytes, words: str) -> None:
    with pytest.raises(Refused, match="wrong_kind") as caught:
        inspect(name, data)
    assert words in caught.value.words


_TO_PAGE = DictionaryObject(
    {
        NameObject("/S"): NameObject("/GoTo"),
        NameObject("/D"): ArrayObject([NumberObject(0), NameObject("/Fit")]),
    }
)
HONEST = [
    ("空行.pdf", b"\r\n" + make.pdf()),
    ("标记.pdf", b"\xef\xbb\xbf" + make.pdf()),
    ("开页.pdf", make.pdf(root={"/OpenAction": _TO_PAGE})),
    ("链接.pdf", make.pdf(loose=make.action("URI", URI="http://www.gov.cn"))),
    ("动态照片.jpg", with_preview(photo()) + b"\0\0\0\x18ftypmp42\xff\xda" + b"\1" * 99),
    ("链接.docx", related("hyperlink", "file:///D:\\附件\\名单.docx")),
    ("模板.docx", related("attachedTemplate", "D:\\公文\\模板.dot")),
    ("贴图.docx", field('INCLUDEPICTURE "C:\\\\Temp\\\\wps1.png" \\* MERGEFORMAT')),
    ("引表.docx", field('LINK Excel.Sheet.12 "D:\\\\表.xlsx" "Sheet1!R1C1" \\a')),
    ("网址.docx", field('HYPERLINK "http://www.gov.cn"')),
    ("批注框.xlsx", make.rezipped(EXCEL, {"xl/drawings/vmlDrawing1.vml": b"<xml><br>x</xml>"})),
    ("票.ofd", make.ofd(**{"Doc_0/Attachs/a.xml": b'<?xml version="1.0"?><v/>'})),
    ("国标码.ofd", make.ofd(**{"Doc_0/Attachs/a.xml": '<?xml version="1.0" encoding="GBK"?><票/>'.encode("gbk")})),
    ("商业-秘密.docx", WORD),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data"), HONEST, ids=[h[0] for h in HONEST])
def test_taken(name: str, data: bytes) -> None:
    assert inspect(name, data).kind in ("pdf", "image", "docx", "xlsx", "ofd")


def drawn(xml: str, *, header: bool = False) -> bytes:
    """A document with something drawn in the middle of a paragraph."""
    document, out = docx.Document(), io.BytesIO()
    paragraph = document.add_paragraph("正文")
    holder = document.sections[0].header.paragraphs[0] if header else paragraph
    holder._p.append(parse_xml(f"<w:r {_W}><w:pict><v:shape {_V}>{xml}</v:shape></w:pict></w:r>"))
    document.save(out)
    return out.getvalue()


def chart(base: bytes, name: str) -> bytes:
    return make.rezipped(base, {name: "<c><p><r><t>机密★1年</t></r></p></c>".encode()})


def commented() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0]["A1"].comment = Comment("秘密★5年", "甲")
    book.save(out)
    return out.getvalue()


def headed() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    head = book.worksheets[0].oddHeader.right
    head.text, head.color, head.size = "机密", "FF0000", 14
    book.save(out)
    return out.getvalue()


MARKED = [
    ("文.docx", drawn("<v:textbox><w:txbxContent><w:p><w:r><w:t>机密</w:t></w:r></w:p></w:txbxContent></v:textbox>")),
    ("水印.docx", drawn('<v:textpath string="机密"/>', header=True)),
    ("图.docx", chart(WORD, "word/charts/chart1.xml")),
    ("结构图.docx", chart(WORD, "word/diagrams/data1.xml")),
    ("图.xlsx", chart(EXCEL, "xl/charts/chart1.xml")),
    ("批注.xlsx", commented()),
    ("页眉.xlsx", headed()),
    ("票.ofd", make.ofd("机</TextCode><TextCode>密".replace("TextCode", "ofd:TextCode"))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data"), MARKED, ids=[m[0] for m in MARKED])
def test_a_marking_is_seen_wherever_it_stands(name: str, data: bytes) -> None:
    assert code_of(name, data) == "secret"


@pytest.mark.parametrize("name", ["01机密.pdf", "会议纪要（秘密）(1).docx", "机密2021.docx"])
def test_a_marking_in_a_name(name: str) -> None:
    assert code_of(name, WORD) == "secret_name"


def test_a_marking_in_the_name_of_a_folder() -> None:
    assert code_of("包.zip", make.zipped({"机密/名单.docx": WORD})) == "member"
