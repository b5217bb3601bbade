"""What is said of every indicator: the one source of the report and the score sheet.

Points come from the sheet, words from the outline, so that the two documents cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from reports.context import BLANK, fact_names
from reports.sentences import Sentences, bare
from reports.shown import Missing, clean
from reports.wording import phrases
from scoring.losses import cause_of, improvement_of
from scoring.rules.base import Loss, Points, Remark
from scoring.sheet import NodeScore, ScoreSheet
from scoring.standard import Standard
from scoring.tree import Indicator, Policy
from scoring.values import Money, NotApplicable, Value
from scoring.wording import explain, explain_loss, written

_Step = TypeVar("_Step", Remark, Loss)


@dataclass(frozen=True)
class Line:
    """One third-level indicator in words.

    `working` is how the points came about, `reasons` why points were lost, `closing` the
    sentence with the score, `losses` the sentences on lost points with cause and improvement.
    Texts may hold marked gaps (see reports.shown).
    """

    indicator: Indicator
    score: NodeScore
    working: str
    reasons: tuple[str, ...]
    cause: str
    improvement: str
    closing: str
    losses: tuple[str, ...]


@dataclass(frozen=True)
class Script:
    """All that documents are made from: the sentences with their names, and the lines."""

    standard: Standard
    sheet: ScoreSheet
    sentences: Sentences
    lines: Mapping[str, Line]


def write_script(standard: Standard, answers: Mapping[str, Value], sheet: ScoreSheet) -> Script:
    """The script of these answers; `sheet` must be their score sheet."""
    sentences = Sentences(standard.outline.words)
    names = sentences.context
    names |= fact_names(standard, answers, sheet, sentences)
    lossy, values = frozenset(sheet.lossy()), standard.effective(answers)
    lines = {
        one.code: _line(standard, one, sheet[one.code], one.code in lossy, sentences, values)
        for one in standard.indicators
    }
    names |= _overall(standard, sheet, sentences)
    return Script(standard, sheet, sentences, lines)


def _overall(standard: Standard, sheet: ScoreSheet, sentences: Sentences) -> dict[str, object]:
    """The names that speak of the whole sheet."""
    lossy = sheet.lossy()
    comma = str(phrases()["comma"])
    whole = all(not node.excluded for node in sheet.nodes.values())
    lost = sum((sheet[code].lost for code in lossy), Decimal(0))
    return {
        "year": standard.year,
        "issuer": standard.issuer,
        "standard_name": standard.name,
        "total_points": points_words(sheet.total, sentences),
        "total_maximum": sheet.total.maximum,
        "group_points": part_words(standard.roots, sheet, sentences),
        "lost_names": comma.join(standard.nodes[code].name for code in lossy),
        "lost_count": len(lossy),
        # Where something is left out and the rest scaled up, single losses do not add up.
        "lost_points": lost if whole else BLANK,
    }


def points_words(score: NodeScore, sentences: Sentences) -> str:
    """The points of a group or the total: the score, or how far it is known."""
    return sentences.word(_by_state("points", score), **_interval(score))


def part_words(nodes: Sequence[Indicator], sheet: ScoreSheet, sentences: Sentences) -> str:
    """The points of several nodes, one after the other."""
    parts = []
    for node in nodes:
        score = sheet[node.code]
        code = "part_excluded" if score.excluded else _by_state("part", score)
        parts.append(sentences.word(code, name=node.name, **_interval(score)))
    return str(phrases()["part_comma"]).join(parts)


def group_words(node: Indicator, sheet: ScoreSheet, sentences: Sentences) -> str:
    """The sentence that opens a group: its maximum, its points and those of its parts."""
    score = sheet[node.code]
    if score.excluded:
        return sentences.word("group_empty", name=node.name, maximum=written(node.max))
    scaled = any(sheet[child.code].excluded for child in node.children)
    return sentences.word(
        "group",
        name=node.name,
        maximum=written(node.max),
        points=points_words(score, sentences),
        parts=part_words(node.children, sheet, sentences),
        rescaled=sentences.word("rescaled") if scaled else "",
    )


def _by_state(stem: str, score: NodeScore) -> str:
    if score.state is Points.OPEN:
        return f"{stem}_open"
    return f"{stem}_offline" if score.state is Points.OFFLINE else stem


def _interval(score: NodeScore) -> dict[str, str]:
    return {
        "low": written(score.so_far),
        "high": written(score.high),
        "maximum": written(score.maximum),
    }


def _line(
    standard: Standard,
    one: Indicator,
    score: NodeScore,
    lossy: bool,
    sentences: Sentences,
    values: Mapping[str, Value],
) -> Line:
    semicolon = str(phrases()["semicolon"])
    reasons = tuple(clean(explain_loss(_named(standard, loss))) for loss in score.losses)
    working = [bare(clean(explain(_named(standard, remark)))) for remark in score.remarks]
    cause = _said(sentences, cause_of(one.code)) if lossy else ""
    improvement = _said(sentences, improvement_of(one.code)) if lossy else ""
    losses = []
    if lossy:
        lost = written(score.lost)
        losses.append(sentences.word("lost", lost=lost, why=semicolon.join(reasons)))
    if cause:
        losses.append(sentences.word("cause", text=cause))
    if improvement:
        losses.append(sentences.word("improvement", text=improvement))
    reason = _reasons(one, score, values)
    return Line(
        indicator=one,
        score=score,
        working=semicolon.join(working or reasons),
        reasons=reasons,
        cause=cause,
        improvement=improvement,
        closing=_closing(one, score, reason, sentences),
        losses=tuple(losses),
    )


def _said(sentences: Sentences, fact: str) -> str:
    """What stands in a text fact, marked where it is a gap, empty where it is blank."""
    value = sentences.context.get(fact)
    return value.inline if isinstance(value, Missing) else str(value or "")


def _closing(one: Indicator, score: NodeScore, reason: str, sentences: Sentences) -> str:
    match score.state:
        case Points.OPEN:
            return sentences.word("score_open", **_interval(score))
        case Points.OFFLINE:
            return sentences.word("score_offline", maximum=written(score.maximum))
        case Points.NOT_APPLICABLE:
            code = _NOT_APPLICABLE[one.not_applicable]
            return sentences.word(code, reason=reason, points=written(score.so_far))
    return sentences.word("score", points=written(score.so_far), maximum=written(score.maximum))


_NOT_APPLICABLE = {
    Policy.FULL: "not_applicable_full",
    Policy.EXCLUDE: "not_applicable_exclude",
    Policy.ZERO: "not_applicable_zero",
}


def _reasons(one: Indicator, score: NodeScore, values: Mapping[str, Value]) -> str:
    """Why an indicator does not apply: every reason given for its facts, each once."""
    facts = one.rule.facts() if one.rule else ()
    absent = [value for value in map(values.get, facts) if isinstance(value, NotApplicable)]
    given = [value.reason for value in absent]
    found = given or [str(r.numbers.get("reason") or explain(r)) for r in score.remarks]
    return str(phrases()["part_comma"]).join(dict.fromkeys(bare(clean(one)) for one in found))


def _named(standard: Standard, step: _Step) -> _Step:
    """A step in the words of the paper: no code of an indicator, no letter, amounts in 万元."""
    numbers = dict(step.numbers)
    origin = standard.nodes.get(str(numbers.get("origin", "")))
    if origin is not None:
        numbers["origin"] = origin.name
    for name, value in numbers.items():
        if isinstance(value, Money):
            numbers[name] = Money(value.yuan, "wan")
    if "letter" in numbers:
        numbers["letter"] = ""
    return replace(step, numbers=numbers)
