"""Tells coordinators, once, of people of the roster whom the directory knows otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.directory import line_of, unreached_lines
from bot.lifecycle import By
from bot.phrases import phrase
from bot.rosters.present import present
from bot.unasked.base import MORNING, Kind, Look, Reason, Said
from bot.web.links import link
from reports.roster import EVERYWHERE, Roster
from storage import directory_marks
from storage.directory_marks import Mark

NAME = "digest_directory"
_OLD = timedelta(days=14)
"""What nobody was told for so long (no coordinator, say) is no news any more."""
_MOST_LINES = 10


def due(look: Look) -> Iterator[Reason]:
    """Each change since the last nights, at the coordinators of the departments it concerns."""
    marks = [mark for mark in directory_marks.of_roster(look.tx).values() if _is_news(look, mark)]
    if not marks:
        return
    roster = present(look.tx).roster
    for mark in marks:
        codes = tuple(sorted({p.department for p in roster.posts if p.userid == mark.userid}))
        for userid in _coordinators(roster, codes):
            if userid != mark.userid:
                about = tuple(code for code in codes if code != EVERYWHERE)
                yield Reason(userid, NAME, _key(mark), look.today_at(MORNING), about)


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """A line for each person, and the departments that nobody reaches."""
    marks = directory_marks.of_roster(look.tx)
    keys = {reason.key for reason in reasons}
    told = [mark for mark in marks.values() if _key(mark) in keys]
    if not told:
        return None
    roster = present(look.tx).roster
    lines = [line_of(roster, mark) for mark in told[:_MOST_LINES]]
    if len(told) > _MOST_LINES:
        lines.append(phrase("digest_directory_more", count=len(told) - _MOST_LINES))
    lines += unreached_lines(roster, marks)
    address = link(look.services.settings, "roster", userid=reasons[0].userid)
    shown = phrase("digest_directory_link", link=address) if address else ""
    lines.append(phrase("digest_directory_how", link=shown))
    bad = any(mark.standing != "fine" for mark in told)
    title = "digest_directory_title" if bad else "digest_directory_title_back"
    return Said(phrase(title, count=len(told)), tuple(lines))


def _is_news(look: Look, mark: Mark) -> bool:
    return mark.told_at is None and look.now - mark.since < _OLD


def _key(mark: Mark) -> str:
    return f"{mark.userid}:{mark.standing}:{mark.since.isoformat()}"


def _coordinators(roster: Roster, codes: Sequence[str]) -> list[str]:
    """Those of all departments, and those of one of these."""
    found: list[str] = []
    for code in (EVERYWHERE, *codes):
        found += roster.holders(By.COORDINATOR, code)
    return list(dict.fromkeys(found))


KIND = Kind(NAME, due, say)
