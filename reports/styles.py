"""The paragraph styles, default fonts and font table of the report."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from reports.elements import element
from reports.layout import Layout, Style

FONT_TABLE = "/word/fontTable.xml"


def dress(document: Document, look: Layout) -> None:
    """Gives the document the layout's styles and nothing of the template's."""
    _clear_defaults(document, look)
    known = {one.name for one in document.styles}
    for name, style in look.styles.items():
        made = (
            document.styles[name]
            if name in known
            else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        xml = made.element
        for child in [c for c in xml if c.tag in (qn("w:pPr"), qn("w:rPr"))]:
            xml.remove(child)
        xml.append(_paragraph_look(style))
        xml.append(_run_look(style, look))
    _name_fonts(document, look)


def style_ids(document: Document) -> dict[str, str]:
    """The ids of the styles by name, for elements."""
    return {style.name: style.style_id for style in document.styles if style.name}


def _paragraph_look(style: Style) -> BaseOxmlElement:
    look = element("pPr")
    if style.outline or style.keep:
        look.append(element("keepNext"))
    look.append(element("widowControl", val=0))
    spacing = {"before": round(style.before * 20), "after": round(style.after * 20)}
    if style.line:
        rule = {"line": round(style.line * 20), "lineRule": "exact"}
    else:
        rule = {"line": 240, "lineRule": "auto"}
    look.append(element("spacing", **spacing, **rule))
    indent = round(style.indent * style.size * 20)
    look.append(element("ind", firstLineChars=style.indent * 100, firstLine=indent))
    look.append(element("jc", val=style.align))
    if style.outline:
        look.append(element("outlineLvl", val=style.outline - 1))
    return look


def _run_look(style: Style, look: Layout) -> BaseOxmlElement:
    western, chinese = look.fonts["western"].name, look.fonts[style.font].name
    made = element(
        "rPr",
        # The hint gives Chinese quotation marks and dashes the Chinese face.
        element(
            "rFonts", hint="eastAsia", ascii=western, hAnsi=western, eastAsia=chinese, cs=western
        ),
        element("b", val=int(style.bold)),
        element("i", val=0),
        element("color", val=style.color),
    )
    if style.narrow:
        made.append(element("spacing", val=-round(style.narrow * 20)))
    half_points = round(style.size * 2)
    made.append(element("sz", val=half_points))
    made.append(element("szCs", val=half_points))
    return made


def _clear_defaults(document: Document, look: Layout) -> None:
    """Fonts of the theme out of the defaults, the language set to Chinese."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is None:
        return
    for child in list(defaults):
        defaults.remove(child)
    western, chinese = look.fonts["western"].name, look.fonts["body"].name
    fonts = element("rFonts", ascii=western, hAnsi=western, eastAsia=chinese, cs=western)
    language = element("lang", val="en-US", eastAsia="zh-CN")
    defaults.append(element("rPrDefault", element("rPr", fonts, language)))
    defaults.append(element("pPrDefault"))
    # The template's theme asks for Japanese faces, which draw some characters differently.
    for theme in document.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:eastAsia"), "zh-CN")


def _name_fonts(document: Document, look: Layout) -> None:
    """A font table that names for every face what to take where it is not installed."""
    table = element("fonts")
    for font in look.fonts.values():
        table.append(
            element(
                "font",
                element("altName", val=font.also),
                element("charset", val=font.charset),
                element("family", val=font.family),
                name=font.name,
            )
        )
    for part in document.part.package.iter_parts():
        if str(part.partname) == FONT_TABLE:
            part._blob = serialize_part_xml(table)
