"""What people are told when another contact takes a form over (换人)."""

from __future__ import annotations

from collections import Counter

from dialogs.bubbles import Bubble, Words
from dialogs.case import FormView
from dialogs.talk import Talk
from dialogs.texts.unclosed import unclosed_lines
from dialogs.wording import join, say
from scoring.questionnaire import Known
from scoring.values import Text

_SHOWN = 6


def briefing(talk: Talk, *, predecessor: str) -> tuple[Bubble, ...]:
    """One screen for the successor: how far the form is, what waits, whom to ask."""
    case, progress = talk.case, talk.progress
    form = case.form
    lines = [
        say(
            "take_over",
            name=case.person.name,
            department=form.department,
            year=form.year,
            predecessor=predecessor,
        ),
        say(
            "take_over_progress",
            done=progress.done,
            total=progress.total,
            low=talk.sheet.total.so_far,
            deadline=talk.deadline,
            state=say(f"state_name_{form.state}"),
        ),
        *_waiting(talk),
        say(
            "take_over_ask",
            cover=_cover(talk),
            predecessor=predecessor,
            coordinators=join(list(case.coordinators)) or say("coordinators_default"),
        ),
    ]
    return (Words("\n".join(lines)),)


def _cover(talk: Talk) -> str:
    """What stands on the cover about the contact, and what is still to be changed there."""
    case, facts = talk.case, talk.case.standard.facts
    name = next((n for n, fact in facts.items() if fact.known is Known.CONTACT), "")
    if not name:
        return ""
    given, lines = case.answers.get(name), []
    shown = given.value if isinstance(given, Text) else ""
    if shown:
        code = "take_over_cover" if shown == case.person.name else "take_over_cover_other"
        lines.append(say(code, shown=shown, name=case.person.name))
    phones = [fact for fact in case.standard.question_of[name].facts if facts[fact].digits]
    for phone in phones:
        lines.append(say("take_over_phone_old" if phone in case.answers else "take_over_phone"))
    return "".join(lines)


def _waiting(talk: Talk) -> list[str]:
    case, state = talk.case, talk.state
    facts = case.standard.facts
    lines = []
    questions = list({item.question.id: item for item in talk.items}.values())
    owners = Counter(facts[item.facts[0]].keeper for item in questions)
    asked = [say("owner_count", owner=o, count=n) for o, n in owners.most_common() if o]
    if asked:
        lines.append(say("progress_owners", owners=join(asked)))
    skipped = [i for i in talk.items if i.key in state.skipped]
    if skipped:
        numbers = dict.fromkeys(str(talk.number(item.question)) for item in skipped)
        lines.append(say("progress_skipped", numbers=join(list(numbers)[:_SHOWN])))
    for question_id, rows in state.drafts.items():
        question = talk.question(question_id)
        if question and rows:
            label = facts[question.facts[0]].label
            lines.append(say("take_over_draft", label=label, count=len(rows)))
    lines += unclosed_lines(talk, "text_open_take_over")
    if case.form.returned_words:
        lines.append(say("returned_note", words=case.form.returned_words))
    return lines


def handed_over(form: FormView, *, new: str, by: str) -> tuple[Bubble, ...]:
    """The predecessor is told that the work is over, and who goes on."""
    told = say("handed_over", department=form.department, year=form.year, new=new, by=by)
    return (Words(told),)


def handed_over_desk(form: FormView, *, old: str, new: str, by: str) -> tuple[Bubble, ...]:
    """The reviewers are told who fills in now."""
    return (Words(say("handed_over_desk", department=form.department, old=old, new=new, by=by)),)
