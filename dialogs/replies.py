"""Steps that several parts of the interview share: say something, then ask what comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from dialogs.agenda import Item, form_of
from dialogs.bubbles import Words
from dialogs.case import Change
from dialogs.dependants import kept
from dialogs.describing import noted
from dialogs.doubts.seen import seen_now
from dialogs.echo import echo, finding_line
from dialogs.echo import effects as moved_scores
from dialogs.effects import Effect, RecordAnswer
from dialogs.hands.lines import all_helped, waiting_lead
from dialogs.materials import progress_lines
from dialogs.paper import way_to_seal
from dialogs.prompts import prompt
from dialogs.returned import next_point, point_bubbles
from dialogs.states import State
from dialogs.step import Step
from dialogs.tables.kept import draft_of
from dialogs.talk import Talk
from dialogs.together import key_of, show_together, together
from dialogs.wording import join, say
from scoring.questionnaire import Form
from scoring.reopening import facts_of
from scoring.values import Value
from scoring.waiving import is_waived

_SHOWN_FINDINGS = 5


def ask_next(talk: Talk, lead: str = "", effects: tuple[Effect, ...] = ()) -> Step:
    """Says `lead` and asks the current item; when nothing is left, says how to go on."""
    item = talk.current
    lead = waiting_lead(talk, item, lead) if item else lead
    point = next_point(talk) if item is None else None
    if point:
        open_ = set(facts_of(talk.case.standard, point.indicator))
        again = any(isinstance(each, RecordAnswer) and open_ & set(each.values) for each in effects)
        state = talk.state.but(asked="", editing="")
        return Step(state, effects, point_bubbles(talk.with_state(state), point, lead, again))
    if item is None:
        words = "\n\n".join(part for part in (lead, all_done(talk, lead)) if part)
        return Step(talk.state.but(asked="", editing=""), effects, (Words(words),))
    group = together(talk)
    if group:
        state = talk.state.but(asked=key_of(talk, group))
        return Step(state, effects, show_together(talk.with_state(state), group, lead))
    state = talk.state.but(asked=item.key, seen=seen_now(talk, item))
    return Step(state, effects, prompt(talk.with_state(state), item, lead))


def repeat(talk: Talk, lead: str) -> Step:
    """Says something short; the open question stays as it is and isn't shown again."""
    return Step(talk.state, (), (Words(lead),))


def elsewhere(talk: Talk) -> str:
    """Where the form is when the contact can't change it, and what to do."""
    if talk.case.form.needs_seal:
        return say("state_unsealed", way=way_to_seal(talk))
    names = join(list(talk.case.reviewers)) or say("reviewers_default")
    return say(f"state_{talk.case.form.state}", reviewers=names)


def all_done(talk: Talk, lead: str = "") -> str:
    """What is said when every question is answered; to a colleague, each of theirs. What the
    `lead` before it has said is not said again."""
    if talk.limit is not None:
        return all_helped(talk)
    lines = [say("all_done", score=talk.sheet.total.low)]
    let_pass = {key: waived.figures for key, waived in talk.case.waived.items()}
    found = [finding for finding in talk.findings if not is_waived(finding, let_pass)]
    told = [line for each in found[:_SHOWN_FINDINGS] if (line := finding_line(each)) not in lead]
    if told:
        lines += [say("all_done_findings", count=len(found)), *told]
    return "\n".join([*lines, *progress_lines(talk), say("all_done_next")])


def keep(
    talk: Talk,
    item: Item,
    values: Mapping[str, Value],
    raw: str,
    notes: Sequence[tuple[str, str]] = (),
    tail: str = "",
    details: Sequence[str] = (),
    agreed: Collection[str] = (),
) -> Step:
    """Records values for an item, says what they did, and asks what comes next. The facts in
    `agreed` keep what was offered for them.

    With a `tail` (something was not understood) the same item is asked again.
    """
    state = moved_on(talk.state, item)
    done = kept(talk, state, values, raw, agreed)
    after = done.after
    if tail and any(open_item.key == item.key for open_item in after.items):
        after = after.with_state(state.but(asked=item.key))
    elif tail and not item.columns:
        # What was not understood may be left out, so that nothing else would keep this open.
        after = after.with_state(state.but(asked=item.key, editing=item.question.id))
    lead = "\n".join([echo(talk, after, item, values, notes, details), *done.lines])
    lead = f"{lead}\n{tail}" if tail else lead
    return ask_next(after, lead, (done.effect,))


def moved_on(state: State, item: Item) -> State:
    """The state when an item has been dealt with; a question left open meanwhile stays open."""
    question = item.question.id
    mine = state.editing == question or state.asked.split(".")[0] == question
    skipped = tuple(key for key in state.skipped if key != item.key)
    kept = state if item.columns else state.with_draft(question, None)
    asked = "" if mine else state.asked
    editing = "" if mine else state.editing
    return kept.but(asked=asked, editing=editing, pending={}, skipped=skipped)


def start_editing(talk: Talk, question_id: str, lead: str = "") -> Step:
    """Asks a question again with its present answer shown."""
    item, question = talk.edited(question_id), talk.question(question_id)
    if item is None or question is None:
        number = talk.number(question) if question else 0
        return repeat(talk, say("edit_not_applicable", number=number))
    seen = seen_now(talk, item)
    state = talk.state.but(editing=question_id, asked=item.key, pending={}, seen=seen)
    is_table = form_of(item.question, talk.case.standard.facts) is Form.ROWS
    if is_table and question_id not in state.drafts:
        state = state.with_draft(question_id, draft_of(talk, item.facts[0]))
    return Step(state, (), prompt(talk.with_state(state), item, lead))


def undo(talk: Talk, change: Change) -> Step:
    """Takes the person's last change back; rows that it had closed are open again."""
    facts, values = talk.case.standard.facts, dict(change.before)
    here = "" if talk.state.editing else talk.state.asked
    state = talk.state.but(asked="", editing="", pending={}, taken="")
    for name in values:
        rows = draft_of(talk, name) if values[name] is None else ()
        state = state.with_draft(talk.case.standard.question_of[name].id, rows or None)
    after = talk.after(values, state)
    restored = {n: v for n, v in values.items() if v is not None}
    taken = [facts[n].label for n, v in values.items() if v is None]
    lines = [say("undo_back", what=noted(restored, talk.case.standard))] if restored else []
    lines += [say("undo_taken", what=join(taken[:4]))] if taken else []
    lines += moved_scores(talk, after)
    after = after.with_state(state.but(asked=_first_key(after, values) or here))
    return ask_next(after, "\n".join(lines), (RecordAnswer(values, change.raw),))


def _first_key(talk: Talk, facts: Mapping[str, Value | None]) -> str:
    """The open item that asks what was taken back."""
    return next((i.key for i in talk.items if set(i.facts) & set(facts)), "")
