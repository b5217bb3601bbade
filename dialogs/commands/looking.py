"""Commands that only look: help, progress, score, why, preview."""

from __future__ import annotations

from collections.abc import Callable

from dialogs.agenda import Item, matters
from dialogs.bubbles import Words
from dialogs.echo import why as why_of
from dialogs.effects import Preview
from dialogs.hands.lines import hand_lines
from dialogs.materials import progress_lines
from dialogs.replies import elsewhere, repeat
from dialogs.standing import standing_line
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.targets import find
from dialogs.texts.unclosed import unclosed_lines
from dialogs.understand.command import Command
from dialogs.wording import clauses, join, say
from scoring.wording import explain_loss

_DONE, _OPEN = "\u2714", "\u25cb"
_MOST_RULES = 2


def help_(talk: Talk, command: Command) -> Step:
    """帮助: what can be said, and whom to ask."""
    names = join(list(talk.case.coordinators)) or say("coordinators_default")
    return repeat(talk, say("help", coordinators=names))


def progress(talk: Talk, command: Command) -> Step:
    """进度: how far the form is, by section, what was put off, and whom to ask."""
    done, total = talk.progress.done, talk.progress.total
    lines = [
        say(
            "progress",
            department=talk.case.form.department,
            done=done,
            total=total,
            left=total - done,
            deadline=talk.deadline,
        ),
        *_by_section(talk),
    ]
    if talk.case.form.state != "drafting":
        return repeat(talk, "\n".join([*lines, elsewhere(talk)]))
    skipped = [i for i in talk.items if i.key in talk.state.skipped]
    if skipped:
        numbers = dict.fromkeys(_put_off(talk, item) for item in skipped)
        lines.append(say("progress_skipped", numbers=join(list(numbers))))
    lines += unclosed_lines(talk)
    if talk.items:
        lines.append(standing_line(talk))
    lines += hand_lines(talk)
    lines += progress_lines(talk)
    return repeat(talk, "\n".join(lines))


def _put_off(talk: Talk, item: Item) -> str:
    """The number of a question that was put off, with the reason that was given."""
    number, why = talk.number(item.question), talk.state.reasons.get(item.key)
    return say("progress_skipped_why", number=number, why=why) if why else str(number)


def _by_section(talk: Talk) -> list[str]:
    standard, lines = talk.case.standard, []
    far = matters(standard, talk.answers)
    for section in standard.questionnaire.sections:
        own = [far[q.id] for q in standard.questions if q.section == section.id]
        standing = [matter for matter in own if matter.stands]
        done = sum(matter.done for matter in standing)
        if standing:
            mark = _DONE if done == len(standing) else _OPEN
            numbers = {"name": section.name, "done": done, "total": len(standing)}
            lines.append(say("progress_section", mark=mark, **numbers))
    return lines


def score(talk: Talk, command: Command) -> Step:
    """得分: total, groups and every point lost with its reason."""
    sheet, standard = talk.sheet, talk.case.standard
    code = "score_total_settled" if sheet.settled else "score_total"
    lines = [say(code, low=sheet.total.so_far, high=sheet.total.high, maximum=standard.maximum)]
    lines += [_group_line(talk, root.code) for root in standard.roots]
    lost = _loss_lines(talk)
    lines += [say("score_losses"), *lost] if lost else [say("score_no_losses")]
    return repeat(talk, "\n".join(lines))


def _group_line(talk: Talk, code: str) -> str:
    node = talk.sheet[code]
    return say(
        "score_group",
        code=code,
        name=talk.case.standard.nodes[code].name,
        low=node.so_far,
        range=say("score_range", high=node.high) if node.high != node.low else "",
        maximum=node.maximum,
    )


def _loss_lines(talk: Talk) -> list[str]:
    """A line for each indicator that has lost points."""
    return [
        say(
            "score_loss",
            code=code,
            name=talk.case.standard.nodes[code].name,
            why=clauses([explain_loss(loss) for loss in talk.sheet[code].losses]),
        )
        for code in talk.sheet.lossy()
    ]


def why(talk: Talk, command: Command) -> Step:
    """为什么: what the open question is for, its rule, and where the answer stands."""
    item = talk.current
    if command.target:
        found = {target.question.id for target in find(talk.case.standard, command.target)}
        named = [each for each in map(talk.edited, sorted(found, key=_order(talk))) if each]
        if named:
            return repeat(talk, "\n".join(_rule_of(talk, each) for each in named[:_MOST_RULES]))
    if item is None:
        return score(talk, command)
    facts = [talk.case.standard.facts[name] for name in item.facts]
    lines = [say("why_asks", labels=join([fact.label for fact in facts]))]
    lines += rule_lines(talk, item)
    places = dict.fromkeys(fact.stands_in for fact in facts if fact.stands_in)
    if places:
        lines.append(say("why_where", where=join(list(places))))
    keepers = dict.fromkeys(fact.keeper for fact in facts if fact.keeper)
    if keepers:
        lines.append(say("why_keeper", keeper=join(list(keepers))))
    return repeat(talk, "\n".join(lines))


def _order(talk: Talk) -> Callable[[str], int]:
    return lambda question: talk.case.standard.number_of[question]


def _rule_of(talk: Talk, item: Item) -> str:
    """What another question than the open one is for, and its rule."""
    labels = join([talk.case.standard.facts[name].label for name in item.facts])
    asks = say("why_asks_other", number=talk.number(item.question), labels=labels)
    return "\n".join([asks, *rule_lines(talk, item)])


def rule_lines(talk: Talk, item: Item) -> list[str]:
    """What an item counts for: the rules of its indicators, and what they give now."""
    standard, lines = talk.case.standard, []
    codes = dict.fromkeys(code for name in item.facts for code in standard.feeds[name])
    for code in list(codes)[:_MOST_RULES]:
        node = standard.nodes[code]
        lines.append(say("why_feeds", code=code, name=node.name, maximum=node.max, text=node.text))
        if node.formula:
            lines.append(say("why_formula", formula=node.formula))
        if talk.sheet[code].remarks:
            lines.append(say("why_now", why=why_of(talk.sheet[code])))
    return lines or [say("why_report")]


def preview(talk: Talk, command: Command) -> Step:
    """预览: a draft of the report, sent as a file."""
    return Step(talk.state, (Preview(),), (Words(say("preview")),))
