"""Words put into the bubbles of a step: in front of all, or between what was noted and what is asked next."""

from __future__ import annotations

from dialogs.bubbles import Bubble, Words
from dialogs.wording import phrases


def _question() -> str:
    """How the next question begins in a bubble."""
    return "\n\n" + phrases()["head"].split("{")[0]


def lead_of(bubbles: tuple[Bubble, ...]) -> str:
    """What stands before the next question."""
    if not bubbles or not isinstance(bubbles[0], Words):
        return ""
    return bubbles[0].text.split(_question())[0]


def in_front(bubbles: tuple[Bubble, ...], lead: str, gap: str = "\n") -> tuple[Bubble, ...]:
    """The bubbles with more words in front of the first."""
    if not lead:
        return bubbles
    if not bubbles or not isinstance(bubbles[0], Words):
        return (Words(lead), *bubbles)
    return (Words(f"{lead}{gap}{bubbles[0].text}"), *bubbles[1:])


def before_question(bubbles: tuple[Bubble, ...], words: str) -> tuple[Bubble, ...]:
    """The bubbles with words between what was noted and the next question."""
    if not words or not bubbles or not isinstance(bubbles[0], Words):
        return in_front(bubbles, words)
    text = bubbles[0].text
    at = text.rfind(_question())
    lead, question = (text[:at], text[at:]) if at >= 0 else (text, "")
    return (Words(f"{lead}\n\n{words}{question}"), *bubbles[1:])
