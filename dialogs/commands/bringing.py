"""Commands of the running start: 带入, 长文本, 清单, and 跟去年一样."""

from __future__ import annotations

from dialogs.bubbles import Buttons, Choice, Words
from dialogs.effects import OfficeList
from dialogs.offers import offers, whole_offer
from dialogs.replies import keep, repeat
from dialogs.standing import last_year_values, office_keys
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.wording import join, say
from scoring.remaining import Remaining, remaining

LISTS = "lists"
_MOST_BUTTONS = 6


def bring(talk: Talk, command: Command) -> Step:
    """带入: where last year's report and the accounts can be brought in."""
    link = talk.case.links.get("bring", "")
    return repeat(talk, say("bring_link", link=link) if link else say("bring_no_link"))


def texts(talk: Talk, command: Command) -> Step:
    """长文本: where long texts and tables can be typed and pasted."""
    link = talk.case.links.get("texts", "")
    return repeat(talk, say("texts_link", link=link) if link else say("texts_no_link"))


def lists(talk: Talk, command: Command) -> Step:
    """清单: the offices that still have to supply something; 清单 财务 sends that office's list."""
    left = _remaining(talk)
    if command.target:
        return _list_of(talk, left, command.target)
    if not left.offices:
        return repeat(talk, say("lists_none"))
    example = next(iter(left.offices))
    if talk.case.person.text_only or len(left.offices) > _MOST_BUTTONS:
        return repeat(talk, say("lists_text", named=_named(left), example=example))
    keys = {office: key for key, office in office_keys(talk.case.standard).items()}
    choices = tuple(
        Choice(keys[office], say("office_button", office=office, count=count))
        for office, count in left.offices.items()
    )
    note = say("lists_note", example=example)
    return Step(talk.state, (), (Buttons(LISTS, say("lists_title"), note, choices),))


def click_list(talk: Talk, options: tuple[str, ...]) -> Step:
    """An office was chosen on the card."""
    office = office_keys(talk.case.standard).get("".join(options), "")
    return _list_of(talk, _remaining(talk), office)


def _list_of(talk: Talk, left: Remaining, office: str) -> Step:
    office = next((o for o in office_keys(talk.case.standard).values() if o in office), office)
    if office not in office_keys(talk.case.standard).values():
        named = _named(left) or say("lists_none")
        return repeat(talk, say("lists_unknown", office=office, named=named))
    count = left.offices.get(office, 0)
    if not count:
        return repeat(talk, say("lists_office_done", office=office))
    link = talk.case.links.get("lists", "")
    code = "lists_coming" if link else "lists_coming_no_link"
    words = say(code, office=office, count=count, link=link)
    return Step(talk.state, (OfficeList(office),), (Words(words),))


def _remaining(talk: Talk) -> Remaining:
    return remaining(talk.case.standard, talk.answers)


def _named(left: Remaining) -> str:
    return join([say("standing_office", office=o, count=n) for o, n in left.offices.items()])


def same(talk: Talk, command: Command) -> Step:
    """同上, 一样: the same as what is shown with the question; what else was meant is not known."""
    item = talk.current
    offered = whole_offer(item, talk.case, talk.today) if item else {}
    if item is None or not offered or any(name in talk.answers for name in item.facts):
        return repeat(talk, say("same"))
    return keep(talk, item, offered, say("same_raw"), agreed=offered)


def as_last_year(talk: Talk, command: Command) -> Step:
    """跟去年一样: last year's answer to this question, said back so that it can be corrected."""
    item = talk.current
    if item is None or item.columns:
        return repeat(talk, say("same"))
    values = {**offers(item, talk.case, talk.today), **last_year_values(talk, item.facts)}
    facts = talk.case.standard.facts
    known = last_year_values(talk, item.facts)
    missing = [n for n in item.facts if n not in values and not facts[n].optional]
    if not known or missing:
        return repeat(talk, _no_last_year(talk, known=bool(known)))
    return keep(talk, item, values, say("as_last_year_raw"), agreed=set(values))


def own(talk: Talk, command: Command) -> Step:
    """我来填, typed instead of clicked: what was brought is not taken."""
    return repeat(talk, say("take_other"))


def _no_last_year(talk: Talk, *, known: bool) -> str:
    """What there is to do where last year's answer is not here, or only a part of it."""
    link = "" if known else talk.case.links.get("bring", "")
    return say("as_last_year_bring", link=link) if link else say("as_last_year_none")
