"""Whether a message to a question about words is rather the figures of other questions."""

from __future__ import annotations

from dialogs.names import named
from dialogs.understand.clauses import clauses, name_and_value
from dialogs.understand.mention import key
from dialogs.understand.text_piece import is_figure
from scoring.standard import Standard

_LONGEST_NAME = 10


def are_figures(standard: Standard, text: str) -> bool:
    """Whether a message is nothing but names with their figures, the first of them the whole name
    of something that is asked elsewhere: 支出合计2620.74万，年初预算981.86."""
    pairs = [name_and_value(clause) for clause in clauses(text)]
    found = [pair for pair in pairs if pair and len(pair[0]) <= _LONGEST_NAME]
    if not found or len(found) < len(pairs) or not all(is_figure(value) for _, value in found):
        return False
    meant = named(standard, found[0][0])
    return any(each.fact and key(found[0][0]) in each.names for each in meant)
