"""请放行: figures that contradict each other keep a form from being sent in, and who may let
that pass is asked by one tap."""

from __future__ import annotations

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.effects import AskWaiver
from dialogs.events import Chosen
from dialogs.replies import ask_next, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.wording import join, say
from scoring.checks import Finding
from scoring.waiving import blockers
from scoring.wording import explain_finding

CARD = "waiver"
_ASK = "ask"


def open_blockers(talk: Talk) -> tuple[Finding, ...]:
    """The contradictions that nobody has let pass."""
    waived = {key: each.figures for key, each in talk.case.waived.items()}
    return blockers(talk.findings, waived)


def blocked(talk: Talk, found: tuple[Finding, ...]) -> Step:
    """What contradicts itself, and who may let it pass."""
    lines = [say("submit_blockers")]
    lines += [say("submit_blocker", text=explain_finding(finding)) for finding in found]
    lines.append(say("submit_blockers_next"))
    note = say("waiver_ask_note", names=_names(talk))
    if talk.case.person.text_only:
        return repeat(talk, "\n".join([*lines, note + say("waiver_ask_text")]))
    choices = (Choice(_ASK, say("waiver_ask_button")),)
    shown: tuple[Bubble, ...] = (
        Words("\n".join(lines)),
        Buttons(CARD, say("waiver_ask_title"), note, choices),
    )
    return Step(talk.state, (), shown)


def ask_waiver(talk: Talk, command: Command | None = None) -> Step:
    """请放行: reviewers and coordinators get a card with each contradiction."""
    if not open_blockers(talk):
        return repeat(talk, say("waiver_none"))
    words = say("waiver_asked", names=_names(talk))
    return Step(talk.state, (AskWaiver(),), (Words(words),))


def click(talk: Talk, event: Chosen) -> Step:
    """The button below the contradictions."""
    return ask_waiver(talk) if event.options == (_ASK,) else ask_next(talk)


def _names(talk: Talk) -> str:
    names = dict.fromkeys((*talk.case.reviewers, *talk.case.coordinators))
    return join(list(names)) or say("coordinators_default")
