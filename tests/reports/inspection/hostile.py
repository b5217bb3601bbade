"""Makes files in memory: honest ones of each kind, and those that mean harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

import docx
import openpyxl
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

PROGRAM = b"MZ\x90\x00" + b"\x00" * 200
OFD_ROOT = b"""<?xml version="1.0" encoding="UTF-8"?>
<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" DocType="OFD" Version="1.0"><ofd:DocBody>
<ofd:DocInfo><ofd:Title>%s</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>
</ofd:DocBody></ofd:OFD>"""
OFD_PAGE = b"""<?xml version="1.0" encoding="UTF-8"?>
<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer><ofd:TextObject>
<ofd:TextCode X="0" Y="0">%s</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"""


def zipped(
    members: Mapping[str, bytes] | Iterable[tuple[str, bytes]], packed: bool = True
) -> bytes:
    """A zip of these members, in their order; names may come twice."""
    out = io.BytesIO()
    pairs = members.items() if isinstance(members, Mapping) else members
    how = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in pairs:
            archive.writestr(zipfile.ZipInfo(name), data, how)
    return out.getvalue()


def rezipped(data: bytes, change: Mapping[str, bytes | None]) -> bytes:
    """A zip with members added, replaced or (None) taken out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    kept = {n: d for n, d in (members | dict(change)).items() if d is not None}
    return zipped(kept)


def word(*paragraphs: str, header: str = "") -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel(*cells: object, sheet: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = sheet
    for number, cell in enumerate(cells, start=1):
        book.active.cell(number, 1, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ofd(text: str = "正文", title: str = "标题", **more: bytes) -> bytes:
    members = {
        "OFD.xml": OFD_ROOT % title.encode(),
        "Doc_0/Document.xml": b"<a/>",
        "Doc_0/Pages/Page_0/Content.xml": OFD_PAGE % text.encode(),
    }
    return zipped(members | more)


def picture(form: str = "PNG", size: tuple[int, int] = (20, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size).save(out, form)
    return out.getvalue()


def vast_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A picture of a few hundred bytes that would fill gigabytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def pdf(
    text: str = "hello",
    *,
    root: Mapping[str, object] | None = None,
    loose: object = None,
    password: str | None = None,
) -> bytes:
    """One page of Latin text; `root` goes into the catalogue, `loose` is an object nobody uses."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf 10 100 Td (" + text.encode("latin-1") + b") Tj ET")
    page[NameObject("/Contents")] = writer._add_object(stream)
    for name, value in (root or {}).items():
        writer._root_object[NameObject(name)] = value  # type: ignore[assignment]
    if loose is not None:
        writer._add_object(loose)  # type: ignore[arg-type]
    if password is not None:
        writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def action(kind: str, **more: str) -> DictionaryObject:
    values = {NameObject(f"/{n}"): TextStringObject(v) for n, v in more.items()}
    return DictionaryObject({NameObject("/S"): NameObject(f"/{kind}"), **values})


def attachment(data: bytes) -> DictionaryObject:
    """A file specification with the bytes in it."""
    stream = DecodedStreamObject()
    stream.set_data(data)
    files = DictionaryObject({NameObject("/F"): stream})
    names = {NameObject("/Type"): NameObject("/Filespec"), NameObject("/EF"): files}
    return DictionaryObject(names)


def listed(*values: object) -> ArrayObject:
    return ArrayObject(values)  # type: ignore[arg-type]


def ole(*streams: str) -> bytes:
    """The head of a compound file with the names of streams in it."""
    names = b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + names + b"\0" * 512


def relations(kind: str, target: str, mode: str = "External") -> bytes:
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="x1" TargetMode="' + mode + '" Type="http://schemas.'
        "openxmlformats.org/officeDocument/2006/relationships/" + kind + '" Target="' + target
        + '"/></Relationships>'
    ).encode()  # fmt: skip


def patched(data: bytes, **fields: int) -> bytes:
    """A zip whose headers lie: `flags`, `size` (unpacked) or `method` of every member."""
    out = bytearray(data)
    for signature, places in ((b"PK\x01\x02", (8, 10, 24)), (b"PK\x03\x04", (6, 8, 22))):
        at = out.find(signature)
        while at >= 0:
            for name, place, form in zip(("flags", "method", "size"), places, "HHI", strict=True):
                if name in fields:
                    struct.pack_into(f"<{form}", out, at + place, fields[name])
            at = out.find(signature, at + 4)
    return bytes(out)


def with_mode(name: str, mode: int, data: bytes = b"/etc/passwd") -> bytes:
    """A zip with one member of a Unix mode, such as a symbolic link."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = 3, mode << 16
        archive.writestr(info, data)
    return out.getvalue()


def gbk_zip(name: str, data: bytes) -> bytes:
    """A zip as Chinese Windows makes it: names in GBK, and no mark that they are not cp437."""
    written = name.encode("gbk")
    stand_in = "x" * len(written)
    return zipped({stand_in: data}).replace(stand_in.encode(), written)
