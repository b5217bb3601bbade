"""What is tapped or said in answer to something that was asked about a text."""

from __future__ import annotations

from dialogs.describing import noted
from dialogs.events import Chosen
from dialogs.replies import ask_next
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.texts.composing import (
    ADD,
    CHANGE,
    CLASH,
    DISCARD,
    ODD,
    OFFERED,
    PENDING,
    close,
    settled,
    taken,
)
from dialogs.texts.lasting import append
from dialogs.texts.pieces import rebased
from dialogs.texts.trimming import trim
from dialogs.texts.writing import KEY, Writing, item_of, now, whole
from dialogs.understand.repeated import digest
from dialogs.understand.text_edit import DROP, Edit
from dialogs.understand.text_piece import chosen_in_words
from dialogs.wording import say


def resume(talk: Talk, text: str) -> Step | None:
    """The answer in words to what was asked; None where the message is about other things."""
    pending = talk.state.pending
    ask = str(pending["ask"])
    choice = chosen_in_words(text, OFFERED[ask])
    if not choice and ask in (ODD, CHANGE) and digest(text) == digest(str(pending["text"])):
        choice = "take"
    return _settle(talk, choice) if choice else None


def click(talk: Talk, event: Chosen) -> Step:
    """A button of a text's card; one that is out of date shows how the text stands."""
    key = event.card.removeprefix(KEY)
    choice = event.options[0] if event.options else ""
    pending = talk.state.pending
    if pending.get("kind") == PENDING and pending.get("item") == key:
        step = _settle(talk, choice) if choice in OFFERED[str(pending["ask"])] else None
        if step:
            return step
    item = item_of(talk, key)
    writing = Writing(talk.with_state(talk.state.but(pending={})), item) if item else None
    if writing is None or not writing.parts:
        return _old(talk, key)
    return _tapped(writing, choice) or now(writing)


def _tapped(writing: Writing, choice: str) -> Step | None:
    match choice:
        case "done":
            return close(writing)
        case "whole":
            return whole(writing)
        case "last":
            result = trim(writing, Edit(DROP))
            return settled(writing, result.text, result.done, ended=False) if result else None
        case "after":
            if writing.replaces:
                parts = rebased(writing.parts, writing.base, writing.standing, after=True)
                return now(writing.holding(parts))
        case "more":
            return now(writing, say("text_go_on_card"))
    return None


def _old(talk: Talk, key: str) -> Step:
    """A card of a text that is closed, or of which nothing waits any more."""
    question = talk.question(key.split(".")[0])
    given = {n: talk.answers[n] for n in question.facts if n in talk.answers} if question else {}
    if question is None or not given:
        return ask_next(talk, say("card_gone"))
    told = {"number": talk.number(question), "what": noted(given, talk.case.standard)}
    return ask_next(talk, say("card_old", **told))


def _settle(talk: Talk, choice: str) -> Step | None:
    """Does what was chosen of what was asked last."""
    pending, ask = talk.state.pending, talk.state.pending["ask"]
    fresh = talk.with_state(talk.state.but(pending={}))
    if ask == ADD:
        return _added(fresh, choice, str(pending["text"]))
    item = item_of(fresh, str(pending["item"]))
    if item is None:
        return ask_next(fresh, say("card_gone"))
    writing = Writing(fresh, item)
    if ask == CLASH:
        return _clash(writing, choice)
    if ask == DISCARD:
        return _discarded(writing, choice)
    if choice == "drop":
        return _left_out(writing)
    if choice == "all":
        return settled(writing, str(pending["after"]), "", ended=bool(pending["ended"]))
    return taken(writing, str(pending["text"]), ended=bool(pending["ended"]))


def _left_out(writing: Writing) -> Step:
    lead = say("text_left_out")
    return now(writing, lead) if writing.text else ask_next(writing.talk, lead)


def _clash(writing: Writing, choice: str) -> Step:
    if choice == "theirs":
        state = writing.state_with(None).but(asked="", editing="")
        return ask_next(writing.talk.with_state(state), say("text_clash_theirs"))
    after = choice == "after" and bool(writing.standing)
    return close(
        writing.holding(rebased(writing.parts, writing.base, writing.standing, after=after))
    )


def _discarded(writing: Writing, choice: str) -> Step:
    if choice == "keep":
        return now(writing)
    kept = say("text_undone_kept") if writing.value is not None else ""
    state = writing.state_with(None).but(asked="", editing="")
    return ask_next(writing.talk.with_state(state), say("text_discarded") + kept)


def _added(talk: Talk, choice: str, text: str) -> Step:
    """还有…: behind the text before, or as the answer to the open question."""
    if choice == "drop":
        return ask_next(talk, say("text_left_out"))
    item = talk.current
    if choice == "after":
        return append(talk, text) or ask_next(talk, say("card_gone"))
    if item is None or item_of(talk, item.key) is None:
        return ask_next(talk, say("text_left_out"))
    return taken(Writing(talk, item), text, ended=False)
