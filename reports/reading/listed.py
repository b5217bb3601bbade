"""Names in a row (股室、事业单位) and items under a heading (职责、任务、问题、意见)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.numbering import han
from reports.reading.found import Found
from reports.reading.paper import Paper, Part
from reports.reading.patterns import part, pattern

_NAMED = ("offices", "affiliates")
_MOST_COUNTED = 60


@dataclass(frozen=True)
class Item:
    """An item under a heading: its name up to the first stop, and what follows."""

    name: str
    rest: str
    place: str


def read_names(paper: Paper, found: Found) -> None:
    """Offices and affiliated units: names in one sentence, with how many there are."""
    for fact in _NAMED:
        for passage in paper.passages():
            for match in pattern("rows", fact).finditer(passage.text):
                said = _number(match["count"])
                names = _counted(split_names(match["names"]), said)
                agrees = said == len(names)
                if not agrees:
                    numbers = {"label": found.label(fact), "said": said, "listed": len(names)}
                    found.note("note_count_disagrees", place=passage.place, **numbers)
                rows = [{"name": name} for name in names]
                found.add(fact, rows, passage.place, certain=agrees)
    for passage in paper.passages():
        if pattern("rows", "no_affiliates").search(passage.text):
            found.add("affiliates", [], passage.place)


def read_duties(paper: Paper, found: Found) -> None:
    """The numbered duties; a heading with plain paragraphs gives one duty for each."""
    for holder in paper.under(part("headings", "duties"))[:1]:
        texts = ["".join(p.text for p in item.passages()) for item in holder.parts]
        texts = texts or [passage.text for passage in holder.paragraphs]
        if texts:
            found.add("duties", [{"text": text} for text in texts], holder.place)


def read_problems(paper: Paper, found: Found) -> None:
    """Problems and improvements, without those that only repeat the lost points."""
    indicators = {name for one in found.standard.indicators for name in (one.name, *one.aliases)}
    for fact in ("problems", "improvements"):
        for holder in paper.under(part("headings", fact))[-1:]:
            own = [item for item in items(holder) if not _added(item.name, indicators)]
            rows = [{"title": item.name, "text": item.rest} for item in own if item.rest]
            if rows:
                certain = len(rows) == len(own)
                found.add(fact, rows, holder.place, certain=certain)


def items(holder: Part) -> Iterator[Item]:
    """The items right under a heading."""
    for one in holder.parts:
        whole = "\n".join([one.words, *(p.text for p in list(one.passages())[1:])])
        match = pattern("rows", "item_name").match(whole)
        rest = whole[match.end("name") + 1 :].strip() if match else ""
        yield Item(match["name"] if match else whole, rest, one.place)


def split_names(text: str) -> list[str]:
    """Names joined by 、 where that doesn't stand within brackets.

    >>> split_names("办公室、信息股（无线电、网络）")
    ['办公室', '信息股（无线电、网络）']
    """
    names, depth = [""], 0
    for one in text:
        depth += (one in part("brackets")) - (one in part("brackets_close"))
        if one == part("names_split") and depth <= 0:
            names.append("")
        else:
            names[-1] += one
    return [name for name in names if name]


def _counted(names: list[str], said: int) -> list[str]:
    """The names, the last taken for two (甲股和乙股) where the count says so."""
    last = pattern("rows", "last_two").match(names[-1]) if len(names) == said - 1 else None
    return [*names[:-1], last["first"], last["second"]] if last else names


def _number(text: str) -> int:
    if text.isascii():
        return int(text)
    return next((n for n in range(_MOST_COUNTED) if n and han(n) == text), 0)


def _added(name: str, indicators: set[str]) -> bool:
    """Whether the report itself put this item there: it names indicators only."""
    match = re.match(part("rows", "added"), name)
    return bool(match) and set(split_names(match["names"])) <= indicators if match else False
