"""What was handed to colleagues (转交) as the conversation sees it, and to whom it can be."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from bot.phrases import phrase
from dialogs.case import Case, Hand, Known, Person, Role
from dialogs.desk_cards import desk_of
from dialogs.hands.held import facts_of, hand_of_card, mine
from storage import hands, people


def hand_of(row: hands.Hand) -> Hand:
    """A stored hand-over as the conversation sees it."""
    return Hand(
        id=row.id,
        scope=row.scope,
        giver=Known(row.giver, row.giver_name, row.giver_office),
        receiver=Known(row.receiver, row.receiver_name, row.receiver_office),
        state=row.state,
        reply=row.reply,
        note=row.note,
        done=row.done,
        without=row.without,
    )


def hands_of(tx: Connection, form_id: int) -> tuple[Hand, ...]:
    """Those of a form that are not over, declined ones among them."""
    return tuple(hand_of(row) for row in hands.of_form(tx, form_id))


def in_role(person: Person, role: Role) -> Person:
    """The person as an interview sees them: who fills in here is no colleague (协办) who helps,
    whatever they are elsewhere, and the other way round."""
    if role is Role.COLLEAGUE:
        return replace(person, roles=frozenset({Role.COLLEAGUE}))
    return replace(person, roles=person.roles - {Role.COLLEAGUE})


def for_colleague(case: Case) -> Case:
    """What a colleague sees of a form: no pages, nothing that is for its contact to decide, and
    what waits to be taken over only where they answer."""
    own = {fact for hand in mine(case) for fact in facts_of(case.standard, hand)}
    offers = {fact: offer for fact, offer in case.offers.items() if fact in own}
    less = replace(case, units=(), links={}, chain=(), reviewers=(), coordinators=(), waived={})
    return replace(less, offers=offers)


def decides(card: str | None) -> bool:
    """Whether the card of this key asks for a decision, at a desk or about a hand-over, and not
    for an answer."""
    return desk_of(card) is not None or hand_of_card(card or "") is not None


def people_for(tx: Connection, userid: str, department_id: int) -> tuple[Known, ...]:
    """Everybody to whom somebody could hand over, those of the form's own department first."""
    others = [each for each in people.directory(tx) if each.userid != userid]
    others.sort(key=lambda each: department_id not in each.departments)
    reviewers = {each.userid for each in people.holders(tx, Role.REVIEWER, department_id)}
    return tuple(_known(each, department_id, each.userid in reviewers) for each in others)


def _known(person: people.Named, here: int, reviews: bool) -> Known:
    """Where they sit; of another department, with its name."""
    elsewhere = "" if here in person.departments else next(iter(person.departments.values()), "")
    places = [place for place in (elsewhere, person.office) if place]
    post = phrase("place_dot").join(places)
    return Known(person.userid, person.name, post, person.aliases, reviews)
