"""Whether the sentences of an outline use each fact as what it is: money, a checklist, a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import nodes

from scoring.questionnaire import Column, Fact, Kind

TICKED = frozenset({"met", "unmet"})
TABLE_FILTERS = frozenset({"yes", "no", "names"})
Tables = Mapping[str, tuple[str, ...]]
Misfit = tuple[str, Mapping[str, Any]]


def misfits(tree: nodes.Template, facts: Mapping[str, Fact], rows: str) -> Iterator[Misfit]:
    """What a sentence does with facts that they cannot do: codes of the catalogue with numbers.

    `rows` is the table whose `row` the sentence speaks of, if any.
    """
    tables = _tables(tree, facts, {"row": (rows,)} if rows else {})
    for read in tree.find_all(nodes.Getattr):
        yield from _attribute(read, facts, tables)
    for used in tree.find_all(nodes.Filter):
        yield from _filter(used, facts, tables)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "growth":
            kinds = [_kind(arg, facts, tables) for arg in call.args[:2]]
            if len(call.args) != 3 or kinds != [Kind.MONEY] * 2:
                yield "growth_unclear", {}


def _tables(tree: nodes.Template, facts: Mapping[str, Fact], given: Tables) -> Tables:
    """The tables that each variable of a loop goes through; one loop may follow another."""
    found = dict(given)
    for loop in tree.find_all(nodes.For):
        through: Any = loop.iter
        while isinstance(through, nodes.Filter):
            through = through.node
        fact = facts.get(through.name) if isinstance(through, nodes.Name) else None
        if fact and fact.type is Kind.ROWS and isinstance(loop.target, nodes.Name):
            found[loop.target.name] = (*found.get(loop.target.name, ()), through.name)
    return found


def _attribute(read: nodes.Getattr, facts: Mapping[str, Fact], tables: Tables) -> Iterator[Misfit]:
    if not isinstance(read.node, nodes.Name) or read.node.name == "loop":
        return
    name, attribute = read.node.name, read.attr
    if name in tables:
        if not any(attribute in facts[table].columns for table in tables[name]):
            yield "column_unknown", {"code": "", "fact": tables[name][0], "column": attribute}
        return
    ticked = name in facts and facts[name].type is Kind.CHECKLIST
    if not (ticked and attribute in TICKED):
        yield "name_unknown", {"name": f"{name}.{attribute}"}


def _filter(used: nodes.Filter, facts: Mapping[str, Fact], tables: Tables) -> Iterator[Misfit]:
    kind = _kind(used.node, facts, tables)
    if kind is None:
        return
    wanted = Kind.MONEY if used.name == "wan" else Kind.ROWS
    if (used.name == "wan" or used.name in TABLE_FILTERS) and kind is not wanted:
        yield "filter_type", {"filter": used.name, "given": kind.value, "expected": wanted.value}


def _kind(node: Any, facts: Mapping[str, Fact], tables: Tables) -> Kind | None:
    """The type of a fact or cell that stands there by itself; None for anything else."""
    found: Fact | Column | None = None
    if isinstance(node, nodes.Name):
        found = facts.get(node.name)
    elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        columns = [facts[table].columns for table in tables.get(node.node.name, ())]
        found = next((known[node.attr] for known in columns if node.attr in known), None)
    return found.type if found else None
