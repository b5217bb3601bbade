"""The opinion of finance (复核意见) as a paper, laid out as official letters are (GB/T 9704)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal

from docx.oxml.xmlchemy import BaseOxmlElement

from reports.blank import blank, packed
from reports.elements import paragraph
from reports.layout import Layout, layout
from reports.letter import dress_first_page, sender, signed, title_lines
from reports.manuscript import Table
from reports.margins import number_pages
from reports.opinion_words import Told
from reports.shown import clean
from reports.styles import style_ids
from reports.tables import table
from reports.wording import phrases, say
from scoring.engine import score
from scoring.reviewing import Change, changes, own_points, reviewed
from scoring.sheet import NodeScore, ScoreSheet
from scoring.standard import Standard
from scoring.values import Value
from scoring.wording import written

_GROUP_WIDTHS = (60, 30, 33, 33)
_CHANGE_WIDTHS = (15, 35, 13, 17, 17, 59)


def build_opinion(standard: Standard, answers: Mapping[str, Value], told: Told) -> bytes:
    """The opinion as the bytes of a .docx file; the same arguments give the same bytes.

    Its points come from the answers, with those of `told` in place of the department's own; the
    issuer of the standard signs it. Raises ValueError while an indicator on paper has no points.
    """
    own = score(standard, answers)
    points = {code: each.points for code, each in told.points.items()}
    sheet = reviewed(standard, own, points)
    if sheet.total.low != sheet.total.high:
        raise ValueError("an indicator that was handed in on paper has no reviewed points")
    look = layout()
    document = blank(look)
    ids = style_ids(document)
    changed = changes(standard, own, points)
    end = document.element.body.sectPr
    for made in (
        *_head(standard, told, ids, look),
        *_result(standard, own, sheet, bool(changed), ids, look),
        *_changed(told, changed, ids, look),
        *_objections(standard, told, ids),
        *_then(told, ids),
        *signed(standard.issuer, _day(told.on), ids),
    ):
        end.addprevious(made)
    number_pages(document, look)
    dress_first_page(document, "", look)
    title = _title(standard, told).replace("\n", "")
    return packed(document, title, datetime.combine(told.on, time(), UTC))


def _title(standard: Standard, told: Told) -> str:
    # The first opinion is final only where there was nothing to object to.
    heard = told.final and told.number > 1
    return say("opinion_head_final" if heard else "opinion_head", year=standard.year)


def _head(
    standard: Standard, told: Told, ids: Mapping[str, str], look: Layout
) -> list[BaseOxmlElement]:
    intro = "opinion_intro_final" if told.final and told.objections else "opinion_intro"
    numbers = {"year": standard.year, "version": told.version, "standard": standard.name}
    return [
        sender(standard.issuer, ids, look),
        paragraph(ids["Signed"], say("opinion_number", number=told.number)),
        title_lines(_title(standard, told), ids),
        paragraph(ids["Flush"], say("opinion_to", department=clean(told.department))),
        paragraph(ids["Normal"], say(intro, **numbers)),
    ]


def _result(
    standard: Standard,
    own: ScoreSheet,
    sheet: ScoreSheet,
    changed: bool,
    ids: Mapping[str, str],
    look: Layout,
) -> list[BaseOxmlElement]:
    total = sheet.total.low
    numbers = {
        "own": written(own.total.low),
        "total": written(total),
        "maximum": written(sheet.total.maximum),
        "difference": written(abs(total - own.total.low)),
        "grade": standard.grades.of(total).name,
    }
    code = "opinion_result" if changed else "opinion_result_same"
    if own_points(own.total) is None:
        code = "opinion_result_paper"
    rows = [_group_row(node.name, own[node.code], sheet[node.code]) for node in standard.roots]
    rows.append(_group_row(say("opinion_total"), own.total, sheet.total))
    heads = ("opinion_groups_title", "opinion_column_max")
    names = (*heads, "opinion_column_own", "opinion_column_points")
    shown = Table(tuple(str(phrases()[n]) for n in names), _GROUP_WIDTHS, tuple(rows))
    return [
        paragraph(ids["Heading 1"], say("opinion_result_title")),
        paragraph(ids["Normal"], say(code, **numbers)),
        paragraph(ids["Normal"], say("opinion_grades", grades=_grades(standard))),
        paragraph(ids["Table Gap"], ""),
        table(shown, ids, look),
        paragraph(ids["Table Gap"], ""),
    ]


def _grades(standard: Standard) -> str:
    bands = standard.grades.bands
    parts = []
    for number, band in enumerate(bands):
        above = written(bands[number - 1].least) if number else ""
        last = number and number == len(bands) - 1
        code = "opinion_band_last" if last else "opinion_band" if number else "opinion_band_top"
        parts.append(say(code, name=band.name, least=written(band.least), above=above))
    return str(phrases()["opinion_comma"]).join(parts)


def _group_row(name: str, own: NodeScore, node: NodeScore) -> tuple[str, ...]:
    return (name, written(node.maximum), _points(own_points(own)), written(node.low))


def _points(points: Decimal | None) -> str:
    return say("opinion_paper") if points is None else written(points)


def _changed(
    told: Told, changed: tuple[Change, ...], ids: Mapping[str, str], look: Layout
) -> list[BaseOxmlElement]:
    title = paragraph(ids["Heading 1"], say("opinion_changes_title"))
    if not changed:
        return [title, paragraph(ids["Normal"], say("opinion_no_changes"))]
    names = ("code", "name", "max", "own", "points", "reason")
    heads = tuple(str(phrases()[f"opinion_column_{name}"]) for name in names)
    rows = tuple(
        (
            each.code,
            each.name,
            written(each.maximum),
            _points(each.own),
            written(each.points),
            clean(told.points[each.code].reason),
        )
        for each in changed
    )
    return [
        title,
        paragraph(ids["Normal"], say("opinion_changes_intro", count=len(changed))),
        paragraph(ids["Table Gap"], ""),
        table(Table(heads, _CHANGE_WIDTHS, rows), ids, look),
        paragraph(ids["Table Gap"], ""),
    ]


def _objections(standard: Standard, told: Told, ids: Mapping[str, str]) -> list[BaseOxmlElement]:
    if not told.objections:
        return []
    made = [paragraph(ids["Heading 1"], say("opinion_objections_title"))]
    for number, each in enumerate(told.objections, start=1):
        node = standard.nodes.get(each.indicator)
        words = say(
            "opinion_objection",
            number=number,
            code=each.indicator,
            name=node.name if node else "",
            words=_ended(each.words),
            outcome=say("opinion_upheld" if each.upheld else "opinion_rejected"),
            reply=_ended(each.reply),
        )
        made.append(paragraph(ids["Normal"], words))
    return made


def _ended(words: str) -> str:
    """People's words with a stop behind them."""
    stop = str(phrases()["opinion_ends"])
    flat = " ".join(clean(words).split())
    return flat if flat.endswith((stop, "！", "？", "!", "?")) else flat + stop


def _then(told: Told, ids: Mapping[str, str]) -> list[BaseOxmlElement]:
    place = 4 if told.objections else 3
    words = say("opinion_end")
    if told.until:
        until = told.until
        words = say("opinion_until", year=until.year, month=until.month, day=until.day)
    return [
        paragraph(ids["Heading 1"], say(f"opinion_then_title_{place}")),
        paragraph(ids["Normal"], words),
    ]


def _day(day: date) -> str:
    return say("opinion_date", year=day.year, month=day.month, day=day.day)
