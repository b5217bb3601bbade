"""名单: who has to do with which department."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.overview.names import short_names
from dialogs.overview.one import leader_told
from dialogs.overview.status import Overview, Status
from dialogs.wording import join, say

MOST = 12
"""Of more departments a table is made."""
_MOST_NAMES = 20


def people_of(status: Status) -> str:
    """The people of one department."""
    people = status.people
    leaders = [leader_told(each.title, each.name) for each in people.leaders]
    lines = [
        say("digest_people_one", department=status.form.department),
        say("digest_people_contacts", names=_named(people.contacts)),
        say("digest_people_leaders", names=_named(leaders)),
    ]
    if people.colleagues:
        lines.append(say("digest_people_colleagues", names=_named(people.colleagues)))
    return "\n".join(lines)


def everybody(overview: Overview) -> str:
    """The people of all departments, a line each; of many only where somebody is missing."""
    names = short_names([status.form for status in overview.statuses])
    count = len(overview.statuses)
    if count > MOST:
        lines = [say("digest_people_book", count=count)]
    else:
        lines = [say("digest_people_title", count=count)]
        lines += [_line(status, names[status.form.id]) for status in overview.statuses]
    for code, lacking in (
        ("digest_people_gap_contact", [s for s in overview.statuses if not s.people.contacts]),
        ("digest_people_gap_leader", [s for s in overview.statuses if not s.people.leaders]),
    ):
        if lacking:
            shown = join([names[status.form.id] for status in lacking[:_MOST_NAMES]])
            lines.append(say(code, count=len(lacking), names=shown))
    return "\n".join([*lines, say("digest_people_how")])


def _line(status: Status, name: str) -> str:
    people = status.people
    leaders = [leader.name for leader in people.leaders]
    return say(
        "digest_people_line",
        department=name,
        contacts=_named(people.contacts),
        leaders=_named(leaders),
    )


def _named(names: Sequence[str]) -> str:
    return join(list(names)) or say("digest_people_nobody")
