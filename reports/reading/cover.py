"""The cover: department, units below, who filled in and when."""

from __future__ import annotations

from itertools import pairwise

from reports.reading.found import Found
from reports.reading.paper import Paper
from reports.reading.patterns import part, pattern


def read_cover(paper: Paper, found: Found) -> None:
    """Reads the lines of the cover; what is withheld there, such as （略）, is no answer."""
    for fact in part("cover"):
        line = pattern("cover", fact)
        for passage in paper.root.paragraphs:
            match = line.match(passage.text)
            if match and not pattern("withheld").match(match["value"]):
                found.add(fact, match["value"], passage.place)
    if found.value("department_name") is None:
        _read_title(paper, found)


def _read_title(paper: Paper, found: Found) -> None:
    """The department in the title, which may stand on two lines."""
    lines = paper.root.paragraphs
    pairs = [(line, line.text) for line in lines]
    pairs += [(one, one.text + two.text) for one, two in pairwise(lines)]
    for line, text in pairs:
        if match := pattern("cover_title").match(text):
            found.add("department_name", match["value"], line.place)
            return
