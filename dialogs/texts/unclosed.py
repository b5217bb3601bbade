"""Texts that were begun and not closed: named in lists, brought up before the form goes on."""

from __future__ import annotations

from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.texts.writing import Writing, asked, waiting
from dialogs.wording import join, say


def unclosed_lines(talk: Talk, code: str = "text_open_progress") -> list[str]:
    """A line that names the texts that wait; none where there are none."""
    names = [
        say(
            "text_open_name",
            number=talk.number(each.item.question),
            label=each.label,
            length=len(each.text),
        )
        for each in waiting(talk)
    ]
    return [say(code, names=join(names))] if names else []


def open_text(talk: Talk, writing: Writing) -> Step:
    """送审 while a text waits: it is the open one again, to be closed or dropped first."""
    item = writing.item
    is_open = any(each.key == item.key for each in talk.items)
    editing = "" if is_open or item.columns else item.question.id
    state = talk.state.but(asked=item.key, editing=editing, pending={})
    told = say("text_open_submit", label=writing.label, length=len(writing.text))
    now = Writing(talk.with_state(state), item)
    return Step(state, (), asked(now, [told], ("done", "whole")))
