"""What people say in passing: thanks, wait, I don't know, the same as before, I sent a file."""

from __future__ import annotations

from dialogs.bubbles import Words
from dialogs.effects import PreferText
from dialogs.materials import way
from dialogs.replies import ask_next, elsewhere, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.wording import say


def later(talk: Talk, command: Command) -> Step:
    """我明天再弄: nothing is lost, and one word goes on."""
    return repeat(talk, say("later", deadline=talk.deadline))


def thanks(talk: Talk, command: Command) -> Step:
    """谢谢: answered in kind; whoever has nothing to go on with is told where the form is."""
    if talk.case.form.state != "drafting":
        return repeat(talk, say("thanks_away") + elsewhere(talk))
    return repeat(talk, say("thanks"))


def grumble(talk: Talk, command: Command) -> Step:
    """唉烦死了: a kind word, how little is left, and the open question again."""
    done, total = talk.progress.done, talk.progress.total
    return ask_next(talk, say("grumble", done=done, left=total - done))


def wait(talk: Talk, command: Command) -> Step:
    """稍等: nothing is in a hurry."""
    return repeat(talk, say("wait"))


def file(talk: Talk, command: Command) -> Step:
    """发了, 附件: a file sent into the chat never arrives, and nothing else tells the sender."""
    return repeat(talk, say("file_hint") + way(talk))


def unknown(talk: Talk, command: Command) -> Step:
    """不知道: says who knows, and that the question can wait."""
    item = talk.current
    if command.target:
        words = say("unknown_asks", whom=command.target) + say("hand_suggest")
        return repeat(talk, words)
    specs = [talk.case.standard.facts[n] for n in item.facts] if item else []
    known = next((fact for fact in specs if fact.keeper), None)
    if known is None:
        return repeat(talk, say("unknown_plain"))
    where = say("unknown_where", where=known.stands_in) if known.stands_in else ""
    words = say("unknown_keeper", keeper=known.keeper, where=where) + say("hand_suggest")
    return repeat(talk, words)


def text_only(talk: Talk, command: Command) -> Step:
    """文字模式: choices are asked in text from now on."""
    return Step(talk.state, (PreferText(True),), (Words(say("text_only_on")),))


def cards(talk: Talk, command: Command) -> Step:
    """卡片模式: choices come as cards again."""
    return Step(talk.state, (PreferText(False),), (Words(say("text_only_off")),))
