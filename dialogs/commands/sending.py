"""Commands that hand the form on: 送审 and 撤回."""

from __future__ import annotations

from dialogs.approval import further
from dialogs.bubbles import Words
from dialogs.commands.materials import confirmation
from dialogs.commands.waiving import blocked, open_blockers
from dialogs.effects import SendIn, Withdraw
from dialogs.hands.lines import owing_lines
from dialogs.materials import submitted_line
from dialogs.replies import ask_next, elsewhere, repeat
from dialogs.returned import untouched
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.texts.unclosed import open_text
from dialogs.texts.writing import waiting
from dialogs.understand.command import Command
from dialogs.wording import join, say
from scoring.progress import gaps

_SHOWN = 8


def submit(talk: Talk, command: Command) -> Step:
    """送审: refused with what is missing or contradictory, else handed to the reviewers."""
    if begun := waiting(talk):
        return open_text(talk, begun[0])
    missing = gaps(talk.case.standard, talk.answers)
    if missing:
        return _gaps(talk, {gap.fact for gap in missing})
    if talk.state.editing and talk.state.drafts.get(talk.state.editing):
        return repeat(talk, say("submit_unsaved"))
    contradictions = open_blockers(talk)
    if contradictions:
        return blocked(talk, contradictions)
    silent = untouched(talk)
    if silent:
        return ask_next(talk, say("point_touched", count=len(silent)))
    unsure = confirmation(talk)
    if unsure:
        return unsure
    names = join(list(talk.case.reviewers)) or say("reviewers_default")
    words = say("submitted", score=talk.sheet.total.low, reviewers=names)
    words += further(talk.case.chain) + submitted_line(talk)
    state = talk.state.but(asked="", editing="", drafts={}, pending={})
    return Step(state, (SendIn(),), (Words(words),))


def _gaps(talk: Talk, missing: set[str]) -> Step:
    facts = talk.case.standard.facts
    questions = {i.question.id: i for i in talk.items if missing & set(i.facts)}
    lines = [say("submit_gaps", count=len(questions))]
    for item in list(questions.values())[:_SHOWN]:
        label = join([facts[name].label for name in item.facts[:2]])
        lines.append(say("question_named", number=talk.number(item.question), label=label))
    if len(questions) > _SHOWN:
        lines.append(say("submit_gap_more", count=len(questions) - _SHOWN))
    lines += owing_lines(talk)
    return ask_next(talk, "\n".join([*lines, say("submit_gaps_next")]))


def withdraw(talk: Talk, command: Command) -> Step:
    """撤回: while the form waits for its reviewers it can be taken back."""
    if talk.case.form.state != "in_review":
        drafting = talk.case.form.state == "drafting"
        return repeat(talk, say("withdraw_nothing") if drafting else elsewhere(talk))
    return Step(talk.state, (Withdraw(),), (Words(say("withdrawn")),))
