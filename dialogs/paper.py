"""What is said about the sealed paper (盖章件) that a delivered form may still wait for."""

from __future__ import annotations

from dialogs.bubbles import Bubble, Words
from dialogs.case import FormView
from dialogs.talk import PLACE, Talk
from dialogs.wording import say


def state_name(form: FormView) -> str:
    """Where a form is in a few words, 待盖章 included."""
    if form.needs_seal:
        accepted = form.state == "accepted"
        return say("state_name_accepted_unsealed" if accepted else "state_name_unsealed")
    return say(f"state_name_{form.state}")


def way_to_seal(talk: Talk) -> str:
    """The page where scans are taken, "" where there are no pages."""
    link = talk.case.links.get("seal", "")
    return say("seal_way", link=link) if link else ""


def delivered_unsealed(form: FormView, code: str, link: str) -> tuple[Bubble, ...]:
    """The contact is told that finance has the electronic copy, and how to hand in the sealed
    one; the files to print follow. `link` is the page for scans, "" without pages."""
    numbers = {"department": form.department, "version": form.version, "code": code}
    way = say("seal_way", link=link).strip() if link else ""
    words = say("delivered_unsealed", **numbers, way=way)
    if form.seal_decides:
        day = (form.due or form.deadline).astimezone(PLACE)
        deadline = say("month_day", month=day.month, day=day.day)
        words += "\n" + say("delivered_seal_decides", deadline=deadline)
    return (Words(words),)


def sealed(form: FormView, code: str, count: int) -> tuple[Bubble, ...]:
    """Finance is told that the sealed paper is there; the scans follow."""
    numbers = {"department": form.department, "version": form.version, "code": code}
    return (Words(say("finance_sealed", **numbers, count=count)),)


def seal_removed(form: FormView) -> tuple[Bubble, ...]:
    """Finance is told that the sealed paper was taken back."""
    words = say("finance_seal_removed", department=form.department, version=form.version)
    return (Words(words),)
