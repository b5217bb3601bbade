"""Longer texts under a heading: the year's work, the next steps, the effect."""

from __future__ import annotations

from reports.reading.found import Found
from reports.reading.paper import Paper, Part
from reports.reading.patterns import part, pattern

_UNDER = ("yearly_work", "next_steps")


def read_texts(paper: Paper, found: Found) -> None:
    """The paragraphs under the heading of each text."""
    for fact in _UNDER:
        for holder in paper.under(part("headings", fact))[:1]:
            text = _body(holder)
            if text:
                found.add(fact, text, holder.place, certain=not holder.parts)


def read_effect(paper: Paper, found: Found) -> None:
    """Why the effect was scored so: the paragraphs between the main figures and the score."""
    for holder in paper.under(part("headings", "effect"))[-1:]:
        paragraphs = [passage.text for passage in holder.paragraphs]
        start = next((n for n, t in enumerate(paragraphs, 1) if _figures(t)), None)
        told = [t for t in paragraphs[start or 0 :] if not pattern("lost_opens").match(t)]
        text = pattern("closing").sub("", "\n".join(told)).strip()
        if text:
            # Without the paragraph of main figures before it, it isn't clear where it starts.
            found.add("effect_reason", text, holder.place, certain=start is not None)


def _figures(text: str) -> bool:
    return text.startswith(part("rows", "main_goals"))


def _body(holder: Part) -> str:
    texts = [passage.text for passage in holder.passages()]
    ends = pattern("title_ends").split(texts[0], 1)
    opening = ends[1] if len(ends) > 1 else ""
    return "\n".join(text for text in (opening, *texts[1:]) if text)
