"""A form of which single indicators came back: what is open, and how each is put to the contact."""

from __future__ import annotations

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.cards import NOTE_LIMIT, TITLE_LIMIT
from dialogs.case import Returned
from dialogs.describing import noted
from dialogs.effects import RecordAnswer
from dialogs.naming import target_name
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.wording import join, say, shortened
from scoring.questionnaire import Question
from scoring.reopening import facts_of, open_facts, questions_of

CARD = "returned:"
DONE = "done"
_MOST_BUTTONS = 4


def points(talk: Talk) -> tuple[Returned, ...]:
    """What came back one by one; nothing where the whole form did."""
    return talk.case.returned if talk.came_back_in_part else ()


def unsettled(talk: Talk) -> list[Returned]:
    """The points that the contact is not done with, those put off last."""
    open_ = [each for each in points(talk) if not each.settled]
    return sorted(open_, key=lambda each: CARD + each.indicator in talk.state.skipped)


def next_point(talk: Talk) -> Returned | None:
    """The point that is up now."""
    return next(iter(unsettled(talk)), None)


def untouched(talk: Talk) -> list[Returned]:
    """The points to which nothing was said and of whose facts nothing was answered anew."""
    standard = talk.case.standard
    return [
        each
        for each in unsettled(talk)
        if not talk.case.changed & set(facts_of(standard, each.indicator))
    ]


def asked_of(talk: Talk, point: Returned) -> list[Question]:
    """The questions of a point that this department is asked, those that score first."""
    standard = talk.case.standard
    found = questions_of(standard, point.indicator)
    asked = [question for question in found if talk.edited(question.id)]
    return sorted(asked, key=lambda question: not any(standard.feeds[f] for f in question.facts))


def point_bubbles(
    talk: Talk, point: Returned, lead: str = "", again: bool = False
) -> tuple[Bubble, ...]:
    """A point with the words about it and the present answers; `again`, after a change, in
    short."""
    questions = asked_of(talk, point)
    body = say("point_again") if again else "\n".join(_lines(talk, point, questions))
    text = "\n\n".join(part for part in (lead, body) if part)
    everything = points(talk)
    title = say(
        "point_title",
        number=everything.index(point) + 1,
        total=len(everything),
        name=target_name(talk.case.standard, point.indicator),
    )
    how = say("point_how")
    if talk.case.person.text_only:
        return (Words(f"{text}\n{how}"),)
    buttons = [Choice(DONE, say("point_done_button"))]
    buttons += [
        Choice(f"q:{q.id}", say("point_edit_button", number=talk.number(q)))
        for q in questions[:_MOST_BUTTONS]
    ]
    key = CARD + point.indicator
    title = shortened(title, TITLE_LIMIT)
    if len(text) <= NOTE_LIMIT:
        return (Buttons(key, title, text, tuple(buttons)),)
    return (Words(text), Buttons(key, title, how, tuple(buttons)))


def _lines(talk: Talk, point: Returned, questions: list[Question]) -> list[str]:
    everything = points(talk)
    lines = [
        say(
            "point_head",
            number=everything.index(point) + 1,
            total=len(everything),
            name=target_name(talk.case.standard, point.indicator),
        ),
        say("point_said", by=point.by, words=point.words),
    ]
    open_ = set(facts_of(talk.case.standard, point.indicator))
    for question in questions:
        given = {n: talk.answers[n] for n in question.facts if n in talk.answers and n in open_}
        if given:
            what = noted(given, talk.case.standard)
            lines.append(say("point_present", number=talk.number(question), what=what))
    return lines


def guarded(talk: Talk, step: Step) -> Step:
    """The step, unless it would change or ask what is closed: then what came back is said."""
    targets = [each.indicator for each in points(talk)]
    if not targets:
        return step
    wanted = _changes(talk, step) | _asks(talk, step)
    if not wanted:
        return step
    case = talk.case
    open_ = open_facts(case.standard, targets, case.answers, case.changed)
    if _changes(talk, step) <= open_ and (not _asks(talk, step) or _asks(talk, step) & open_):
        return step
    names = join([target_name(case.standard, target) for target in targets])
    labels = [case.standard.facts[fact].label for fact in sorted(wanted - open_)[:1]]
    by = points(talk)[0].by
    words = say("point_closed", label=join(labels), names=names, by=by)
    state = talk.state.but(pending={}, editing="", asked="")
    return Step(state, (), (Words(words),))


def _changes(talk: Talk, step: Step) -> frozenset[str]:
    """The facts whose answers the step would change."""
    return frozenset(
        fact
        for effect in step.effects
        if isinstance(effect, RecordAnswer)
        for fact, value in effect.values.items()
        if talk.answers.get(fact) != value
    )


def _asks(talk: Talk, step: Step) -> frozenset[str]:
    """The facts of a correction that the step begins."""
    editing = step.state.editing
    if not editing or editing == talk.state.editing:
        return frozenset()
    question = talk.question(editing)
    return frozenset(question.facts if question else ())
