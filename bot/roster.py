"""Who may stand in for whom, as the desk sees it; looked up only where somebody speaks of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from dialogs.case import Known, Proxy, Role, Roster
from storage import people, stand_ins


def roster_of(
    tx: Connection, userid: str, role: Role, departments: Collection[int] | None, now: datetime
) -> Roster:
    """All active people, the reviewers for whom this person may arrange it (themselves; for a
    coordinator those of these departments, None for all), and who stands in for them now."""
    posts = people.posts(tx)
    known = {post.userid: Known(post.userid, post.name, post.department) for post in posts}
    if role is Role.REVIEWER:
        mine = [userid] if userid in known else []
    else:
        mine = [p.userid for p in posts if p.role == Role.REVIEWER and _in(p, departments)]
    reviewers = tuple(known[each] for each in dict.fromkeys(mine))
    running = tuple(
        Proxy(Known(each.for_whom, each.for_name), Known(each.userid, each.name), each.until)
        for each in stand_ins.running(tx, now)
        if each.for_whom in mine
    )
    return Roster(tuple(known.values()), reviewers, running)


def _in(post: people.Post, departments: Collection[int] | None) -> bool:
    return departments is None or post.department_id in departments
