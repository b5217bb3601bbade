"""States that somebody supposes: done or not, all rows, all criteria."""

from __future__ import annotations

from dialogs.answers import read_cell
from dialogs.supposing.names import (
    Unclear,
    facts_named,
    nodes_named,
    told,
    untold,
    which_fact,
    which_node,
)
from dialogs.talk import Talk
from dialogs.understand.letters import read_letters
from dialogs.understand.option_names import with_letters
from dialogs.understand.reading import Ask
from dialogs.understand.supposing import Supposed
from dialogs.understand.supposing_words import characters, is_beyond, is_every, is_no, verb_of
from dialogs.wording import say
from scoring.questionnaire import Kind
from scoring.standard import Standard
from scoring.supposing import Aim, Reached, Untold, suppose
from scoring.values import Letters, Rows, Value, YesNo

_SHORTEST = 2


def value_of(talk: Talk, name: str, words: str) -> Value | Ask | None:
    """The words as an answer to a fact; None for a fact that no such words can answer."""
    spec = talk.case.standard.facts[name]
    if spec.type is Kind.CHECKLIST:
        labels = talk.case.standard.labels[name]
        letters = read_letters(with_letters(words, labels), list(labels))
        return None if isinstance(letters, Ask) else Letters(letters.value)
    if spec.type in (Kind.TEXT, Kind.ROWS, Kind.YESNO):
        return None
    got = read_cell(spec, words, talk.today)
    if isinstance(got, Ask):
        return got
    value: Value = got.value
    return value


def state_of(talk: Talk, said: Supposed) -> Reached:
    """Something done or not: a yes or no, all rows, all criteria, or full points in words."""
    standard = talk.case.standard
    no, every = is_no(said.value), is_every(said.value)
    if not said.target:
        return _here(talk, said, no)
    yes_no = _yes_no_facts(standard, said)
    if len(yes_no) == 1 or (yes_no and every):
        return Reached({name: YesNo(not no) for name in yes_no})
    listed = _rows(talk, said) or _criteria(talk, said)
    if listed:
        return listed
    if yes_no:
        raise Unclear(which_fact(talk, said.target, yes_no))
    return _as_full(talk, said, no)


def _here(talk: Talk, said: Supposed, no: bool) -> Reached:
    """Something supposed of the open question: one yes or no, or the criteria of a checklist."""
    facts = facts_named(talk, said.target)
    for name in facts:
        kind = talk.case.standard.facts[name].type
        value = value_of(talk, name, said.value)
        if isinstance(value, Letters):
            return Reached({name: value})
        if kind is Kind.YESNO and len(facts) == 1:
            return Reached({name: YesNo(not no)})
    raise Unclear(say("whatif_how"), known=False)


def _as_full(talk: Talk, said: Supposed, no: bool) -> Reached:
    """公开都及时, 三公经费不超: all that is asked of it is met."""
    standard = talk.case.standard
    facts = frozenset(f for f in facts_named(talk, said.target) if standard.feeds[f])
    if no != is_beyond(said.value):  # 没超 is good, 超了 and 没做 are not: how far is not told
        if facts:
            code = standard.feeds[min(facts)][0]
            raise Unclear(untold(standard, Untold(code, tuple(sorted(facts)))))
        raise Unclear(say("whatif_unknown", target=said.target), known=False)
    codes = nodes_named(standard, said.target)
    if not codes and facts:
        codes = tuple(dict.fromkeys(c for f in facts for c in standard.feeds[f][:1]))
    only = facts if not nodes_named(standard, said.target) else frozenset[str]()
    if not codes:
        raise Unclear(say("whatif_unknown", target=said.target), known=False)
    if len(codes) > 1:
        raise Unclear(which_node(standard, said.target, codes))
    return told(talk, suppose(standard, talk.answers, codes, Aim(only=only)))


def _yes_no_facts(standard: Standard, said: Supposed) -> list[str]:
    """The yes/no facts that the words fit; those that name the deed too come alone."""
    words = characters(said.target)
    if len(words) < _SHORTEST:
        return []
    labels = {
        name: set(fact.label + fact.short)
        for name, fact in standard.facts.items()
        if fact.type is Kind.YESNO
    }
    verb = set(verb_of(said.value))
    found = [name for name, label in labels.items() if words <= label]
    return [name for name in found if verb <= labels[name]]


def _rows(talk: Talk, said: Supposed) -> Reached | None:
    """A column of all rows of a table: 重点工作都完成了, 除了2都按时."""
    standard = talk.case.standard
    words, verb = characters(said.target), set(verb_of(said.value))
    for name, fact in standard.facts.items():
        marks = {c: spec.label for c, spec in fact.columns.items() if spec.type is Kind.YESNO}
        if not marks or not (words <= set(fact.label) or set(fact.label) <= words):
            continue
        fitting = [c for c, label in marks.items() if verb & set(label) or not verb]
        rows = talk.values.get(name)
        if not fitting:
            continue
        if not isinstance(rows, Rows) or not rows.value:
            raise Unclear(say("whatif_no_rows", label=fact.label))
        numbers = [str(n) for n in range(1, len(rows.value) + 1)]
        got = read_letters(said.value, numbers)
        chosen = set(numbers if not is_no(said.value) else ())
        if not isinstance(got, Ask) and not is_every(said.value):
            chosen = set(got.value)
        marked = ({**r, fitting[0]: YesNo(str(n) in chosen)} for n, r in enumerate(rows.value, 1))
        return Reached({name: Rows(tuple(marked))})
    return None


def _criteria(talk: Talk, said: Supposed) -> Reached | None:
    """All criteria of a checklist, those said, or the one that is named: 在832平台采购."""
    standard = talk.case.standard
    words = characters(said.target)
    for name, fact in standard.facts.items():
        if fact.type is not Kind.CHECKLIST:
            continue
        if words <= set(fact.label):
            value = value_of(talk, name, said.value)
            if isinstance(value, Letters):
                return Reached({name: value})
        for letter, option in fact.options.items():
            if len(words) >= 2 * _SHORTEST and words <= set(option.label + option.text):
                now = talk.values.get(name)
                met = set(now.value) if isinstance(now, Letters) else set[str]()
                met = met - {letter} if is_no(said.value) else met | {letter}
                return Reached({name: Letters(tuple(x for x in fact.options if x in met))})
    return None
