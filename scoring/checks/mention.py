"""Words about something that the department says it has not got."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.checks.base import Finding, Severity, TextCheck, View
from scoring.questionnaire import Kind
from scoring.rules.base import Need
from scoring.values import YesNo
from scoring.wording import sentences

REACH = 8  # how many characters before a word a negation may stand


class Mention(TextCheck):
    """While `gate` is no, no text speaks of `words`.

    Left out are the facts of `skip` (duties name things that the department never had), the
    phrases of `unless` (出租车) and words that one of `negations` stands shortly before (无出租).
    """

    gate: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()

    def needs(self) -> tuple[Need, ...]:
        skipped = (Need(fact, frozenset()) for fact in self.skip)
        return (Need(self.gate, frozenset({Kind.YESNO})), *skipped)

    def find(self, view: View) -> Iterator[Finding]:
        if view.values.get(self.gate) != YesNo(False):
            return
        seen: set[str] = set()
        for passage in view.passages(self.skip):
            sentence = self._sentence(passage.text)
            if sentence and passage.fact not in seen:
                seen.add(passage.fact)
                numbers = {
                    "gate_place": view.place(self.gate),
                    "place": view.whereabouts(passage),
                    "sentence": sentence,
                }
                key, facts = f"mention:{self.gate}:{passage.fact}", (self.gate, passage.fact)
                yield Finding(key, Severity.WARNING, facts, "mention", numbers)

    def _sentence(self, text: str) -> str:
        """The first sentence of a text that speaks of it; empty where none does."""
        if not any(word in text for word in self.words):
            return ""
        for sentence in sentences(text):
            if any(self._speaks(sentence, word) for word in self.words):
                return sentence
        return ""

    def _speaks(self, sentence: str, word: str) -> bool:
        for phrase in self.unless:
            sentence = sentence.replace(phrase, "")
        for found in re.finditer(re.escape(word), sentence):
            before = sentence[max(0, found.start() - REACH) : found.start()]
            if not any(negation in before for negation in self.negations):
                return True
        return False
