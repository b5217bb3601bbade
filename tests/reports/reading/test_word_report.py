"""Reports as .docx: tables, numbers that Word makes by itself, and files that are none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from reports.reading.claims import Unreadable
from reports.reading.report import read_report
from reports.reading.word_file import word_pieces
from scoring.standard import Standard


def test_tables_by_their_heads(standard: Standard, word: Callable[..., bytes]) -> None:
    data = word(
        "一、部门基本情况",
        "（三）部门整体支出绩效目标",
        [
            ["序号", "绩效指标", "目标值", "实际完成值", "是否达到"],
            ["1", "造林面积", "3000亩", "3200亩", "是"],
            ["2", "成活率", "90%", "88%", "否"],
        ],
        "3.人员编制",
        [["实有数（人）", "类别", "编制数（人）"], ["11", "行政编制", "12"]],
    )
    brought = read_report(standard, data)
    goals, staffing = brought.of("goals"), brought.of("staffing")
    assert goals is not None
    assert staffing is not None
    assert goals.value.plain() == [
        {"name": "造林面积", "target": "3000亩", "actual": "3200亩", "reached": True},
        {"name": "成活率", "target": "90%", "actual": "88%", "reached": False},
    ]
    assert (goals.place, goals.certain) == ("一（三） 表1", True)
    assert staffing.value.plain() == [{"kind": "行政编制", "authorised": 12, "actual": 11}]


def _numbered() -> bytes:
    """A document whose headings and items have Word's own numbers."""
    document = Document()
    numbering = document.part.numbering_part.element
    levels = [
        ("chineseCounting", "%1、"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "（%4）"),
    ]
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (style, text) in enumerate(levels)
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{inner}</w:abstractNum>')
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    for level, text in [
        (0, "部门基本情况"),
        (1, "部门整体概况"),
        (2, "主要职责"),
        (3, "植树。"),
        (3, "防火。"),
        (2, "内设机构"),
        (0, "下一步工作计划"),
    ]:
        made = document.add_paragraph(text)
        made._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            )
        )
    document.add_paragraph("继续努力。")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_word_numbers_are_written_out(standard: Standard) -> None:
    assert word_pieces(_numbered()) == [
        "一、部门基本情况",
        "（一）部门整体概况",
        "1.主要职责",
        "（1）植树。",
        "（2）防火。",
        "2.内设机构",
        "二、下一步工作计划",
        "继续努力。",
    ]
    brought = read_report(standard, _numbered())
    duties = brought.of("duties")
    assert duties is not None
    assert duties.value.plain() == [{"text": "植树。"}, {"text": "防火。"}]


def test_deleted_words_are_not_read(word: Callable[..., bytes]) -> None:
    document = Document(io.BytesIO(word("甲")))
    deleted = parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>乙</w:delText></w:r></w:del>")
    document.element.body.find(qn("w:p")).append(deleted)
    buffer = io.BytesIO()
    document.save(buffer)
    assert word_pieces(buffer.getvalue()) == ["甲"]


def _zip(names: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in names.items():
            packed.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "unreadable_docx"),
        (b"PK\x03\x04 broken", "unreadable_docx"),
        (_zip({"a.txt": b"x"}), "unreadable_docx"),
        (_zip({"word/document.xml": b"<w:document"}), "unreadable_docx"),
        (_zip({"word/document.xml": b" " * 61_000_000}), "unreadable_large"),
    ],
)
def test_what_is_no_document_is_refused(standard: Standard, data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as problem:
        read_report(standard, data)
    assert problem.value.code == code
