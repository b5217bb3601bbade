"""Plays conversations with the pure machine, as the house would: nothing lives between turns.

Between every two turns the state goes through its stored form, and so does every answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dialogs import machine, photos
from dialogs.agenda import Item
from dialogs.bubbles import Bubble, Buttons, Tick, Words
from dialogs.case import (
    Case,
    Change,
    FormView,
    Gathered,
    Hand,
    Known,
    Link,
    Offer,
    Past,
    Person,
    Returned,
    Role,
    UnitView,
    Waiting,
    Waived,
)
from dialogs.effects import (
    AnswerHand,
    EndHand,
    HandOver,
    PreferText,
    RecordAnswer,
    RecordUnits,
    SendIn,
    SettlePoint,
    SortPhotos,
    Withdraw,
)
from dialogs.events import Chosen, Event, Opened, Said
from dialogs.hands.held import is_done, questions_in
from dialogs.hands.wishes import is_meant as hands_over
from dialogs.offers import EARLIER
from dialogs.overview.measure import measure
from dialogs.overview.status import Overview, People, Status
from dialogs.rehearsal import chosen, typed
from dialogs.states import load_state
from dialogs.step import Step
from dialogs.talk import PLACE, Talk
from dialogs.units import with_figures
from scoring.filing import read_answers_file
from scoring.loading import from_text, load
from scoring.plain import read_value
from scoring.sameness import same
from scoring.standard import Standard
from scoring.values import Rows, Text, Value

NOW = datetime(2022, 5, 27, 2, 0, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[2] / "examples"
FORM = FormView(
    id=7,
    state="drafting",
    department="梅州市梅江区科工商务局",
    year=2021,
    deadline=datetime(2022, 6, 15, 10, 0, tzinfo=UTC),
)
PERSON = Person("chenyu", "陈宇", frozenset({Role.CONTACT}))


def shown(bubble: Bubble) -> str:
    """All the words of a bubble, those on its buttons and options too."""
    if isinstance(bubble, Words):
        return bubble.text
    labels = [choice.label for choice in bubble.choices]
    details = [f"{name}：{value}" for name, value in getattr(bubble, "details", ())]
    return "\n".join(part for part in (bubble.title, bubble.note, *details, *labels) if part)


@dataclass
class Conversation:
    """One person's talk about one form, with what the house would keep of it."""

    standard: Standard
    answers: dict[str, Value] = field(default_factory=dict)
    form: FormView = FORM
    person: Person = PERSON
    authors: dict[str, str] = field(default_factory=dict)
    answered_at: dict[str, datetime] = field(default_factory=dict)
    now: datetime = NOW
    stored: str | None = None
    last_change: Change | None = None
    steps: list[Step] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    doubting: bool = True
    offers: dict[str, Offer] = field(default_factory=dict)
    last_year: dict[str, Value] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    units: tuple[UnitView, ...] = ()
    gathered: Gathered = field(default_factory=Gathered)
    returned: tuple[Returned, ...] = ()
    changed: frozenset[str] = frozenset()
    waived: dict[str, Waived] = field(default_factory=dict)
    chain: tuple[Link, ...] = ()
    past: tuple[Past, ...] = ()
    hands: tuple[Hand, ...] = ()
    people: tuple[Known, ...] = ()
    known_of: Event | None = None
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        return Case(
            form=self.form,
            standard=self.standard,
            answers=dict(self.answers),
            person=self.person,
            authors=dict(self.authors),
            answered_at=dict(self.answered_at),
            last_changes=(self.last_change,) if self.last_change else (),
            offers=dict(self.offers),
            last_year=dict(self.last_year),
            links=dict(self.links),
            reviewers=("林帆",),
            coordinators=("周宁",),
            units=self.units,
            gathered=self.gathered,
            returned=self.returned,
            changed=self.changed,
            waived=dict(self.waived),
            chain=self.chain,
            past=self.past,
            hands=self.hands,
            people=self.people if self._speaks_of_people() else (),
        )

    def _speaks_of_people(self) -> bool:
        """The house looks people up only where somebody speaks of them."""
        return self.known_of is not None and hands_over(self.known_of, load_state(self.stored))

    def sits_down(self, userid: str) -> None:
        """Somebody else takes the phone up: the contact, or a colleague who was asked to help."""
        if userid == self.person.userid:
            return
        mine = {"stored": self.stored, "last_change": self.last_change, "person": self.person}
        self.kept[self.person.userid] = mine
        if userid not in self.kept:
            name = next((each.name for each in self.people if each.userid == userid), userid)
            person = Person(userid, name, frozenset({Role.COLLEAGUE}), self.person.text_only)
            self.kept[userid] = {"stored": None, "last_change": None, "person": person}
        before = self.person.name
        for part, value in self.kept[userid].items():
            setattr(self, part, value)
        for fact in set(self.answers) - set(self.authors):
            self.authors[fact] = before
        self.authors = {f: name for f, name in self.authors.items() if name != self.person.name}

    @property
    def talk(self) -> Talk:
        return Talk(load_state(self.stored), self.case, self.now)

    @property
    def item(self) -> Item | None:
        """What is asked now."""
        return self.talk.current

    @property
    def reply(self) -> str:
        return "\n".join(shown(bubble) for bubble in self.steps[-1].bubbles)

    @property
    def effects(self) -> list[str]:
        return [type(effect).__name__ for effect in self.steps[-1].effects]

    def say(self, text: str) -> str:
        self.typed.append(text)
        return self.take(Said(text))

    def choose(self, card: str, *options: str) -> str:
        return self.take(Chosen(card, options))

    def open(self) -> str:
        return self.take(Opened())

    def take(self, event: Event) -> str:
        """One turn; gives all that is shown."""
        self.known_of = event
        state = load_state(self.stored)
        step = machine.step(state, event, self.case, self.now)
        if self.doubting:
            assert step == machine.step(state, event, self.case, self.now), "not a pure function"
        self.stored = step.state.dump()
        assert load_state(self.stored) == step.state, "the state does not survive being stored"
        for effect in step.effects:
            self._carry_out(effect)
        self.steps.append(step)
        self.now += timedelta(seconds=20)
        return self.reply

    def colleague(self, name: str, **plain: Any) -> None:
        """Somebody else answers facts of the same form meanwhile."""
        for fact, given in plain.items():
            self.answers[fact] = read_value(self.standard.facts[fact], given)
            self.authors[fact] = name
            self._remember({fact: self.answers[fact]}, name)
            self.answered_at[fact] = self.now

    def photos_stored(self, first: int, last: int, count: int) -> str:
        """The photos with these ids have been stored; the house asks what they are."""
        step = photos.ask(self.talk, first, last, count)
        self.stored = step.state.dump()
        self.steps.append(step)
        return self.reply

    def card(self) -> Buttons | Tick | None:
        cards = [b for b in self.steps[-1].bubbles if not isinstance(b, Words)]
        return cards[-1] if cards else None

    def _carry_out(self, effect: object) -> None:
        match effect:
            case RecordAnswer(values=values, raw=raw, earlier=earlier):
                self._record(values, raw, earlier)
            case RecordUnits(figures=figures):
                self.units = with_figures(self.units, figures)
            case SortPhotos(items=items):
                self.gathered = Gathered(self.gathered.items | set(items), self.gathered.unsorted)
            case HandOver() | AnswerHand() | EndHand():
                self._hand(effect)
            case SettlePoint(indicator=code, reply=reply):
                self.returned = tuple(
                    replace(each, settled=True, reply=reply) if each.indicator == code else each
                    for each in self.returned
                )
            case SendIn():
                self.form = replace(self.form, state="in_review")
            case Withdraw():
                self.form = replace(self.form, state="drafting")
            case PreferText(text_only=text_only):
                self.person = replace(self.person, text_only=text_only)

    def _hand(self, effect: HandOver | AnswerHand | EndHand) -> None:
        """What the house keeps of hand-overs."""
        if isinstance(effect, HandOver):
            known = {each.userid: each for each in self.people}
            receiver = known.get(effect.userid) or Known(effect.userid, effect.name)
            giver = Known(self.person.userid, self.person.name)
            for scope in effect.scopes:
                number = 1 + max((hand.id for hand in self.hands), default=0)
                offer = Hand(number, scope, giver, receiver, "offered", note=effect.note)
                kept = [h for h in self.hands if h.scope != scope or h.state != "declined"]
                self.hands = (*kept, offer)
            return
        hand = next(each for each in self.hands if each.id == effect.hand_id)
        if isinstance(effect, AnswerHand):
            state = "accepted" if effect.yes else "declined"
            changed: Hand | None = replace(hand, state=state, reply=effect.words)
        else:
            changed = None
            if effect.question:
                changed = replace(hand, without=(*hand.without, effect.question))
                changed = changed if questions_in(self.standard, changed) else None
        told = [changed if each.id == hand.id else each for each in self.hands]
        self.hands = tuple(each for each in told if each is not None)

    def _remember(self, values: Mapping[str, Value | None], by: str) -> None:
        """The history as the house keeps it, newest first."""
        for name, value in values.items():
            self.past = (Past(name, value, by, self.now), *self.past)

    def _record(
        self, values: Mapping[str, Value | None], raw: str, earlier: Mapping[str, Value]
    ) -> None:
        self._remember(values, self.person.name)
        kept = {name: Offer(value, EARLIER, "") for name, value in earlier.items()}
        self.last_change = Change({name: self.answers.get(name) for name in values}, raw)
        self.changed |= set(values) if self.returned else set()
        own = values.keys() - earlier.keys()
        foreign = {name for name in own if self.hands and not self._may(name)}
        assert not foreign, "a colleague answers what was not handed to them"
        for name, value in values.items():
            self.authors.pop(name, None)
            self.answered_at.pop(name, None)
            if value is None:
                self.answers.pop(name, None)
            else:
                self.answers[name] = read_value(self.standard.facts[name], value.plain())
                offer = self.offers.get(name)
                is_brought = offer is not None and offer.source != EARLIER
                if is_brought and same(offer.value, value):
                    del self.offers[name]
        self.offers |= kept
        self.hands = tuple(
            replace(hand, done=hand.done or is_done(self.standard, self.answers, hand))
            if hand.state == "accepted"
            else hand
            for hand in self.hands
        )

    def _may(self, fact: str) -> bool:
        """Whether the house lets this person answer a fact."""
        if Role.CONTACT in self.person.roles:
            return True
        asks = self.standard.question_of[fact].id
        held = [h for h in self.hands if h.receiver.userid == self.person.userid]
        return any(
            asks in questions_in(self.standard, hand) for hand in held if hand.state == "accepted"
        )


