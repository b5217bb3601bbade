"""What people are told about a form that others have moved on."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import approval
from dialogs.bubbles import Bubble, Buttons, Choice, Detail, Words
from dialogs.case import FormView, Returned, Role, Waiting
from dialogs.delivering import Parcel, parcel_lines
from dialogs.desk_cards import key_about
from dialogs.materials import desk_lines
from dialogs.naming import target_name
from dialogs.waiving import waived_lines
from dialogs.wording import clauses, join, say
from scoring.engine import findings, score
from scoring.losses import cause_of
from scoring.rules.base import Points
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.tree import Basis
from scoring.values import Text
from scoring.wording import explain_finding, explain_loss


def review_request(waiting: Waiting) -> tuple[Bubble, ...]:
    """What a reviewer gets when a form is sent in: score, points lost and why, a card."""
    sheet = score(waiting.standard, waiting.answers)
    lines = [_line("review_details", waiting, sheet), *approval.about(waiting)]
    lines += _losses(waiting, sheet, causes=True)
    doubts = findings(waiting.standard, waiting.answers)
    if doubts:
        lines.append(say("review_findings"))
        lines += [say("submit_blocker", text=explain_finding(f)) for f in doubts[:5]]
    lines += [*desk_lines(waiting, sheet), *_since(waiting)]
    lines.append(say("review_ask"))
    card = Buttons(
        approval.key_of(waiting),
        say("review_title", department=waiting.form.department),
        _line("review_note", waiting, sheet),
        (Choice("approve", say("approve_button")), Choice("send_back", say("send_back_button"))),
        (*approval.details(waiting), *_pages(waiting, "decide", "materials")),
    )
    return (Words("\n".join(lines)), card)


def delivered_to_finance(
    waiting: Waiting, code: str = "", parcel: Parcel | None = None
) -> tuple[Bubble, ...]:
    """What finance gets with a report: the summary with doubtful rules named, and a card. `code`
    is the version code printed on it."""
    sheet = score(waiting.standard, waiting.answers)
    lines = [*finance_summary(waiting, code, parcel), say("finance_ask")]
    card = Buttons(
        key_about(Role.FINANCE, waiting.form),
        say("finance_title", department=waiting.form.department),
        _line("finance_note", waiting, sheet),
        (Choice("accept", say("accept_button")), Choice("send_back", say("send_back_button"))),
        _pages(waiting, "decide", "materials", "deliveries"),
    )
    return (Words("\n".join(lines)), card)


def finance_summary(waiting: Waiting, code: str = "", parcel: Parcel | None = None) -> list[str]:
    """The covering summary of a delivery: score, losses, what is doubtful, what changed since the
    last one, whether it is late and where the evidence is."""
    sheet = score(waiting.standard, waiting.answers)
    lines = [_line("finance_details", waiting, sheet), *approval.about(waiting)]
    lines += _losses(waiting, sheet)
    assumed = [i.code for i in waiting.standard.indicators if i.basis is Basis.ASSUMED]
    if assumed:
        lines.append(say("finance_assumed", codes=join(assumed)))
    offline = [c for c in sheet.indicators if sheet[c].state is Points.OFFLINE]
    if offline:
        lines.append(say("finance_offline", codes=join(offline)))
    lines += [*desk_lines(waiting, sheet), *_since(waiting)]
    if parcel:
        lines += parcel_lines(parcel)
    if code and waiting.form.needs_seal:
        lines.append(say("finance_unsealed", code=code))
    return lines


def _pages(waiting: Waiting, *names: str) -> tuple[Detail, ...]:
    """Rows of a card that open these pages: to decide point by point, to look at the evidence."""
    return tuple(
        (say(f"row_{page}"), say("row_open"), waiting.links[page])
        for page in names
        if page in waiting.links
    )


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


def sent_back(
    form: FormView,
    words: str,
    by: str,
    standard: Standard | None = None,
    points: Sequence[Returned] = (),
) -> tuple[Bubble, ...]:
    """The contact is told who returned the form, with what words and until when it is to be
    back; where single indicators came back, which, and that only they are open."""
    named = [each for each in points if each.indicator]
    if standard is None or not named:
        told = say("sent_back_contact", department=form.department, words=words, by=by)
        return (Words("\n".join([told, *approval.due_lines(form), say("sent_back_next")])),)
    head = say("sent_back_points", department=form.department, by=by, count=len(named))
    lines = [
        say("sent_back_point", name=target_name(standard, each.indicator), words=each.words)
        for each in named
    ]
    return (
        Words("\n".join([head, *lines, *approval.due_lines(form), say("sent_back_points_next")])),
    )


def _since(waiting: Waiting) -> list[str]:
    """What came back last time with the answers to it, what changed, what was let pass."""
    named = [each for each in waiting.returned if each.indicator]
    lines = [say("returned_lines", count=len(named))] if named else []
    for each in named:
        name = target_name(waiting.standard, each.indicator)
        answer = each.reply or say("returned_no_reply")
        lines.append(say("returned_line", name=name, words=each.words, reply=answer))
    if waiting.changes:
        lines += [say("changed_lines"), *waiting.changes]
    return lines + waived_lines(waiting)


def delivered(form: FormView) -> tuple[Bubble, ...]:
    """The contact is told that finance has the report."""
    return (Words(say("delivered_contact", department=form.department, version=form.version)),)


def accepted(form: FormView) -> tuple[Bubble, ...]:
    """The contact is told that finance has accepted, and what is still owed on paper."""
    code = "accepted_contact_unsealed" if form.needs_seal else "accepted_contact"
    return (Words(say(code, department=form.department)),)
