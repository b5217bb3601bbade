"""Whether the open question is answered in sentences, which may sound like anything."""

from __future__ import annotations

from dialogs.agenda import Item, form_of
from dialogs.talk import Talk
from scoring.questionnaire import Form, Kind

_SHORT = 100


def asks_prose(talk: Talk, item: Item | None) -> bool:
    """Whether an item wants texts or rows, alone or beside figures."""
    if item is None:
        return False
    facts = talk.case.standard.facts
    form = form_of(item.question, facts)
    if form in (Form.TEXT, Form.ROWS) or item.row is not None:
        return True
    return any(facts[n].type is Kind.TEXT and facts[n].max_chars > _SHORT for n in item.facts)