@pytest.fixture(scope="session")
def standard() -> Standard:
    return load("meijiang-2021")


Converse = Callable[..., Conversation]


@pytest.fixture
def converse(standard: Standard) -> Converse:
    """Makes a conversation; `start` gives plain answers by fact, `example` those of a file."""

    def make(
        start: Mapping[str, Any] | None = None, example: str = "", **changes: Any
    ) -> Conversation:
        answers = dict(finished(standard.text, example)) if example else {}
        for fact, given in (start or {}).items():
            if given is None:
                answers.pop(fact, None)
            else:
                answers[fact] = read_value(standard.facts[fact], given)
        return Conversation(standard, answers, **changes)

    return make


@cache
def finished(standard_text: str, example: str) -> Mapping[str, Value]:
    """The answers of a file, with what may be left out left blank, so that nothing is open. Read
    once: the file is parsed for longer than a conversation takes."""
    standard = from_text(standard_text)
    answers = read_answers_file(standard, EXAMPLES / example)
    for name, value in answers.items():
        if isinstance(value, Rows):
            columns = standard.facts[name].columns
            blanks = {c: Text("") for c, spec in columns.items() if spec.optional}
            answers[name] = Rows(tuple({**blanks, **row} for row in value.value))
    return answers


@dataclass(frozen=True)
class Played:
    """A whole form filled in, from the first greeting to 送审."""

    talk: Conversation
    facts: Mapping[str, Value]


