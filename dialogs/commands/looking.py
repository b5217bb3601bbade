"""Commands that only look: help, progress, score, why, preview."""

from __future__ import annotations

from collections import Counter

from dialogs.agenda import Item, asked_facts, open_items
from dialogs.bubbles import Words
from dialogs.echo import why as why_of
from dialogs.effects import Preview
from dialogs.replies import repeat
from dialogs.step import Step
from dialogs.talk import PLACE, Talk
from dialogs.understand.command import Command
from dialogs.wording import join, phrases, say
from scoring.values import decimal_text
from scoring.wording import explain_loss


def help_(talk: Talk, command: Command) -> Step:
    """帮助: what can be said."""
    return repeat(talk, say("help"))


def progress(talk: Talk, command: Command) -> Step:
    """进度: how far the form is, by section, what was put off, and whom to ask."""
    done, total = talk.progress.done, talk.progress.total
    deadline = talk.case.form.deadline.astimezone(PLACE).date().isoformat()
    lines = [
        say(
            "progress",
            department=talk.case.form.department,
            done=done,
            total=total,
            left=total - done,
            deadline=deadline,
        )
    ]
    lines += _by_section(talk)
    skipped = [i for i in talk.items if i.key in talk.state.skipped]
    if skipped:
        numbers = dict.fromkeys(str(talk.number(item.question)) for item in skipped)
        lines.append(say("progress_skipped", numbers=join(list(numbers))))
    owners = Counter(_keeper(talk, item) for item in _by_question(talk))
    asked = [say("owner_count", owner=o, count=n) for o, n in owners.most_common() if o]
    if asked:
        lines.append(say("progress_owners", owners=join(asked)))
    return repeat(talk, "\n".join(lines))


def _by_question(talk: Talk) -> list[Item]:
    return list({item.question.id: item for item in talk.items}.values())


def _keeper(talk: Talk, item: Item) -> str:
    return talk.case.standard.facts[item.facts[0]].keeper


def _by_section(talk: Talk) -> list[str]:
    standard, lines = talk.case.standard, []
    for section in standard.questionnaire.sections:
        asked = [
            q
            for q in standard.questions
            if q.section == section.id and asked_facts(q, standard, talk.values, talk.sheet)
        ]
        left = [
            q for q in asked if any(open_items(q, standard, talk.answers, talk.values, talk.sheet))
        ]
        if asked:
            mark = "\u2714 " if not left else "\u25cb "
            done = len(asked) - len(left)
            lines.append(
                say("progress_section", mark=mark, name=section.name, done=done, total=len(asked))
            )
    return lines


def score(talk: Talk, command: Command) -> Step:
    """得分: total, groups and every point lost with its reason."""
    sheet, standard = talk.sheet, talk.case.standard
    total = sheet.total
    code = "score_total_settled" if sheet.settled else "score_total"
    lines = [say(code, low=total.low, high=total.high, maximum=standard.maximum)]
    for group in sheet.groups:
        node = sheet[group]
        rest = say("score_range", high=node.high) if node.high != node.low else ""
        lines.append(
            say(
                "score_group",
                code=group,
                name=standard.nodes[group].name,
                low=node.low,
                range=rest,
                maximum=node.maximum,
            )
        )
    lost = loss_lines(talk)
    lines += [say("score_losses"), *lost] if lost else [say("score_no_losses")]
    return repeat(talk, "\n".join(lines))


def loss_lines(talk: Talk) -> list[str]:
    """A line for each indicator that has lost points."""
    return [
        say(
            "score_loss",
            code=code,
            name=talk.case.standard.nodes[code].name,
            lost=decimal_text(talk.sheet[code].maximum - talk.sheet[code].low),
            why=phrases()["semicolon"].join(explain_loss(x) for x in talk.sheet[code].losses),
        )
        for code in talk.sheet.lossy()
    ]


def why(talk: Talk, command: Command) -> Step:
    """为什么: what the open question is for, its rule, and where the answer stands."""
    item = talk.current
    if item is None:
        return score(talk, command)
    standard = talk.case.standard
    facts = [standard.facts[name] for name in item.facts]
    lines = [say("why_asks", labels=join([fact.label for fact in facts]))]
    codes = dict.fromkeys(code for name in item.facts for code in standard.feeds[name])
    for code in list(codes)[:2]:
        node = standard.nodes[code]
        lines.append(say("why_feeds", code=code, name=node.name, maximum=node.max, text=node.text))
        if node.formula:
            lines.append(say("why_formula", formula=node.formula))
        if talk.sheet[code].remarks:
            lines.append(say("why_now", why=why_of(talk.sheet[code])))
    if not codes:
        lines.append(say("why_report"))
    places = dict.fromkeys(fact.stands_in for fact in facts if fact.stands_in)
    if places:
        lines.append(say("why_where", where=join(list(places))))
    keepers = dict.fromkeys(fact.keeper for fact in facts if fact.keeper)
    if keepers:
        lines.append(say("why_keeper", keeper=join(list(keepers))))
    return repeat(talk, "\n".join(lines))


def preview(talk: Talk, command: Command) -> Step:
    """预览: a draft of the report, sent as a file."""
    return Step(talk.state, (Preview(),), (Words(say("preview")),))
