"""Whether a form is complete enough for the final documents, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping

from reports.wording import phrases, say
from scoring.progress import Gap, complete, gaps
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.values import Value

_SHOWN = 5


class NotComplete(Exception):
    """The final cannot be made yet; `missing` says all that is open, in the order of the questions."""

    def __init__(self, missing: tuple[Gap, ...], labels: tuple[str, ...]) -> None:
        some = str(phrases()["comma"]).join(labels[:_SHOWN])
        super().__init__(say("not_complete", count=len(missing), labels=some))
        self.missing = missing


def require_complete(standard: Standard, answers: Mapping[str, Value], sheet: ScoreSheet) -> None:
    """Raises NotComplete when anything that the documents need is open."""
    if complete(standard, answers):
        return
    missing = gaps(standard, answers) or _unsettled(sheet)
    labels = tuple(dict.fromkeys(standard.facts[gap.fact].label for gap in missing))
    raise NotComplete(missing, labels)


def _unsettled(sheet: ScoreSheet) -> tuple[Gap, ...]:
    """The facts for which open indicators wait."""
    waiting = [fact for code in sheet.indicators for fact in sheet[code].missing]
    return tuple(Gap(fact) for fact in dict.fromkeys(waiting))
