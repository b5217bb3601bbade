"""What people are told about finance's review: the opinion, objections to it, decisions on these."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.cards import NOTE_LIMIT, TITLE_LIMIT
from dialogs.case import FormView, Role
from dialogs.desk_cards import key_about
from dialogs.talk import PLACE
from dialogs.wording import say, shortened
from scoring.reviewing import Change

Told = tuple[Bubble, ...]
CARD = "opinion:"
"""Keys of the contacts' cards about an opinion begin so; its number follows."""
REVIEW = "review"
AGREE, APPEAL, UPHOLD, REJECT = "agree", "appeal", "uphold", "reject"
_SHORT = 14


def day(moment: datetime) -> str:
    """A day as it is called here: 6月20日."""
    local = moment.astimezone(PLACE)
    return say("month_day", month=local.month, day=local.day)


def opinion_said(
    form: FormView,
    number: int,
    total: Decimal,
    grade: str,
    changes: Sequence[Change],
    final: bool,
) -> Words:
    """The opinion in a few words; the document goes with it."""
    numbers = {"department": form.department, "year": form.year, "number": number}
    head = "opinion_told_final" if final and number > 1 else "opinion_told"
    lines = [say(head, **numbers, total=total, grade=grade)]
    lines += [change_line(each) for each in changes] or [say("opinion_same")]
    return Words("\n".join(lines))


def opinion_card(form: FormView, number: int, until: datetime, link: str) -> Buttons:
    """What a contact can do about it: one tap to agree, how to object."""
    note = say("opinion_note", day=day(until))
    choices = (
        Choice(AGREE, say("opinion_agree_button")),
        Choice(APPEAL, say("opinion_appeal_button")),
    )
    rows = ((say("opinion_page"), say("opinion_open"), link),) if link else ()
    title = say("opinion_title", department=shortened(form.department, TITLE_LIMIT - _SHORT))
    return Buttons(f"{CARD}{number}", title, note, choices, rows)


def change_line(change: Change) -> str:
    """One indicator: from the department's points to the reviewed ones."""
    numbers = {"code": change.code, "name": change.name, "points": change.points}
    if change.own is None:
        return say("review_line_paper", **numbers)
    return say("review_line", **numbers, own=change.own)


def appealed(form: FormView, change: Change, words: str, name: str) -> Told:
    """Finance learns what a department says against one indicator, with two buttons."""
    lead = say("appeal_told", department=form.department, name=name, line=change_line(change))
    text = f"{lead}\n{words}"
    title = say(
        "appeal_title",
        department=shortened(form.department, TITLE_LIMIT - _SHORT),
        code=change.code,
    )
    key = key_about(Role.FINANCE, form, REVIEW, APPEAL, change.code)
    choices = (
        Choice(UPHOLD, say("appeal_uphold_button")),
        Choice(REJECT, say("appeal_reject_button")),
    )
    if len(text) <= NOTE_LIMIT:
        return (Buttons(key, title, text, choices),)
    return (Words(text), Buttons(key, title, say("appeal_note"), choices))


def agreed(form: FormView, name: str, number: int) -> Told:
    """Finance learns that the department agrees."""
    return (Words(say("agreed_told", department=form.department, name=name, number=number)),)


def settled(
    form: FormView,
    code: str,
    upheld: bool,
    points: Decimal | None,
    reply: str,
    name: str,
) -> Told:
    """The contacts learn what finance decided."""
    numbers = {"department": form.department, "code": code, "reply": reply, "name": name}
    if not upheld:
        return (Words(say("settled_rejected", **numbers)),)
    if points is None:
        return (Words(say("settled_upheld", **numbers)),)
    return (Words(say("settled_partly", **numbers, points=points)),)
