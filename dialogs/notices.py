"""What people are told about a form that others have moved on."""

from __future__ import annotations

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.case import FormView, Waiting
from dialogs.wording import clauses, join, say
from scoring.checks import findings
from scoring.engine import score
from scoring.losses import cause_of
from scoring.rules.base import Points
from scoring.sheet import ScoreSheet
from scoring.tree import Basis
from scoring.values import Text
from scoring.wording import explain_finding, explain_loss


def review_request(waiting: Waiting) -> tuple[Bubble, ...]:
    """What a reviewer gets when a form is sent in: score, points lost and why, a card."""
    sheet = score(waiting.standard, waiting.answers)
    lines = [_line("review_details", waiting, sheet), *_losses(waiting, sheet, causes=True)]
    doubts = findings(waiting.standard, waiting.answers, sheet)
    if doubts:
        lines.append(say("review_findings"))
        lines += [say("submit_blocker", text=explain_finding(f)) for f in doubts[:5]]
    lines.append(say("review_ask"))
    card = Buttons(
        f"review:{waiting.form.id}:{waiting.form.version}",
        say("review_title", department=waiting.form.department),
        _line("review_note", waiting, sheet),
        (Choice("approve", say("approve_button")), Choice("send_back", say("send_back_button"))),
    )
    return (Words("\n".join(lines)), card)


def delivered_to_finance(waiting: Waiting) -> tuple[Bubble, ...]:
    """What finance gets with a report: the summary with doubtful rules named, and a card."""
    sheet = score(waiting.standard, waiting.answers)
    lines = [_line("finance_details", waiting, sheet), *_losses(waiting, sheet)]
    assumed = [i.code for i in waiting.standard.indicators if i.basis is Basis.ASSUMED]
    if assumed:
        lines.append(say("finance_assumed", codes=join(assumed)))
    offline = [c for c in sheet.indicators if sheet[c].state is Points.OFFLINE]
    if offline:
        lines.append(say("finance_offline", codes=join(offline)))
    lines.append(say("finance_ask"))
    card = Buttons(
        f"finance:{waiting.form.id}:{waiting.form.version}",
        say("finance_title", department=waiting.form.department),
        _line("finance_note", waiting, sheet),
        (Choice("accept", say("accept_button")), Choice("send_back", say("send_back_button"))),
    )
    return (Words("\n".join(lines)), card)


def _line(code: str, waiting: Waiting, sheet: ScoreSheet) -> str:
    roots = [root.code for root in waiting.standard.roots]
    names = waiting.standard.nodes
    lost = waiting.standard.maximum - sheet.total.high
    return say(
        code,
        department=waiting.form.department,
        year=waiting.form.year,
        version=waiting.form.version,
        score=sheet.total.low,
        maximum=waiting.standard.maximum,
        contact=waiting.contact,
        lost=say("review_lost", points=lost) if lost else say("review_no_loss"),
        groups=join([say("group_points", name=names[c].name, points=sheet[c].low) for c in roots]),
    )


def _losses(waiting: Waiting, sheet: ScoreSheet, causes: bool = False) -> list[str]:
    lines = [say("review_losses")] if sheet.lossy() else []
    for code in sheet.lossy():
        node = sheet[code]
        why = clauses([explain_loss(loss) for loss in node.losses])
        name = waiting.standard.nodes[code].name
        lines.append(say("review_loss", code=code, name=name, why=why))
        cause = waiting.answers.get(cause_of(code))
        if causes and isinstance(cause, Text):
            lines.append(say("review_cause", cause=cause.value))
    return lines


def approved(form: FormView) -> tuple[Bubble, ...]:
    """The contact is told that the reviewer has approved."""
    return (Words(say("approved_contact", department=form.department)),)


def sent_back(form: FormView, words: str, by: str) -> tuple[Bubble, ...]:
    """The contact is told who returned the form, and with what words."""
    told = say("sent_back_contact", department=form.department, words=words, by=by)
    return (Words(f"{told}\n{say('sent_back_next')}"),)


def delivered(form: FormView) -> tuple[Bubble, ...]:
    """The contact is told that finance has the report."""
    return (Words(say("delivered_contact", department=form.department, version=form.version)),)


def accepted(form: FormView) -> tuple[Bubble, ...]:
    """The contact is told that finance has accepted."""
    return (Words(say("accepted_contact", department=form.department)),)
