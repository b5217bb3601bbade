"""A figure that looks mistyped is read back before it is kept, with the likely one a tap away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.answers import ALMOST, problem, read_cell
from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.describing import described, unit_of
from dialogs.doubts.clash import KIND as CLASH
from dialogs.doubts.recording import plain, read_plain, record
from dialogs.effects import RecordAnswer, TakeOver
from dialogs.replies import ask_next, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.reading import Ask
from dialogs.understand.scale import is_either, says_keep, says_mend
from dialogs.wording import join, say, shortened
from scoring.questionnaire import Column, Fact
from scoring.sameness import same
from scoring.scale import Slip, mended, slips
from scoring.values import Rows, Value

KIND = "scale"
MEND, KEEP = "mend", "keep"
_NOTE_LIMIT = 150
_LABEL_LIMIT = 16


def read_back(talk: Talk, step: Step) -> Step:
    """The step, unless it would keep a figure that looks mistyped: then that is asked, and nothing
    is recorded yet. What was taken over from a file or was asked about already is not."""
    wished = next((each for each in step.effects if isinstance(each, RecordAnswer)), None)
    if wished is None:
        return step
    sure = [_taken(wished), *_asked_before(talk)]
    found = tuple(
        slip
        for slip in _found(talk, wished.values)
        if not any(_agrees(each.get(slip.fact), wished.values[slip.fact]) for each in sure)
    )
    if not found:
        return step
    pending = {"kind": KIND, **plain(wished)}
    return _question(talk.with_state(talk.state.but(pending=pending)), found)


def _taken(wished: RecordAnswer) -> Mapping[str, Value | None]:
    taken = wished.taken if isinstance(wished, TakeOver) else ()
    return {name: wished.values[name] for name in taken}


def _asked_before(talk: Talk) -> list[Mapping[str, Value | None]]:
    """What was read back already: the values as typed, and as they were likely meant."""
    pending = talk.state.pending
    if pending.get("kind") not in (KIND, CLASH):
        return []
    values = read_plain(talk, pending["values"])
    return [values, mended(_typed(values), _found(talk, values))]


def _typed(values: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}


def _agrees(one: Value | None, other: Value | None) -> bool:
    return one is not None and other is not None and same(one, other)


def _found(talk: Talk, values: Mapping[str, Value | None]) -> tuple[Slip, ...]:
    """The slips among values that differ from what stands."""
    fresh = {
        name: value
        for name, value in values.items()
        if value is not None and talk.answers.get(name) != value
    }
    before = {**_last_year(talk), **talk.case.last_year}
    return tuple(slips(talk.case.standard, talk.answers, fresh, before))


def _last_year(talk: Talk) -> dict[str, Value]:
    return {n: o.value for n, o in talk.case.offers.items() if o.source == "last_year"}


def _question(talk: Talk, found: tuple[Slip, ...]) -> Step:
    told = [_line(talk, slip) for slip in found]
    can_mend = all(slip.likely is not None for slip in found)
    title = say("scale_title")
    code = "scale_ask" if can_mend else "scale_ask_only"
    likely, value = _name(talk, found, mend=True), _name(talk, found, mend=False)
    how = say(f"{code}_how", likely=likely, value=value)
    note = "\n".join([*told, say(code)])
    if talk.case.person.text_only or len(note) > _NOTE_LIMIT:
        return Step(talk.state, (), (Words("\n".join([*told, how])),))
    choices = [Choice(KEEP, shortened(say("scale_keep", value=value), _LABEL_LIMIT))]
    if can_mend:
        choices.insert(0, Choice(MEND, shortened(say("scale_mend", likely=likely), _LABEL_LIMIT)))
    return Step(talk.state, (), (Buttons(KIND, title, note, tuple(choices)),))


def _line(talk: Talk, slip: Slip) -> str:
    facts = talk.case.standard.facts
    spec, place = facts[slip.fact], slip.place
    shown = {
        "label": spec.label,
        "value": described(slip.value, unit_of(spec)),
        "place": facts[place].label if place in facts else place,
        "other": described(slip.other, unit_of(spec)) if slip.other else "",
        "likely": described(slip.likely, unit_of(spec)) if slip.likely else "",
    }
    return say(f"scale_{slip.reason}", **shown)


def _name(talk: Talk, found: tuple[Slip, ...], *, mend: bool) -> str:
    """The figures in question, for a button."""
    facts = talk.case.standard.facts
    values = [slip.likely if mend else slip.value for slip in found]
    said = [
        described(value, unit_of(facts[slip.fact]))
        for slip, value in zip(found, values, strict=True)
        if value is not None
    ]
    return join(said)


def resume(talk: Talk, text: str) -> Step | None:
    """The answer in words; None for all else, such as the figure typed again."""
    choice = says_mend(text)
    can_mend = _can_mend(talk, read_plain(talk, talk.state.pending["values"]))
    if is_either(text) and can_mend:
        return Step(talk.state, (), again(talk))
    if choice is None:
        return _retyped(talk, text)
    if not can_mend:
        # Nothing was suggested: 是 and 没错 say that the figure is right.
        choice = not choice and not says_keep(text)
    return settle(talk, MEND if choice else KEEP)


def _retyped(talk: Talk, text: str) -> Step | None:
    """A figure alone is the right one for what was asked about, whatever question is open."""
    values = read_plain(talk, talk.state.pending["values"])
    found = _found(talk, values)
    spec = _spec(talk, found[0], values) if len(found) == 1 else None
    if spec is None:
        return None
    got = read_cell(spec, text, talk.today)
    if isinstance(got, Ask):
        return repeat(talk, problem(got)) if got.code in ALMOST else None
    right = mended(_typed(values), (replace(found[0], likely=got.value),))
    raw = "\n".join([str(talk.state.pending["raw"]), text])
    return record(talk, {**values, **right}, raw, talk.state.pending)


def _spec(talk: Talk, slip: Slip, values: Mapping[str, Value | None]) -> Fact | Column | None:
    """What the figure is asked for: a fact, or the column of a table in which it stands."""
    fact, rows = talk.case.standard.facts[slip.fact], values[slip.fact]
    if not isinstance(rows, Rows):
        return fact
    held = {c for row in rows.value for c, cell in row.items() if cell == slip.value}
    return next((fact.columns[column] for column in sorted(held)), None)


def _can_mend(talk: Talk, values: Mapping[str, Value | None]) -> bool:
    return all(slip.likely is not None for slip in _found(talk, values))


def settle(talk: Talk, choice: str) -> Step:
    """Keeps the likely figures, or those that were typed."""
    pending = talk.state.pending
    if pending.get("kind") != KIND:
        return ask_next(talk, say("card_gone"))
    values = read_plain(talk, pending["values"])
    if choice == MEND:
        if not _can_mend(talk, values):
            return Step(talk.state, (), (Words(say("scale_again")),))
        values = {**values, **mended(_typed(values), _found(talk, values))}
    return record(talk, values, str(pending["raw"]), pending)


def again(talk: Talk) -> tuple[Bubble, ...]:
    """The question that waits, once more."""
    values = read_plain(talk, talk.state.pending["values"])
    return _question(talk, _found(talk, values)).bubbles