@pytest.fixture(scope="session")
def played(standard: Standard) -> Callable[[str, bool], Played]:
    """Fills in an example's form by text or by cards; each is played once."""
    done: dict[tuple[str, bool], Played] = {}

    def play(example: str, text_only: bool) -> Played:
        key = (example, text_only)
        if key not in done:
            facts = read_answers_file(standard, EXAMPLES / f"{example}.yaml")
            person = replace(PERSON, text_only=text_only)
            talk = Conversation(standard, person=person, doubting=False)
            fill_in(talk, facts)
            done[key] = Played(talk, facts)
        return done[key]

    return play


def fill_in(talk: Conversation, facts: Mapping[str, Value]) -> None:
    """Answers all that is asked from `facts`, as somebody who knows them all, and sends in."""
    talk.open()
    for event in _events(talk, facts):
        talk.typed += [event.text] if isinstance(event, Said) else []
        talk.take(event)
    talk.say("送审")


def _events(talk: Conversation, facts: Mapping[str, Value]) -> Iterator[Event]:
    most = 3 * len(talk.standard.questions)
    for _ in range(most):
        item = talk.item
        if item is None:
            return
        if talk.person.text_only:
            yield Said(typed(item, facts, talk.standard))
        else:
            yield chosen(item, facts, talk.standard)
    raise AssertionError(f"still asking {talk.item} after {most} turns: {talk.reply}")


def status_of(waiting: Waiting, now: datetime, **more: Any) -> Status:
    """A form on a desk as it looks at a glance; `more` is what the desk doesn't know."""
    waived = {key: each.figures for key, each in waiting.waived.items()}
    measured = measure(waiting.standard, waiting.answers, waived, waiting.gathered.items)
    limit = waiting.form.due or waiting.form.deadline
    known = {
        "cycle": "2021年度部门整体支出绩效自评",
        "measure": measured,
        "limit": limit.astimezone(PLACE),
        "people": People(contacts=(waiting.contact,) if waiting.contact else ()),
        "overdue": limit < now,
        "begun": bool(waiting.answers),
        "left": 10,
    }
    return Status(form=waiting.form, standard=waiting.standard, **(known | more))


@pytest.fixture
def glance() -> Callable[..., Callable[[], Overview]]:
    """Gives what a desk looks at: `glance(waiting, …)`, one or several."""

    def make(*forms: Waiting, now: datetime) -> Callable[[], Overview]:
        return lambda: Overview(tuple(status_of(w, now) for w in forms), now.astimezone(PLACE))

    return make


@pytest.fixture
def look_at() -> Callable[..., Status]:
    """Gives a form at a glance: `look_at(waiting, now, idle=3, …)`."""
    return status_of
