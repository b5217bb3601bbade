"""Whether a form may be sent in: nothing missing, no figures that contradict each other."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.phrases import listed, phrase
from scoring.engine import findings, score
from scoring.progress import gaps
from scoring.standard import Standard
from scoring.values import Value
from scoring.waiving import blockers
from scoring.wording import explain_finding
from storage import waivers

SHOWN = 3


def check_ready(
    tx: Connection, form_id: int, standard: Standard, answers: Mapping[str, Value]
) -> None:
    """Raises ActRefused with the first things to do. A blocker that was waived with a reason
    no longer stops the form, as long as its figures are the same."""
    sheet = score(standard, answers)
    missing = list(dict.fromkeys(gap.fact for gap in gaps(standard, answers)))
    if missing:
        labels = [standard.facts[fact].label for fact in missing[:SHOWN]]
        raise ActRefused("gaps", count=len(missing), first=listed(labels))
    if not sheet.settled:
        raise ActRefused("unsettled")
    waived = {waiver.finding: waiver.figures for waiver in waivers.of_form(tx, form_id)}
    standing = blockers(findings(standard, answers), waived)
    if standing:
        lines = [explain_finding(finding) for finding in standing[:SHOWN]]
        first = phrase("line_break").join(lines)
        raise ActRefused("blockers", count=len(standing), first=first)
