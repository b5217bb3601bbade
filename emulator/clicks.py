"""What a click on a card sends: the fields of template_card_event, checked as a client would."""

from typing import Any

from emulator.chat import Bubble
from emulator.phrases import phrase

Choices = dict[str, list[str]]


class Refused(ValueError):
    """Something that a person could not do in the client; the code is one of phrases.yaml."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        super().__init__(phrase("refused", code, **values))


def press_fields(bubble: Bubble, key: str, chosen: str | None) -> tuple[str, dict[str, object]]:
    """Event name and fields for a button, or an entry of the "..." menu, with this key."""
    card = bubble.content
    buttons = [b for b in card.get("button_list") or [] if b.get("key") == key]
    if buttons and buttons[0].get("type", 0) == 1:
        raise Refused("opens_link")
    menu = (card.get("action_menu") or {}).get("action_list") or []
    if buttons:
        return "template_card_event", _selection(card, chosen)
    if any(entry.get("key") == key for entry in menu):
        return "template_card_menu_event", {}
    raise Refused("no_button", key=key)


def submit_fields(bubble: Bubble, picked: list[str] | dict[str, str]) -> tuple[str, Choices]:
    """Key of the submit button and what was chosen, by question, for vote and multiple cards."""
    card = bubble.content
    kind = card.get("card_type")
    if kind == "vote_interaction":
        choices = _vote(card["checkbox"], picked)
    elif kind == "multiple_interaction":
        choices = _multiple(card["select_list"], picked)
    else:
        raise Refused("nothing_to_submit")
    return str(card["submit_button"]["key"]), choices


def selected_items(choices: Choices) -> dict[str, object]:
    """The SelectedItems element: one entry for each question."""
    items = [
        {"QuestionKey": question, "OptionIds": {"OptionId": list(ids)} if ids else ""}
        for question, ids in choices.items()
    ]
    return {"SelectedItems": {"SelectedItem": items}}


def _selection(card: dict[str, Any], chosen: str | None) -> dict[str, object]:
    selection = card.get("button_selection")
    if not selection:
        return {}
    picked = chosen or selection.get("selected_id") or selection["option_list"][0]["id"]
    _need_known(selection, [picked])
    return selected_items({selection["question_key"]: [picked]})


def _vote(box: dict[str, Any], picked: list[str] | dict[str, str]) -> Choices:
    ids = list(picked)
    _need_known(box, ids)
    if box.get("mode", 0) == 0 and len(ids) > 1:
        raise Refused("single_choice")
    order = [option["id"] for option in box["option_list"]]
    return {box["question_key"]: sorted(set(ids), key=order.index)}


def _multiple(questions: list[dict[str, Any]], picked: list[str] | dict[str, str]) -> Choices:
    if not isinstance(picked, dict):
        raise Refused("needs_questions")
    unknown = set(picked) - {question["question_key"] for question in questions}
    if unknown:
        raise Refused("unknown_question", names=", ".join(sorted(unknown)))
    choices: Choices = {}
    for question in questions:
        first = question["option_list"][0]["id"]
        choice = picked.get(question["question_key"]) or question.get("selected_id") or first
        _need_known(question, [choice])
        choices[question["question_key"]] = [choice]
    return choices


def _need_known(holder: dict[str, Any], ids: list[str]) -> None:
    known = {option["id"] for option in holder["option_list"]}
    for given in ids:
        if given not in known:
            raise Refused("unknown_option", option=given)
