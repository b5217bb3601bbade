"""Why points were lost and what will be done, under the heading of each indicator."""

from __future__ import annotations

from reports.reading.checklists import title_of
from reports.reading.found import Found
from reports.reading.paper import Paper
from reports.reading.patterns import pattern
from scoring.losses import cause_of, improvement_of


def read_losses(paper: Paper, found: Found) -> None:
    """Cause and improvement of every indicator that says both."""
    for indicator in found.standard.indicators:
        for holder in paper.under(title_of(indicator)):
            for passage in holder.passages():
                match = pattern("lost").match(passage.text)
                if match:
                    found.add(cause_of(indicator.code), match["cause"], passage.place)
                    found.add(improvement_of(indicator.code), match["improvement"], passage.place)
