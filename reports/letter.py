"""The covering letter (报送函) to the finance bureau, laid out as official letters are (GB/T 9704).

The number of the letter (发文字号) is the department's own and is left to it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from reports.blank import blank, packed
from reports.completeness import require_complete
from reports.elements import element, paragraph, run
from reports.layout import Layout, layout, twips
from reports.lines import Script, points_words, write_script
from reports.margins import code_run, number_pages
from reports.properties import made_on
from reports.shown import without_marks
from reports.styles import style_ids
from reports.wording import say
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.values import Value
from scoring.wording import written

# 成文日期 stands four characters from the right edge, the issuer centred above it.
_DATE_EDGE = 4.0


def build_letter(
    standard: Standard,
    answers: Mapping[str, Value],
    sheet: ScoreSheet,
    *,
    code: str = "",
    made_at: datetime | None = None,
) -> bytes:
    """The letter as the bytes of a .docx file; the same arguments give the same bytes.

    All it says comes from the answers, the sheet and the standard, whose issuer it is addressed
    to; `code` is the version code of the report that it goes with. Raises NotComplete while
    anything is open.
    """
    require_complete(standard, answers, sheet)
    look, script = layout(), write_script(standard, answers, sheet)
    document = blank(look)
    ids = style_ids(document)
    end = document.element.body.sectPr
    for made in _lines(script, code, ids, look):
        end.addprevious(made)
    number_pages(document, look, code)
    dress_first_page(document, code, look)
    title = say("letter_title", year=standard.year).replace("\n", "")
    return packed(document, title, made_at or made_on(standard, answers))


def _lines(
    script: Script, code: str, ids: Mapping[str, str], look: Layout
) -> list[BaseOxmlElement]:
    standard, issuer = script.standard, _fact(script, "department_name")
    body = say(
        "letter_body",
        standard=standard.name,
        year=standard.year,
        points=points_words(script.sheet.total, script.sentences),
        maximum=written(script.sheet.total.maximum),
    )
    return [
        sender(issuer, ids, look),
        title_lines(say("letter_title", year=standard.year), ids),
        paragraph(ids["Flush"], say("letter_to", issuer=standard.issuer)),
        paragraph(ids["Normal"], body),
        *([paragraph(ids["Normal"], say("letter_code", code=code))] if code else []),
        paragraph(ids["Normal"], say("letter_closing")),
        paragraph(ids["Normal"], ""),
        *_attachments(script, ids),
        *signed(issuer, _fact(script, "filled_on"), ids),
        paragraph(ids["Normal"], _contact(script)),
    ]


def sender(issuer: str, ids: Mapping[str, str], look: Layout) -> BaseOxmlElement:
    """发文机关标志: the issuer in red above a red double line."""
    made = paragraph(ids["Sender"], issuer)
    _rule(made, "thickThinSmallGap", look)
    return made


def title_lines(words: str, ids: Mapping[str, str]) -> BaseOxmlElement:
    """The title, broken where the words themselves break."""
    first, *rest = words.split("\n")
    made = paragraph(ids["Title"], first)
    for line in rest:
        made.extend([element("r", element("br")), run(line)])
    return made


def _attachments(script: Script, ids: Mapping[str, str]) -> list[BaseOxmlElement]:
    """附件 with their numbers; the second and later ones stand under the first."""
    year, word = script.standard.year, say("letter_attachments")
    names = [
        without_marks(script.sentences.render(script.standard.outline.title)),
        say("sheet_title", year=year),
        say("index_title", year=year),
    ]
    made = []
    for number, name in enumerate(names, start=1):
        words = say("letter_attachment", number=number, name=name)
        line = paragraph(ids["Normal"], words if number > 1 else word + words)
        if number > 1:
            first = 2 + len(word)
            _indent(line, firstLineChars=first * 100, firstLine=round(first * 320))
        made.append(line)
    return made


def signed(issuer: str, date: str, ids: Mapping[str, str]) -> list[BaseOxmlElement]:
    """落款: the issuer over the date, both at the right with room for the seal."""
    edge = max(1.0, _DATE_EDGE + (_width(date) - _width(issuer)) / 2)
    lines = [paragraph(ids["Signed"], issuer), paragraph(ids["Signed"], date)]
    for line, right in zip(lines, (edge, _DATE_EDGE), strict=True):
        _indent(line, right=round(right * 320), rightChars=round(right * 100))
    return [paragraph(ids["Normal"], ""), paragraph(ids["Normal"], ""), *lines]


def _contact(script: Script) -> str:
    name, phone = _fact(script, "contact_name"), _fact(script, "contact_phone")
    return say("letter_contact", name=name, phone=phone)


def _fact(script: Script, name: str) -> str:
    return without_marks(script.sentences.render("{{ %s }}" % name))  # noqa: UP031 - Jinja's braces


def dress_first_page(document: Document, code: str, look: Layout) -> None:
    """The first page: its head higher than the text of other pages, no number, a red line."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.top_margin = Mm(look.letter.top_mm)
    section.footer_distance = Mm(look.letter.foot_mm)
    foot = section.first_page_footer.paragraphs[0]._p
    foot.get_or_add_pPr().append(element("jc", val="left"))
    if code:
        foot.append(code_run(code, look))
    _rule(foot, "thinThickSmallGap", look)


def _rule(xml: BaseOxmlElement, kind: str, look: Layout) -> None:
    """A red double line under a paragraph, wider than the text and in the middle of the page."""
    beyond = twips((look.page.text_width_mm - look.letter.rule_mm) / 2)
    shift = twips((look.page.left_mm - look.page.right_mm) / 2)
    line = element("bottom", val=kind, sz=24, space=4, color=look.letter.color)
    properties = xml.get_or_add_pPr()
    properties.insert_element_before(
        element("pBdr", line), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    _indent(xml, left=beyond - shift, right=beyond + shift, firstLine=0)


def _indent(xml: BaseOxmlElement, **edges: int) -> None:
    look = xml.get_or_add_pPr()
    look.insert_element_before(element("ind", **edges), "w:jc", "w:rPr")


def _width(text: str) -> float:
    """In Chinese characters; Western ones are half as wide."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text)
