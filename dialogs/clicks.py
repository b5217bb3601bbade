"""What becomes of a click: buttons pressed and options submitted on the interview's cards."""

from __future__ import annotations

from dialogs import photos, returned, settling
from dialogs.agenda import Item, form_of
from dialogs.agreeing import click_together
from dialogs.answers import column_values, pick_values
from dialogs.bubbles import Words
from dialogs.commands import waiving
from dialogs.commands.bringing import LISTS, click_list
from dialogs.describing import noted
from dialogs.doubts import clash, scale, tardy
from dialogs.doubts.second import compared, overtaken_item
from dialogs.events import Chosen
from dialogs.hands import wishes as handing
from dialogs.hands.held import hand_of_card
from dialogs.hands.offers import click_offer
from dialogs.offers import whole_offer
from dialogs.replies import ask_next, elsewhere, keep, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.texts import choices as text_choices
from dialogs.texts.writing import KEY as TEXT
from dialogs.together import KEY as TOGETHER
from dialogs.wording import say
from scoring.questionnaire import Form
from scoring.values import Letters, Rows, Value, YesNo


def click(talk: Talk, event: Chosen) -> Step:
    """Takes what was chosen; a card that is out of date changes nothing."""
    if talk.case.form.state != "drafting":
        return repeat(talk, elsewhere(talk))
    if event.card.startswith(photos.CARD):
        return photos.click(talk, event)
    if event.card.startswith(handing.CARD):
        return handing.click(talk, event)
    if hand_of_card(event.card) is not None:
        return click_offer(talk, event)
    if event.card.startswith(TOGETHER):
        return click_together(talk, event.card, event.options)
    if event.card == clash.KIND:
        return clash.settle(talk, mine=event.options == (clash.MINE,))
    if event.card == scale.KIND:
        return scale.settle(talk, "".join(event.options))
    if event.card == tardy.KIND:
        return tardy.click(talk, event)
    if event.card.startswith(TEXT):
        return text_choices.click(talk, event)
    if event.card == LISTS:
        return click_list(talk, event.options)
    if event.card == waiving.CARD:
        return waiving.click(talk, event)
    if event.card.startswith(returned.CARD):
        return settling.click(talk, event)
    key = event.card.removeprefix("ask:")
    if talk.state.editing and talk.state.editing == key:
        item = talk.edited(key)
    else:
        item = next((i for i in talk.items if i.key == key), None)
    if item is None:
        return _late_click(talk, key, event) or _old_card(talk, key)
    if event.options in (("take",), ("other",)):
        return _confirmed(talk, item, event.options)
    values = _values(talk, item, event.options)
    if values is None:
        return ask_next(talk, say("card_gone"))
    talk = talk.with_state(talk.state.but(taken=""))
    return keep(talk, item, values, "".join(event.options) or say("have_not"))


def _late_click(talk: Talk, key: str, event: Chosen) -> Step | None:
    """A click on the card shown last, whose question a colleague has answered meanwhile."""
    item = overtaken_item(talk)
    if item is None or item.key != key or event.options in (("take",), ("other",)):
        return None
    values = _values(talk, item, event.options)
    if values is None:
        return None
    return compared(talk, keep(talk, item, values, "".join(event.options) or say("have_not")))


def _confirmed(talk: Talk, item: Item, options: tuple[str, ...]) -> Step:
    """采用 keeps what was brought; 我来填 waits for words."""
    if options == ("other",):
        state = talk.state.but(asked=item.key)
        return Step(state, (), (Words(say("take_other")),))
    offered = whole_offer(item, talk.case, talk.today)
    if not offered:
        return ask_next(talk, say("card_gone"))
    return keep(talk, item, offered, say("take_it"), agreed=offered)


def _old_card(talk: Talk, key: str) -> Step:
    """A card whose question is answered already, or asked no longer: the answer stays."""
    question = talk.question(key.split(".")[0])
    facts = question.facts if question else ()
    given = {name: talk.answers[name] for name in facts if name in talk.answers}
    if question is None or not given:
        return ask_next(talk, say("card_gone"))
    what = noted(given, talk.case.standard)
    return ask_next(talk, say("card_old", number=talk.number(question), what=what))


def _values(talk: Talk, item: Item, options: tuple[str, ...]) -> dict[str, Value] | None:
    """What a click or a submission says to its item; None where it does not fit."""
    facts = talk.case.standard.facts
    if item.columns:
        rows = talk.answers[item.facts[0]]
        fits = item.row is None and isinstance(rows, Rows)
        return column_values(item, options, rows) if fits and isinstance(rows, Rows) else None
    match form_of(item.question, facts):
        case Form.YESNO if options in (("yes",), ("no",)):
            return {item.facts[0]: YesNo(options == ("yes",))}
        case Form.PICK:
            return pick_values(item, options)
        case Form.CHECKLIST:
            known = tuple(letter for letter in facts[item.facts[0]].options if letter in options)
            return {item.facts[0]: Letters(known)}
    return None
