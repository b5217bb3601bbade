"""`jixiao score`: a FACTS file in, the score sheet out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from bot.commands.phrases import say
from bot.commands.refusal import refusing
from bot.commands.table import lines
from scoring.checks import Finding
from scoring.engine import findings, score
from scoring.filing import read_answers_file
from scoring.loading import load
from scoring.progress import gaps
from scoring.sheet import NodeScore, ScoreSheet
from scoring.standard import Standard
from scoring.values import Value
from scoring.wording import explain, explain_finding, explain_loss, written

DEFAULT = "meijiang-2021"


@click.command("score", help=say("help_score"))
@click.argument("facts", type=click.Path(path_type=Path))
@click.option("--standard", default=DEFAULT, show_default=True, help=say("help_option_standard"))
@click.option("--json", "as_json", is_flag=True, help=say("help_option_json"))
@refusing
def score_command(facts: Path, standard: str, as_json: bool) -> None:
    """Scores a FACTS file by a standard."""
    loaded = load(standard)
    answers = read_answers_file(loaded, facts)
    sheet = score(loaded, answers)
    found = findings(loaded, answers)
    if as_json:
        plain = {**sheet.plain(), "findings": [_plain(finding) for finding in found]}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for line in (*_sheet(loaded, answers, sheet), "", *_findings(found)):
        click.echo(line)


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "key": finding.key,
        "severity": finding.severity.value,
        "facts": list(finding.facts),
        "code": finding.code,
        "text": explain_finding(finding),
    }


def _sheet(standard: Standard, answers: Mapping[str, Value], sheet: ScoreSheet) -> Iterator[str]:
    yield say("heading", {"name": standard.name})
    names = ("code", "name", "score", "max", "why")
    rows = [tuple(say(f"column_{name}") for name in names)]
    for node in standard.walk():
        scored = sheet[node.code]
        indent = "  " * (node.code.count("-") + len(node.code.split("-")[0]) - 1)
        why = _why(standard, scored)
        rows.append((node.code, indent + node.name, _points(scored), written(node.max), why))
    rows.append(("", say("total"), _points(sheet.total), written(standard.maximum), ""))
    yield from lines(rows, right=(2, 3))
    if not sheet.settled:
        bounds = {"low": sheet.total.low, "high": sheet.total.high}
        yield say("unfinished", {**bounds, "gaps": len(gaps(standard, answers))})


def _points(scored: NodeScore) -> str:
    if scored.low == scored.high:
        return written(scored.low)
    return say("open_interval", {"low": scored.low, "high": scored.high})


def _why(standard: Standard, scored: NodeScore) -> str:
    """The steps of the score, then the losses that the steps do not name, then what is missing."""
    told = {remark.code for remark in scored.remarks}
    words = [explain(remark) for remark in scored.remarks]
    words += [explain_loss(loss) for loss in scored.losses if loss.code not in told]
    if scored.missing:
        labels = [standard.facts[fact].label for fact in scored.missing]
        words.append(say("waiting", {"facts": labels}))
    return say("why_joint").join(words)


def _findings(found: tuple[Finding, ...]) -> Iterator[str]:
    yield say("findings", {"count": len(found)}) if found else say("no_findings")
    for finding in found:
        severity = say(f"severity_{finding.severity.value}")
        yield say("finding", {"severity": severity, "words": explain_finding(finding)})
