"""Commands that choose between cards and text."""

from __future__ import annotations

from dialogs.bubbles import Words
from dialogs.effects import PreferText
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.wording import say


def text_only(talk: Talk, command: Command) -> Step:
    """文字模式: choices are asked in text from now on."""
    return Step(talk.state, (PreferText(True),), (Words(say("text_only_on")),))


def cards(talk: Talk, command: Command) -> Step:
    """卡片模式: choices come as cards again."""
    return Step(talk.state, (PreferText(False),), (Words(say("text_only_off")),))
