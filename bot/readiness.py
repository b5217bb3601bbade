"""Whether a form may be sent in: nothing missing, no figures that contradict each other."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.phrases import listed, phrase
from scoring.checks import Severity, findings
from scoring.engine import score
from scoring.progress import gaps
from scoring.standard import Standard
from scoring.values import Value
from scoring.wording import say
from storage import waivers

SHOWN = 3


def check_ready(
    tx: Connection, form_id: int, standard: Standard, answers: Mapping[str, Value]
) -> None:
    """Raises ActRefused with the first things to do. A blocker that was waived with a reason
    no longer stops the form."""
    sheet = score(standard, answers)
    missing = list(dict.fromkeys(gap.fact for gap in gaps(standard, answers, sheet)))
    if missing:
        labels = [standard.facts[fact].label for fact in missing[:SHOWN]]
        raise ActRefused("gaps", count=len(missing), first=listed(labels))
    if not sheet.settled:
        raise ActRefused("unsettled")
    waived = {waiver.finding for waiver in waivers.of_form(tx, form_id)}
    blockers = [
        finding
        for finding in findings(standard, answers, sheet)
        if finding.severity is Severity.BLOCKER and finding.key not in waived
    ]
    if blockers:
        lines = [say(finding.code, finding.numbers) for finding in blockers[:SHOWN]]
        first = phrase("line_break").join(lines)
        raise ActRefused("blockers", count=len(blockers), first=first)
