"""Which indicators and facts somebody means who supposes something, and what is said if none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from dialogs.talk import Talk
from dialogs.targets import find
from dialogs.understand.mention import bare
from dialogs.understand.plain_text import before_bracket, narrow
from dialogs.understand.supposing_words import characters, parts_of
from dialogs.wording import join, say
from scoring.questionnaire import Kind
from scoring.standard import Standard
from scoring.supposing import Reached, Untold
from scoring.tree import Indicator

_FIGURES = {Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.COUNT}
_SHORTEST = 2
_MOST_NAMED = 5


class Unclear(Exception):
    """What is supposed can't be told; the text says why and what to say instead. `known` where
    it is clear what is spoken of, and only not what would become of it."""

    def __init__(self, words: str, known: bool = True) -> None:
        super().__init__(words)
        self.known = known


def nodes_named(standard: Standard, said: str) -> tuple[str, ...]:
    """The nodes that are meant: all of them for "", one by its code or whole name, else those
    whose names contain the words, what stands above them in their place."""
    typed = bare(said)
    if not typed:
        return tuple(node.code for node in standard.roots)
    nodes = list(standard.walk())
    for node in nodes:
        if typed.upper() == node.code or typed in (node.name, *node.aliases):
            return (node.code,)
    if len(typed) < _SHORTEST:
        return ()
    found = [n.code for n in nodes if any(typed in narrow(x) for x in (n.name, *n.aliases))]
    above = {n.code: {c.code for c in _below(n)} for n in nodes}
    return tuple(c for c in found if not any(c in above[other] for other in found))


def _below(node: Indicator) -> Iterator[Indicator]:
    for child in node.children:
        yield child
        yield from _below(child)


def indicators_named(standard: Standard, said: str) -> tuple[str, ...]:
    """The third-level indicators that are meant by name."""
    codes = nodes_named(standard, said) if bare(said) else ()
    return tuple(code for code in codes if standard.nodes[code].rule is not None)


def facts_named(talk: Talk, said: str) -> tuple[str, ...]:
    """The facts that may be meant, by what corrections understand; else by their characters."""
    standard = talk.case.standard
    if not said:
        return talk.current.facts if talk.current else ()
    found = find(standard, said)
    facts = [f for t in found for f in ((t.fact,) if t.fact else t.question.facts)]
    words = characters(said)
    if not facts and len(words) >= _SHORTEST:
        facts = [
            name
            for name, fact in standard.facts.items()
            if words <= set(fact.label) and fact.type in _FIGURES | {Kind.CHECKLIST}
        ]
    return tuple(dict.fromkeys(f for f in facts if not f.startswith("lost_")))


def fact_within(standard: Standard, said: str) -> tuple[str, ...]:
    """The one fact whose name the words begin with: 专项资金自评."""
    typed = bare(said)
    found = {
        name
        for name, fact in standard.facts.items()
        for label in (fact.label, *fact.aliases)
        if len(before_bracket(label)) >= 2 * _SHORTEST and typed.startswith(before_bracket(label))
    }
    return tuple(found) if len(found) == 1 and len(parts_of(typed)) == 1 else ()


def told(talk: Talk, found: Reached | Untold) -> Reached:
    """What was worked out. Raises Unclear where that could not be."""
    if isinstance(found, Untold):
        raise Unclear(untold(talk.case.standard, found))
    return found


def untold(standard: Standard, why: Untold) -> str:
    """What is said where an aim does not tell which answers it means."""
    labels = join([standard.facts[name].label for name in why.facts[:_MOST_NAMED]])
    node = standard.nodes[why.code]
    return say("whatif_untold", code=node.code, name=node.name, labels=labels)


def which_node(standard: Standard, said: str, codes: Collection[str]) -> str:
    """What is said where several indicators may be meant."""
    names = [say("whatif_node", code=c, name=standard.nodes[c].name) for c in codes]
    return say("whatif_many", target=said, found=join(names[:_MOST_NAMED]))


def which_fact(talk: Talk, said: str, facts: Sequence[str]) -> str:
    """What is said where several facts may be meant."""
    labels = [talk.case.standard.facts[name].label for name in facts[:_MOST_NAMED]]
    return say("whatif_many", target=said, found=join(labels))
