"""Prints a whole interview as the contact reads it, and what it costs them.

python -m tests.dialogs.transcript reference-case [--text] [--counts]
"""

from __future__ import annotations

import sys
from dataclasses import replace

from dialogs.bubbles import Buttons, Tick, Words
from dialogs.events import Chosen, Event, Said
from scoring.filing import read_answers_file
from scoring.loading import load
from tests.dialogs.conftest import EXAMPLES, PERSON, Conversation, fill_in, shown


class Printed(Conversation):
    """A conversation that prints itself while it goes on."""

    quiet = False

    def take(self, event: Event) -> str:
        reply = super().take(event)
        if not self.quiet:
            print(f"\n>>> {_done(event)}\n")
            for bubble in self.steps[-1].bubbles:
                size = len(shown(bubble).encode())
                print(f"[{type(bubble).__name__} {size}B]\n{shown(bubble)}\n")
        return reply


def _done(event: Event) -> str:
    match event:
        case Said(text=text):
            return text
        case Chosen(options=options):
            return f"({' '.join(options) or '-'})"
    return f"({type(event).__name__})"


def counts(talk: Conversation) -> str:
    """Turns, bubbles, cards, typed characters and the sizes of texts."""
    bubbles = [bubble for step in talk.steps for bubble in step.bubbles]
    texts = sorted(len(b.text.encode()) for b in bubbles if isinstance(b, Words))
    cards = [b for b in bubbles if isinstance(b, Buttons | Tick)]
    characters = sum(map(len, talk.typed))
    return (
        f"{len(talk.steps)} turns, {len(bubbles)} bubbles ({len(cards)} cards), "
        f"{characters} characters typed in {len(talk.typed)} messages, "
        f"texts: median {texts[len(texts) // 2]} B, longest {texts[-3:]} B"
    )


def main(example: str, *options: str) -> None:
    standard = load("meijiang-2021")
    person = replace(PERSON, text_only="--text" in options)
    talk = Printed(standard, person=person, doubting=False)
    talk.quiet = "--counts" in options
    fill_in(talk, read_answers_file(standard, EXAMPLES / f"{example}.yaml"))
    print(counts(talk))


if __name__ == "__main__":
    main(*sys.argv[1:])
