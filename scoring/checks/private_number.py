"""Identity-card, bank-card and mobile numbers in what the department wrote."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.checks.base import Finding, Severity, TextCheck, View
from scoring.rules.base import Need
from scoring.sensitive import private_numbers
from scoring.wording import say

_NAMED = {
    "id_card": "private_id_card",
    "bank_card": "private_bank_card",
    "mobile": "private_mobile",
}


class PrivateNumber(TextCheck):
    """No text holds the number of a person; facts that ask for a telephone number (`digits`) and
    those of `skip` are left out. The numbers are named masked, never whole."""

    def needs(self) -> tuple[Need, ...]:
        return tuple(Need(fact, frozenset()) for fact in self.skip)

    def find(self, view: View) -> Iterator[Finding]:
        for passage in view.passages(self.skip):
            if view.standard.facts[passage.fact].digits:
                continue
            found = private_numbers(passage.text)
            if not found:
                continue
            shown = [say(_NAMED[each.kind], {"masked": each.masked}) for each in found]
            numbers = {"place": view.whereabouts(passage), "found": shown}
            place = (
                f"{passage.fact}:{passage.row}:{passage.column}" if passage.column else passage.fact
            )
            key = f"private_number:{place}"
            yield Finding(key, Severity.WARNING, (passage.fact,), "private_number", numbers)
