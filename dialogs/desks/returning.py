"""退回 with indicators named: what will be open again is shown first, one tap returns it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.cards import NOTE_LIMIT, TITLE_LIMIT
from dialogs.case import Desk, Role, Waiting
from dialogs.desk_cards import key_about
from dialogs.desks.base import form_meant, not_waiting, reply, waiting
from dialogs.effects import SendBack
from dialogs.events import Chosen, Event, Said
from dialogs.naming import known_targets, questions_named, target_name
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.command import read_fixed
from dialogs.understand.plain_text import bare_words
from dialogs.understand.returning import (
    Mention,
    Points,
    meant_by,
    read_points,
    read_return,
    says_leave_out,
    says_whole,
)
from dialogs.wording import join, say, shortened

KIND = "points"
_MAY = (Role.REVIEWER, Role.FINANCE)
_CARD_PARTS = 5


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """The step of a return that names indicators; None for everything else."""
    if desk.role not in _MAY:
        return None
    if isinstance(event, Chosen):
        return _chosen(state, event, desk)
    if not isinstance(event, Said):
        return None
    mine = state.pending if state.pending.get("kind") == KIND else {}
    asked = read_return(event.text)
    if mine and bare_words(event.text) == _yes_label(_read(mine)):
        # The button's own words begin like a new return.
        return _answered(state, event.text, desk)
    if asked is not None:
        return _fresh(state.but(pending={}) if mine else state, asked, desk)
    if mine:
        return _answered(state, event.text, desk)
    if state.pending.get("kind") == "send_back":
        return _words(state, event.text, desk)
    return None


def _fresh(state: State, asked: str, desk: Desk) -> Step | None:
    """退回 with what stands behind it; None where no indicator is named."""
    found, words = form_meant(waiting(desk), asked)
    if found is None:
        return None
    points = read_points(words, known_targets(found.standard))
    return _settle(state, found, points, desk) if points.mentions else None


def _words(state: State, text: str, desk: Desk) -> Step | None:
    """The words after 退回 was pressed, if they name indicators."""
    found = _form(desk, state.pending)
    if found is None:
        return None
    points = read_points(text, known_targets(found.standard))
    return _settle(state, found, points, desk) if points.mentions else None


def _answered(state: State, text: str, desk: Desk) -> Step | None:
    """What was said while a return waits: a code, words, yes or no. Other commands drop it."""
    found, fresh = _form(desk, state.pending), state.but(pending={})
    if found is None:
        return None
    command = read_fixed(text)
    said = bare_words(text)
    points = _read(state.pending)
    if (command and command.name == "cancel") or said == say("cancel_button"):
        return reply(fresh, say("send_back_dropped", department=found.form.department))
    if says_whole(text):
        return _whole(fresh, found, points)
    known = known_targets(found.standard)
    more = read_points(text, known)
    at = next((n for n, each in enumerate(points.mentions) if not each.target), None)
    if at is not None:
        return _cleared(state, found, points, at, text, desk)
    if more.mentions:
        return _settle(state, found, more, desk)
    if any(not each.words for each in points.mentions):
        if command and command.name in ("approve", "accept", "waiting"):
            return None
        return _settle(state, found, _with_words(points, said), desk)
    if (command and command.name in ("agree", "done")) or said in ("1", _yes_label(points)):
        return _returned(fresh, found, points)
    if said == "2":
        return reply(fresh, say("send_back_dropped", department=found.form.department))
    return None if command else _ask(state, found, points, desk)


def _cleared(
    state: State, found: Waiting, points: Points, at: int, text: str, desk: Desk
) -> Step | None:
    """What an unknown code was meant to be."""
    mentions = list(points.mentions)
    target = meant_by(text, known_targets(found.standard))
    if says_leave_out(text) and len(mentions) > 1:
        del mentions[at]
    elif target:
        mentions[at] = replace(mentions[at], target=target)
    else:
        more = read_points(text, known_targets(found.standard)).mentions
        if not more:
            return _ask(state, found, points, desk)
        mentions[at : at + 1] = [
            replace(each, words=each.words or mentions[at].words) for each in more
        ]
    return _settle(state, found, Points(tuple(mentions), points.preface), desk)


def _settle(state: State, found: Waiting, points: Points, desk: Desk) -> Step:
    """Keeps what was read and asks what is missing, or for the one tap."""
    merged: dict[str, Mention] = {}
    for each in points.mentions:
        key = each.target or f"?{each.said}"
        before = merged.get(key)
        if before and each.words and each.words != before.words:
            words = say("words_joined", first=before.words, second=each.words)
            each = replace(before, words=words if before.words else each.words)
        merged[key] = each
    return _ask(state, found, Points(tuple(merged.values()), points.preface), desk)


def _ask(state: State, found: Waiting, points: Points, desk: Desk) -> Step:
    form = found.form
    pending = {"kind": KIND, "form": form.id, "version": form.version, **asdict(points)}
    state = state.but(pending=json.loads(json.dumps(pending)))
    unknown = next((each for each in points.mentions if not each.target), None)
    if unknown:
        return reply(state, say("point_unknown", said=unknown.said))
    silent = [each for each in points.mentions if not each.words]
    if silent:
        names = join([target_name(found.standard, each.target) for each in silent])
        return reply(state, say("point_words", names=names))
    return Step(state, (), _confirm(found, points, desk))


def _confirm(found: Waiting, points: Points, desk: Desk) -> tuple[Bubble, ...]:
    """What will be open again with which words, and two buttons."""
    lines = [
        say(
            "point_line",
            name=target_name(found.standard, each.target),
            words=each.words,
            questions=questions_named(found.standard, each.target),
        )
        for each in points.mentions
    ]
    if points.preface:
        lines.append(say("point_preface", words=points.preface))
    text = "\n".join([*lines, say("points_rest")])
    name = shortened(found.form.department, TITLE_LIMIT - 12)
    title = say("points_title", department=name, count=len(points.mentions))
    key = key_about(desk.role, found.form, KIND, _mark(points))
    choices = (Choice("yes", _yes_label(points)), Choice("no", say("cancel_button")))
    if len(text) <= NOTE_LIMIT:
        return (Buttons(key, title, text, choices),)
    return (Words(text), Buttons(key, title, say("points_confirm_note"), choices))


def _chosen(state: State, event: Chosen, desk: Desk) -> Step | None:
    parts = event.card.split(":")
    if len(parts) != _CARD_PARTS or parts[3] != KIND:
        return None
    found = next((w for w in desk.forms if str(w.form.id) == parts[1]), None)
    if found is None:
        return None
    if found not in waiting(desk) or str(found.form.version) != parts[2]:
        return reply(state, not_waiting(found))
    mine = state.pending if state.pending.get("kind") == KIND else {}
    points = _read(mine) if mine else Points(())
    if not mine or _mark(points) != parts[4]:
        return reply(state, say("points_old"))
    fresh = state.but(pending={})
    if event.options[:1] == ("yes",):
        return _returned(fresh, found, points)
    return reply(fresh, say("send_back_dropped", department=found.form.department))


def _returned(state: State, found: Waiting, points: Points) -> Step:
    named = tuple((each.target, each.words) for each in points.mentions)
    told = [
        say("point_told", name=target_name(found.standard, target), words=words)
        for target, words in named
    ]
    words = say("words_list", points=told)
    if points.preface:
        words = say("words_joined", first=points.preface, second=words)
    noted = say("points_noted", department=found.form.department, count=len(named))
    return Step(state, (SendBack(found.form.id, words, named),), (Words(noted),))


def _whole(state: State, found: Waiting, points: Points) -> Step:
    """The whole form after all, with all that was said."""
    told = [f"{each.said} {each.words}".strip() for each in points.mentions]
    words = say("words_list", points=[part for part in (points.preface, *told) if part])
    noted = say("sent_back_noted", department=found.form.department, words=words)
    return Step(state, (SendBack(found.form.id, words),), (Words(noted),))


def _form(desk: Desk, pending: Mapping[str, Any]) -> Waiting | None:
    return next((w for w in waiting(desk) if w.form.id == pending.get("form")), None)


def _read(pending: Mapping[str, Any]) -> Points:
    mentions = tuple(Mention(**each) for each in pending.get("mentions", ()))
    return Points(mentions, pending.get("preface", ""))


def _with_words(points: Points, words: str) -> Points:
    mentions = tuple(replace(m, words=m.words or words) for m in points.mentions)
    return Points(mentions, points.preface)


def _yes_label(points: Points) -> str:
    return say("points_button", count=len(points.mentions))


def _mark(points: Points) -> str:
    """Tells two returns apart, so that an old card can't confirm a newer one."""
    told: Sequence[object] = [list(asdict(each).values()) for each in points.mentions]
    return hashlib.sha256(json.dumps([told, points.preface]).encode()).hexdigest()[:10]
