"""From a rule to deeds: finds the card and button or options that the rule means."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from emulator.chat import Bubble
from emulator.script import Rule
from emulator.world import World


@dataclass(frozen=True)
class Move:
    """What will be done, one deed after the other; `name` is for the report."""

    name: str
    deeds: list[Callable[[], object]]


def find_move(world: World, rule: Rule, userid: str) -> Move | None:
    """The deeds, or None if what the rule wants to press or choose is not there to be used."""
    if rule.press is not None:
        return _press(world, userid, rule.press)
    if rule.submit is not None:
        return _submit(world, userid, rule.submit)
    if rule.say:
        texts = rule.say
        return Move("say " + " / ".join(texts), [partial(world.say, userid, t) for t in texts])
    if rule.menu is not None:
        key = rule.menu
        return Move(f"menu {key}", [partial(world.menu_click, userid, key)])
    if rule.open:
        return Move("open", [partial(world.open_app, userid)])
    return Move("advance", [])


def _press(world: World, userid: str, wanted: str) -> Move | None:
    for bubble in _usable_cards(world, userid):
        for button in bubble.content.get("button_list") or []:
            if wanted in (button.get("key"), button.get("text")) and button.get("key"):
                deed = partial(world.press, userid, bubble.id, str(button["key"]))
                return Move(f"press {wanted}", [deed])
    return None


def _submit(world: World, userid: str, wanted: list[str] | dict[str, str]) -> Move | None:
    for bubble in _usable_cards(world, userid):
        picked = _pick(bubble.content, wanted)
        if picked is not None:
            return Move(f"submit {wanted}", [partial(world.submit, userid, bubble.id, picked)])
    return None


def _pick(
    card: dict[str, Any], wanted: list[str] | dict[str, str]
) -> list[str] | dict[str, str] | None:
    """The wanted options as ids, or None if this card does not offer them all."""
    if isinstance(wanted, list):
        ids = [_find_id(card.get("checkbox") or {}, entry) for entry in wanted]
        return None if not card.get("checkbox") or None in ids else [str(i) for i in ids]
    questions = {q["question_key"]: q for q in card.get("select_list") or []}
    found = {key: _find_id(questions.get(key) or {}, entry) for key, entry in wanted.items()}
    return None if None in found.values() else {key: str(i) for key, i in found.items()}


def _find_id(holder: dict[str, Any], wanted: str) -> str | None:
    for option in holder.get("option_list") or []:
        if wanted in (option["id"], option["text"]):
            return str(option["id"])
    return None


def _usable_cards(world: World, userid: str) -> list[Bubble]:
    """Cards that can still be pressed, the newest first."""
    return [b for b in reversed(world.seen(userid)) if b.waits_for_answer()]
