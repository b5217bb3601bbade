"""What an answer did: what was understood, which scores moved and why, what contradicts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dialogs.agenda import Item
from dialogs.describing import (
    described,
    described_cell,
    noted,
    row_name,
    rows_count,
    text_noted,
    unit_label,
)
from dialogs.talk import Talk
from dialogs.wording import clauses, join, say
from scoring.checks import Finding
from scoring.questionnaire import Fact
from scoring.rules.base import Points
from scoring.sheet import NodeScore
from scoring.standard import Standard
from scoring.values import Cell, Rows, Text, Value, YesNo
from scoring.wording import explain, explain_finding, explain_loss


def echo(
    before: Talk,
    after: Talk,
    item: Item,
    values: Mapping[str, Value],
    notes: Sequence[tuple[str, str]] = (),
    details: Sequence[str] = (),
) -> str:
    """The answer to an answer, without the next question."""
    standard = before.case.standard
    again = not item.columns and any(name in before.answers for name in values)
    what = _columns(item, values, standard) if item.columns else noted(values, standard)
    lines = [say("noted_again" if again else "noted", what=what), *details]
    lines += dict.fromkeys(_note(code, name, values, standard) for name, code in notes)
    lines += effects(before, after)
    lines += [finding_line(f) for f in new_findings(before, after)]
    return "\n".join(lines)


def _columns(item: Item, values: Mapping[str, Value], standard: Standard) -> str:
    """What was said of columns of a table: of one row, or of all rows together."""
    rows = values[item.facts[0]]
    fact = standard.facts[item.facts[0]]
    if not isinstance(rows, Rows):
        return noted(values, standard)
    if item.row is None:
        return _marked(rows, fact, item.columns[0])
    return _cells(rows.value[item.row], fact, item.columns)


def _cells(row: Mapping[str, Cell], fact: Fact, columns: Sequence[str]) -> str:
    said = [_cell(row[c], fact, c) for c in columns if c in row and row[c] != Text("")]
    return join(said)


def _cell(cell: Cell, fact: Fact, column: str) -> str:
    spec = fact.columns[column]
    if isinstance(cell, Text):
        return text_noted(spec.label, cell.value)
    return say("noted_pair", label=spec.label, value=described_cell(cell, spec))


def _marked(rows: Rows, fact: Fact, column: str) -> str:
    label = fact.columns[column].label
    without = [row_name(row) for row in rows.value if row.get(column) != YesNo(True)]
    total = len(rows.value)
    numbers = {"label": label, "count": rows_count(fact, total - len(without))}
    if not without:
        return say("noted_column_all", **numbers)
    if len(without) == total:
        return say("noted_column_none", label=label, count=rows_count(fact, total))
    return say("noted_column_some", names=join(without), **numbers)


def _note(code: str, name: str, values: Mapping[str, Value], standard: Standard) -> str:
    fact = standard.facts.get(name)
    unit = fact.unit if fact else ""
    value = values.get(name)
    return say(f"note_{code}", value=described(value) if value else "", unit=unit_label(unit))


def effects(before: Talk, after: Talk) -> list[str]:
    """A line for each indicator whose score moved, and for a contact one for the total."""
    standard = before.case.standard
    was, is_now = before.sheet, after.sheet
    moved = [
        (was[code], is_now[code])
        for code in is_now.indicators
        if was[code] is not is_now[code] and _face(was[code]) != _face(is_now[code])
    ]
    lines = [_moved(old, new, standard) for old, new in moved if not _dropped(old, new)]
    dropped = [standard.nodes[new.code].name for old, new in moved if _dropped(old, new)]
    if dropped:
        lines.append(say("effect_na", names=join(dropped)))
    total, old_total = after.sheet.total, before.sheet.total
    # The whole form's score is not for who helps with a part of it.
    if after.limit is None and (total.so_far, total.high) != (old_total.so_far, old_total.high):
        code = "total_settled" if after.sheet.settled else "total"
        lines.append(say(code, low=total.so_far, high=total.high))
    return lines


def _face(node: NodeScore) -> tuple[object, ...]:
    return (node.state, node.low, node.high)


def _dropped(old: NodeScore, new: NodeScore) -> bool:
    return new.state is Points.NOT_APPLICABLE and old.state is Points.OPEN


def _moved(old: NodeScore, new: NodeScore, standard: Standard) -> str:
    numbers = {"code": new.code, "name": standard.nodes[new.code].name, "maximum": new.maximum}
    if new.state is Points.OPEN:
        return say("effect_open", low=new.low, high=new.high, **numbers)
    line = say("effect_scored", why=why(new), points=new.low, **numbers)
    if old.state is Points.SCORED and old.low != new.low:
        line += say("effect_moved", before=old.low)
    return line


def why(node: NodeScore) -> str:
    """How a score came about, in one line: the steps, and the losses that they do not say."""
    told = {remark.code for remark in node.remarks}
    parts = [explain(remark) for remark in node.remarks]
    parts += [explain_loss(loss) for loss in node.losses if loss.code not in told]
    return clauses(parts)


def new_findings(before: Talk, after: Talk) -> list[Finding]:
    """Contradictions that were not there before this answer."""
    known = {finding.key for finding in before.findings}
    return [finding for finding in after.findings if finding.key not in known]


def finding_line(finding: Finding) -> str:
    """A finding in words, marked by how grave it is."""
    grave = "blocker" if finding.severity == "blocker" else "warning"
    return say(f"finding_{grave}", text=explain_finding(finding))
