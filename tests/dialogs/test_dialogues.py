"""Every conversation in tests/dialogues: what was said, what was answered, what was kept.

A step holds one of

    said: text                            `earlier: n`: sent n seconds ago, delivered only now
    chosen: {card: key, options: [...]}   a click; `card: last` is the card shown last
    opened: true
    photo: media id                       a photo was sent
    stored: [first, last, count]          the photos with these ids have been stored
    sent: kind                            a voice message, picture, file …
    colleague: {name: …, answers: {…}}    somebody else answers the same form meanwhile
    moved: state                          the form has moved on; or {field of the form: value}
    later: datetime                       time has gone on
    brought: {fact: {value: …, source: …, place: …}}   a file is brought in meanwhile
    as: userid                            somebody else sits down (also beside one of the others)

and what must follow: `answered` and `not` (regular expressions on all that is shown), `answers`
(plain values by fact; null for none), `score`, `next` (key of the item asked now, null when
nothing is left), `effects`, `bubbles` (how many). A dialogue may say which materials are there
(`given`: ids or `all`; `unsorted`: a number), which of the `people` review (`reviewing`) and that there are pages (`pages: true`), and what came back: [[code, words, by], …]. `<id>`
stands for the number of a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogs.case import Gathered, Known, Link, Offer, Person, Returned, Role
from dialogs.events import Photo, Said, Unreadable
from scoring.plain import read_value

FILES = sorted((Path(__file__).parents[1] / "dialogues").glob("*.yaml"))
Conversation = Any  # of conftest.py, which can't be imported


def dialogues() -> list[Any]:
    return [
        pytest.param(dialogue, id=f"{path.stem}-{dialogue['name']}")
        for path in FILES
        for dialogue in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("dialogue", dialogues())
def test_dialogue(dialogue: dict[str, Any], converse: Callable[..., Conversation]) -> None:
    person = Person("chenyu", "陈宇", frozenset({Role.CONTACT}), dialogue.get("text_only", True))
    talk = converse(dialogue.get("start"), dialogue.get("example", ""), person=person)
    if dialogue.get("pages"):
        talk.links = {"materials": "https://jixiao.example/pages/materials/7"}
    talk.gathered = Gathered(given(dialogue, talk.standard), dialogue.get("unsorted", 0))
    talk.returned = tuple(Returned(*point) for point in dialogue.get("came_back", ()))
    talk.offers = offered(talk, dialogue.get("offers", {}))
    talk.last_year = {
        name: read_value(talk.standard.facts[name], plain)
        for name, plain in dialogue.get("last_year", {}).items()
    }
    talk.links = {**talk.links, **dialogue.get("links", {})}
    talk.chain = tuple(linked(link) for link in dialogue.get("chain", ()))
    talk.people = tuple(
        Known(*each[:3], aliases=tuple(each[3:]), reviews=each[0] in dialogue.get("reviewing", ()))
        for each in dialogue.get("people", ())
    )
    for number, step in enumerate(dialogue["steps"], start=1):
        shown = act(talk, step)
        try:
            check(talk, step, shown)
        except AssertionError as error:
            raise AssertionError(f"step {number}: {step}\n{error}\n--- shown:\n{shown}") from error


def given(dialogue: dict[str, Any], standard: Any) -> frozenset[str]:
    if dialogue.get("given") == "all":
        return frozenset(item.id for each in standard.indicators for item in each.evidence)
    return frozenset(dialogue.get("given", ()))


def linked(given: dict[str, Any]) -> Link:
    """A link of the chain of approval: rank, title, names, approved_by."""
    names = tuple(given["names"])
    leaders = tuple(given.get("leaders", names))
    return Link(given["rank"], given["title"], names, given.get("approved_by", ""), leaders)


def offered(talk: Conversation, given: dict[str, Any]) -> dict[str, Offer]:
    """What a dialogue brings: fact → {value, source, place, certain}."""
    return {
        name: Offer(**(offer | {"value": read_value(talk.standard.facts[name], offer["value"])}))
        for name, offer in given.items()
    }


def act(talk: Conversation, step: dict[str, Any]) -> str:
    if "as" in step:
        talk.sits_down(step["as"])
    match step:
        case {"said": text, "earlier": seconds}:
            return talk.take(Said(numbered(talk, str(text)), talk.now - timedelta(seconds=seconds)))
        case {"said": text}:
            return talk.say(numbered(talk, str(text)))
        case {"chosen": {"card": card, "options": options}}:
            key = talk.card().key if card == "last" else card
            return talk.choose(key, *map(str, options))
        case {"opened": _}:
            return talk.open()
        case {"photo": media_id}:
            return talk.take(Photo(str(media_id)))
        case {"stored": [first, last, count]}:
            return talk.photos_stored(first, last, count)
        case {"sent": kind}:
            return talk.take(Unreadable(kind))
        case {"colleague": {"name": name, "answers": answers}}:
            talk.colleague(name, **answers)
        case {"moved": moved}:
            changes = moved if isinstance(moved, dict) else {"state": moved}
            talk.form = replace(talk.form, **changes)
        case {"brought": more}:
            talk.offers |= offered(talk, more)
        case {"later": moment}:
            talk.now = datetime.fromisoformat(str(moment))
        case {"as": _}:
            return ""
        case _:
            raise ValueError(step)
    return ""


def check(talk: Conversation, step: dict[str, Any], shown: str) -> None:
    for pattern in listed(step.get("answered")):
        assert re.search(numbered(talk, pattern), shown), f"not answered: {pattern}"
    for pattern in listed(step.get("not")):
        assert not re.search(numbered(talk, pattern), shown), f"answered: {pattern}"
    for fact, plain in step.get("answers", {}).items():
        value = talk.answers.get(fact)
        assert (None if value is None else value.plain()) == plain, fact
    if "score" in step:
        assert talk.talk.sheet.total.low == Decimal(str(step["score"]))
    if "next" in step:
        assert (talk.item.key if talk.item else None) == step["next"]
    if "effects" in step:
        assert talk.effects == step["effects"]
    if "bubbles" in step:
        assert len(talk.steps[-1].bubbles) == step["bubbles"]


def numbered(talk: Conversation, text: str) -> str:
    """The text with `<id>` replaced by the number of that question."""
    numbers = talk.standard.number_of
    return re.sub("<([a-z_]+)>", lambda found: str(numbers[found.group(1)]), text)


def listed(given: str | list[str] | None) -> list[str]:
    return [given] if isinstance(given, str) else given or []
