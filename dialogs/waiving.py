"""Contradictions that may be let pass: how they are called, asked about and told of."""

from __future__ import annotations

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.cards import NOTE_LIMIT, TITLE_LIMIT
from dialogs.case import FormView, Role, Waiting
from dialogs.desk_cards import key_about
from dialogs.wording import say, shortened
from scoring.checks import Finding, Severity
from scoring.engine import findings
from scoring.waiving import blockers, is_waived, mark_of
from scoring.wording import explain_finding

KIND = "waive"
YES, NO = "waive_yes", "waive_no"
_SHORT = 12


def open_blockers(waiting: Waiting) -> tuple[Finding, ...]:
    """What keeps the form from being sent in, in the order in which it is numbered."""
    waived = {key: each.figures for key, each in waiting.waived.items()}
    return blockers(findings(waiting.standard, waiting.answers), waived)


def waiver_request(waiting: Waiting, finding: Finding, role: Role, by: str) -> tuple[Bubble, ...]:
    """What a reviewer or coordinator gets when a contact asks to let a finding pass."""
    form = waiting.form
    told = explain_finding(finding)
    words = say("waiver_text", department=form.department, name=by, finding=told)
    title = say("waiver_title", department=shortened(form.department, TITLE_LIMIT - _SHORT))
    key = key_about(role, form, KIND, mark_of(finding))
    choices = (Choice(YES, say("waive_button")), Choice(NO, say("waive_not_button")))
    if len(words) <= NOTE_LIMIT:
        return (Buttons(key, title, words, choices),)
    return (Words(words), Buttons(key, title, say("waiver_note"), choices))


def waived(form: FormView, finding: Finding, by: str, reason: str) -> tuple[Bubble, ...]:
    """The contacts are told that they may go on."""
    told = explain_finding(finding)
    return (Words(say("waived_contact", by=by, finding=told, reason=reason)),)


def refused(form: FormView, finding: Finding, by: str) -> tuple[Bubble, ...]:
    """The contacts are told that the figures are to be mended."""
    return (Words(say("refused_contact", by=by, finding=explain_finding(finding))),)


def waived_lines(waiting: Waiting) -> list[str]:
    """What finance and reviewers are told about findings that were let pass, with the reasons."""
    if not waiting.waived:
        return []
    figures = {key: each.figures for key, each in waiting.waived.items()}
    lines = [
        say("waived_line", finding=explain_finding(f), by=given.by, reason=given.reason)
        for f in findings(waiting.standard, waiting.answers)
        if f.severity is Severity.BLOCKER
        and is_waived(f, figures)
        and (given := waiting.waived[f.key])
    ]
    return [say("waived_lines"), *lines] if lines else []
