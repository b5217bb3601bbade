"""Commands that hand the form on: 送审 and 撤回."""

from __future__ import annotations

from dialogs.bubbles import Words
from dialogs.effects import SendIn, Withdraw
from dialogs.replies import ask_next, elsewhere, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.wording import join, say
from scoring.progress import gaps
from scoring.wording import explain_finding

_SHOWN = 8


def submit(talk: Talk, command: Command) -> Step:
    """送审: refused with what is missing or contradictory, else handed to the reviewers."""
    missing = gaps(talk.case.standard, talk.answers, talk.sheet)
    if missing:
        return _gaps(talk, {gap.fact for gap in missing})
    if talk.state.editing and talk.state.drafts.get(talk.state.editing):
        return repeat(talk, say("submit_unsaved"))
    blockers = [f for f in talk.findings if f.severity == "blocker"]
    if blockers:
        lines = [say("submit_blockers")]
        lines += [say("submit_blocker", text=explain_finding(f)) for f in blockers]
        return repeat(talk, "\n".join([*lines, say("submit_blockers_next")]))
    names = join(list(talk.case.reviewers)) or say("reviewers_default")
    words = say("submitted", score=talk.sheet.total.low, reviewers=names)
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
    return ask_next(talk, "\n".join([*lines, say("submit_gaps_next")]))


def withdraw(talk: Talk, command: Command) -> Step:
    """撤回: while the form waits for its reviewers it can be taken back."""
    if talk.case.form.state != "in_review":
        drafting = talk.case.form.state == "drafting"
        return repeat(talk, say("withdraw_nothing") if drafting else elsewhere(talk))
    return Step(talk.state, (Withdraw(),), (Words(say("withdrawn")),))
