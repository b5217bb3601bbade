"""What is told about a purge (清除): to whom may agree, to who asked, to finance."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.case import FormView, Role, Waiting
from dialogs.desk_cards import desk_of, key_at
from dialogs.wording import join, say

KIND = "purge"
AGREE, REFUSE = "agree", "refuse"


@dataclass(frozen=True)
class Done:
    """What a purge did: the delivered versions whose files are gone, the facts that still repeat
    the words, and whether an answer is missing now."""

    versions: tuple[int, ...] = ()
    left: tuple[str, ...] = ()
    is_fact: bool = False


def card(
    form: FormView, role: Role, purge_id: int, place: str, by: str, reason: str
) -> tuple[Bubble, ...]:
    """Asks somebody to agree or not; it names the place, never what stands there."""
    note = say("purge_card_note", department=form.department, place=place, name=by, reason=reason)
    choices = (Choice(AGREE, say("purge_agree")), Choice(REFUSE, say("purge_refuse")))
    told = say("purge_card_told", department=form.department, place=place, number=purge_id)
    return (
        Words(told),
        Buttons(key_at(role, KIND, purge_id), say("purge_card_title"), note, choices),
    )


def is_card_of(key: str, purge_id: int) -> bool:
    """Whether a card asks about this purge."""
    role = desk_of(key)
    return role is not None and key == key_at(role, KIND, purge_id)


def done(waiting: Waiting, place: str, asked: str, agreed: str, what: Done) -> tuple[Bubble, ...]:
    """Tells those concerned what is gone, and what is still to be done."""
    names = {"department": waiting.form.department, "place": place}
    lines = [say("purge_done", asked=asked, agreed=agreed, **names)]
    if what.is_fact:
        lines.append(
            say("purge_answer_again" if waiting.form.state == "drafting" else "purge_back")
        )
    if what.versions:
        lines.append(say("purge_versions", versions=_versions(what)))
    if what.left:
        facts = waiting.standard.facts
        lines.append(say("purge_left", labels=join([facts[n].label for n in what.left[:6]])))
    lines.append(say("purge_phones"))
    return (Words("\n".join(lines)),)


def recalled(form: FormView, what: Done) -> tuple[Bubble, ...]:
    """Tells finance that files it received are gone."""
    told = say("purge_recalled", department=form.department, versions=_versions(what))
    return (Words(told),)


def refused(form: FormView, place: str, by: str) -> tuple[Bubble, ...]:
    """Tells who asked that nothing was erased."""
    return (Words(say("purge_refused", department=form.department, place=place, name=by)),)


def _versions(what: Done) -> str:
    return join([str(version) for version in what.versions])
