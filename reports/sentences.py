"""Sentences of the outline, rendered in a sandbox with the facts put in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reports.figures import change, in_wan, on_day
from reports.shown import GAP_CLOSES, GAP_OPENS, Absence, Amount, Missing, Row, Unsayable
from reports.wording import phrases
from scoring.outline import Words
from scoring.values import Day
from scoring.wording import written

# Compiling takes longer than all else; the outline's sentences are the same in each report, and
# their code takes filters and `finalize` from the environment that runs it.
_CODES: dict[str, CodeType] = {}


class Sentences:
    """Renders sentences over a context of names; the words that the program chooses itself too.

    A name that the standard does not know is an error (jinja2.UndefinedError): the check at load
    refuses it before.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self.context: dict[str, object] = {"growth": self._growth, "listed": self._listed}
        self._templates: dict[str, Template] = {}
        self._jinja = ImmutableSandboxedEnvironment(
            undefined=StrictUndefined,
            autoescape=False,
            finalize=self.shown,
            keep_trailing_newline=False,
        )
        self._jinja.filters.update(
            wan=_passing(in_wan),
            bare=_passing(bare),
            full=_passing(full),
            yes=_passing(lambda rows, column: _picked(rows, column, True)),
            no=_passing(lambda rows, column: _picked(rows, column, False)),
            names=_passing(self._names),
        )
        self._jinja.tests["given"] = _is_given

    def render(self, sentence: str, names: Mapping[str, object] | None = None) -> str:
        """One sentence; what is said instead when something in it is not there."""
        try:
            return self._template(sentence).render({**self.context, **(names or {})}).strip()
        except Unsayable as unsayable:
            return unsayable.instead

    def paragraph(self, sentences: Iterable[str], names: Mapping[str, object] | None = None) -> str:
        """Sentences in a row; what is said instead of several of them is said once."""
        said: list[str] = []
        for sentence in sentences:
            try:
                text = self._template(sentence).render({**self.context, **(names or {})})
                said.append(text.strip())
            except Unsayable as unsayable:
                if unsayable.instead not in said:
                    said.append(unsayable.instead)
        return "".join(said)

    def word(self, code: str, **names: object) -> str:
        """One of the words that the program chooses by itself."""
        template = self._template(getattr(self.words, code))
        return template.render(names).strip()

    def gap(self, label: str) -> Missing:
        """A fact that is not answered yet, marked where it would stand."""
        mark = f"{GAP_OPENS}{self.word('gap', label=label)}{GAP_CLOSES}"
        return Missing(Absence.GAP, mark, mark)

    def on_paper(self) -> Missing:
        """A fact that is handed in on paper."""
        return Missing(Absence.ON_PAPER, self.word("offline"), self.word("offline_inline"))

    def absent(self, reason: str) -> Missing:
        """A fact that does not apply."""
        return Missing(Absence.NOT_APPLICABLE, self.word("reason", reason=reason))

    def shown(self, value: object) -> str:
        """A value as it is printed."""
        match value:
            case Missing():
                return str(value)
            case bool():
                return self.word("yes" if value else "no")
            case Amount(money=money):
                return str(money.plain())
            case Day(value=day):
                return on_day(day)
            case int() | Decimal():
                return written(Decimal(value))
            case list() | tuple():
                return str(phrases()["comma"]).join(self.shown(one) for one in value)
        return written(value)

    def _template(self, sentence: str) -> Template:
        if sentence not in self._templates:
            jinja = self._jinja
            code = _CODES.get(sentence) or _CODES.setdefault(sentence, jinja.compile(sentence))
            self._templates[sentence] = Template.from_code(jinja, code, jinja.make_globals(None))
        return self._templates[sentence]

    def _growth(self, now: object, before: object, than: str) -> object:
        """How an amount changed against another, in words; a gap where one is missing."""
        for value in (now, before):
            if isinstance(value, Missing):
                if value.absence is Absence.ON_PAPER:
                    return self.word("growth_offline", than=than, amount="", rate="")
                return value
        assert isinstance(now, Amount)  # noqa: S101 - growth is of amounts
        assert isinstance(before, Amount)  # noqa: S101
        found = change(now.yuan, before.yuan)
        return self.word(found.word, than=than, amount=found.amount, rate=found.rate)

    def _listed(self, pairs: Sequence[Sequence[object]]) -> str:
        """Labels with their values, those left out that are not given."""
        given = [(label, value) for label, value in pairs if not _is_blank(value)]
        parts = [f"{label}{self.shown(value)}" for label, value in given]
        return str(phrases()["comma"]).join(parts)

    def _names(self, rows: Sequence[Row], column: str = "name") -> str:
        return str(phrases()["comma"]).join(bare(self.shown(row[column])) for row in rows)


def bare(text: object) -> str:
    """Words without the punctuation at their end, on one line."""
    lines = [line.strip() for line in str(text).split("\n")]
    return "".join(line for line in lines if line).rstrip(phrases()["loose"])


def full(text: object) -> str:
    """Words that end in a full stop."""
    words = str(text).rstrip(" \n")
    if not words or words[-1] in phrases()["stops"] or words[-1] == GAP_CLOSES:
        return words
    return words.rstrip(phrases()["loose"]) + str(phrases()["stop"])


def _passing(do: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that lets through what is not there."""

    def filtered(value: object, *rest: object) -> object:
        return value if isinstance(value, Missing) else do(value, *rest)

    return filtered


def _picked(rows: Sequence[Row], column: str, wanted: bool) -> list[Row]:
    return [row for row in rows if bool(row[column]) is wanted]


def _is_given(value: object) -> bool:
    """Whether there is something to print; an open gap makes the sentence a gap."""
    if isinstance(value, Missing) and value.absence is Absence.GAP:
        value.refuse()
    return not (isinstance(value, Missing) and not value.inline) and not _is_blank(value)


def _is_blank(value: object) -> bool:
    return isinstance(value, Missing) and value.absence is Absence.BLANK
