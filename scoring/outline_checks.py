"""Whether an outline fits its standard: every name, column and indicator in it must exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from scoring.outline import WORD_NAMES, Block
from scoring.outline_types import misfits
from scoring.problems import Problem
from scoring.questionnaire import Fact, Kind
from scoring.source import Path, Source
from scoring.standard import Standard

# The vocabulary that the reports floor gives to every sentence, and to single places.
NAMES = frozenset(
    {
        "year",
        "issuer",
        "standard_name",
        "growth",
        "listed",
        "total_points",
        "total_maximum",
        "group_points",
        "lost_names",
        "lost_count",
        "lost_points",
    }
)
ROW_NAMES = frozenset({"row", "n"})
ANALYSIS_NAMES = frozenset({"name", "maximum", "points", "formula", "working"})
FILTERS = frozenset({"wan", "bare", "full", "yes", "no", "names"})
TESTS = frozenset({"given"})

_JINJA = Environment(autoescape=False)  # noqa: S701 - only parses, nothing is rendered here
_JINJA.filters.update(dict.fromkeys(FILTERS, str))
_JINJA.tests.update(dict.fromkeys(TESTS, callable))
_VOCABULARY = {"filter": frozenset(_JINJA.filters), "test": frozenset(_JINJA.tests)}


@dataclass(frozen=True)
class _Place:
    """Where a sentence stands and which names it may use there."""

    source: Source
    path: Path
    names: frozenset[str]
    facts: Mapping[str, Fact]
    rows: str = ""
    found: list[Problem] = field(default_factory=list)

    def report(self, code: str, /, **numbers: object) -> None:
        line = self.source.line(self.path)
        self.found.append(Problem(self.source.name, line, code, numbers))


def outline_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    """All that is wrong in outline.yaml, with file and line.

    A sentence that cannot be read, a name, filter or column that does not exist, an analysis of
    an unknown indicator, and a third-level indicator without one.
    """
    outline, facts = standard.outline, frozenset(standard.facts)
    base = _Place(source, (), facts | NAMES, standard.facts)
    for number, line in enumerate(outline.cover):
        _check_sentence(line.text, _at(base, ("cover", number, "text")))
    _check_blocks(outline.chapters, _at(base, ("chapters",)), standard)
    _check_analysis(standard, base)
    for word, names in WORD_NAMES.items():
        place = _Place(source, ("words", word), names, standard.facts, found=base.found)
        _check_sentence(getattr(outline.words, word), place)
    for name in sorted(facts & (NAMES | ROW_NAMES | ANALYSIS_NAMES)):
        base.report("name_taken", fact=name)
    yield from base.found


def _at(
    place: _Place, path: Path, more: frozenset[str] = frozenset(), rows: str | None = None
) -> _Place:
    kept = place.rows if rows is None else rows
    return _Place(place.source, path, place.names | more, place.facts, kept, place.found)


def _check_analysis(standard: Standard, base: _Place) -> None:
    given = standard.outline.analysis
    leaves = {indicator.code for indicator in standard.indicators}
    for code in sorted(leaves - set(given)):
        _at(base, ("analysis",)).report("analysis_missing", code=code)
    for code, blocks in given.items():
        place = _at(base, ("analysis", code), ANALYSIS_NAMES)
        if code not in leaves:
            place.report("analysis_unknown", code=code)
        if any(part.heading or part.insert for block in blocks for part in block.walk()):
            place.report("analysis_heading", code=code)
        _check_blocks(blocks, place, standard)


def _check_blocks(blocks: tuple[Block, ...], place: _Place, standard: Standard) -> None:
    for number, block in enumerate(blocks):
        path = (*place.path, number)
        here = _at(place, path)
        rows = block.each or block.table
        if rows and (rows not in standard.facts or standard.facts[rows].type is not Kind.ROWS):
            here.report("rows_unknown", fact=rows)
            continue
        for column in block.columns:
            if column.column not in place.facts[rows].columns:
                here.report("column_unknown", code="", fact=rows, column=column.column)
        inner = _at(place, path, ROW_NAMES, rows) if block.each else here
        for at, sentence in enumerate(block.text):
            _check_sentence(sentence, _at(inner, (*path, "text", at)))
        for part in (block.heading, block.title):
            _check_sentence(part, inner)
        _check_sentence(block.empty, here)
        _check_blocks(block.blocks, _at(place, (*path, "blocks")), standard)


def _check_sentence(sentence: str, place: _Place) -> None:
    try:
        tree = _JINJA.parse(sentence)
    except TemplateSyntaxError as error:
        place.report("sentence_syntax", problem=error.message, sentence=_short(sentence))
        return
    used = {(f.name, "filter") for f in tree.find_all(nodes.Filter)}
    used |= {(t.name, "test") for t in tree.find_all(nodes.Test)}
    unknown = {name for name, kind in used if name not in _VOCABULARY[kind]}
    if not unknown:
        unknown = meta.find_undeclared_variables(tree) - place.names
    for name in sorted(unknown):
        place.report("name_unknown", name=name, sentence=_short(sentence))
    if unknown:
        return
    _check_columns(tree, place)
    for code, numbers in misfits(tree, place.facts, place.rows):
        place.report(code, **{"sentence": _short(sentence), **numbers})


def _check_columns(tree: nodes.Template, place: _Place) -> None:
    """Columns named in a filter: `fact|yes("x")`."""
    for filtered in tree.find_all(nodes.Filter):
        first = filtered.args[0] if filtered.args else None
        if isinstance(filtered.node, nodes.Name) and isinstance(first, nodes.Const):
            name = filtered.node.name
            if filtered.name in ("yes", "no", "names") and name in place.facts:
                _check_column(place, name, str(first.value))


def _check_column(place: _Place, rows: str, column: str) -> None:
    if column not in place.facts[rows].columns:
        place.report("column_unknown", code="", fact=rows, column=column)


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 40 else f"{sentence[:40]}…"
