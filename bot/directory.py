"""Our people against the directory of WeChat Work: who left, was renamed, or can't be reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.phrases import phrase
from bot.rosters.present import present
from bot.services import Services
from bot.wecom.errors import ApiError
from reports.roster import CONTACT, EVERYWHERE, Post, Roster
from reports.roster_layout import plain, role_name
from storage import directory_marks
from storage.directory_marks import REACHED, Mark

AT_ONCE = 40
"""How many people are asked for in one piece of work, so that what else is due needn't wait."""
_LEFT = (40003, 46004, 60111)
_UNSEEN = (60011, 60021)
# user/get's status: 1 active, 2 disabled, 4 not activated, 5 left.
_STATUS = {2: "disabled", 4: "unseen", 5: "left"}
_FEW = 5


@dataclass(frozen=True)
class Seen:
    """How somebody stands in the directory, and their name there."""

    standing: str
    name: str = ""


def reconcile(services: Services) -> list[str]:
    """Asks for everybody of the roster, keeps what was found and gives it in lines. Raises
    CallFailed where the directory can't be asked: that is no finding."""
    after: str | None = ""
    while after is not None:
        after = reconcile_some(services, after)
    with services.database.read() as tx:
        return standing_lines(tx)


def reconcile_some(services: Services, after: str) -> str | None:
    """Asks for the next people after a userid and keeps what was found; gives the last of them,
    None when all have been asked for. Raises CallFailed, with what was found before it kept."""
    with services.database.read() as tx:
        people = directory_marks.watched(tx, after, AT_ONCE)
    found: dict[str, Seen] = {}
    try:
        for userid, name in people:
            seen = look_up(services, userid, name)
            if seen:
                found[userid] = seen
    finally:
        _keep(services, found)
    return people[-1][0] if len(people) == AT_ONCE else None


def look_up(services: Services, userid: str, name: str) -> Seen | None:
    """How one person stands; None where the answer says nothing about them. Raises CallFailed."""
    try:
        member = services.api.user(userid)
    except ApiError as error:
        if error.code in _LEFT:
            return Seen("left")
        if error.code in _UNSEEN:
            return Seen("unseen")
        raise
    standing = _STATUS.get(int(member.get("status") or 1), "fine")
    named = str(member.get("name") or "")
    if standing == "fine" and not _same_name(name, named, userid):
        return Seen("renamed", named)
    return Seen(standing)


def _same_name(ours: str, theirs: str, userid: str) -> bool:
    """Directories decorate names (陈宇-科工局), and some deployments give no names at all."""
    a, b = plain(ours), plain(theirs)
    return not b or a in b or b in a or b == userid.lower()


def _keep(services: Services, found: Mapping[str, Seen]) -> None:
    now = services.clock()
    with services.database.begin() as tx:
        old = directory_marks.of_roster(tx)
        if _says_more_of_us(found.values(), old.values()):
            return
        marks = [_mark(old.get(userid), userid, seen, now) for userid, seen in found.items()]
        directory_marks.keep(tx, marks)


def _says_more_of_us(found: Iterable[Seen], old: Iterable[Mark]) -> bool:
    """Whether nobody at all can be seen, nor ever could: then the app may not ask, which is no
    news of the people."""
    seen = [each.standing for each in found]
    never = not any(mark.standing in REACHED for mark in old)
    return len(seen) >= _FEW and set(seen) == {"unseen"} and never


def _mark(old: Mark | None, userid: str, seen: Seen, now: datetime) -> Mark:
    if old and (old.standing, old.name) == (seen.standing, seen.name):
        return Mark(userid, seen.standing, seen.name, old.since, now, old.told_at)
    news = seen.standing != "fine" or (old is not None and old.standing != "fine")
    return Mark(userid, seen.standing, seen.name, now, now, None if news else now)


def standing_lines(tx: Connection) -> list[str]:
    """All who stand otherwise than the roster says, and departments that can't be reached; where
    there is nobody, how many were asked for."""
    marks = directory_marks.of_roster(tx)
    if not marks:
        return [phrase("directory_never"), *odd_lines(tx)]
    if all(mark.standing == "fine" for mark in marks.values()):
        return [phrase("directory_fine", count=len(marks)), *odd_lines(tx)]
    return odd_lines(tx)


def odd_lines(tx: Connection) -> list[str]:
    """The same without anything on who stands as they should."""
    roster, marks = present(tx).roster, directory_marks.of_roster(tx)
    lines = [line_of(roster, mark) for mark in marks.values() if mark.standing != "fine"]
    return lines + unreached_lines(roster, marks)


def line_of(roster: Roster, mark: Mark) -> str:
    """What is to be said of somebody, with what they are."""
    standing = "back" if mark.standing == "fine" else mark.standing
    what = phrase(f"directory_{standing}", name=mark.name)
    posts = [post for post in roster.posts if post.userid == mark.userid]
    roles = phrase("list_comma").join(_called(roster, post) for post in posts)
    return phrase(
        "directory_line", name=roster.name(mark.userid), userid=mark.userid, roles=roles, what=what
    )


def unreached_lines(roster: Roster, marks: Mapping[str, Mark]) -> list[str]:
    """The departments of whose contacts nobody can be reached, in one line."""
    names = [roster.departments[code].name for code in unreached(roster, marks)]
    if not names:
        return []
    return [phrase("directory_unreached", names=phrase("list_comma").join(names))]


def unreached(roster: Roster, marks: Mapping[str, Mark]) -> Sequence[str]:
    """The codes of departments without a contact whom messages reach."""
    return [
        code
        for code in roster.departments
        if not any(_reached(marks, userid) for userid in roster.holders(CONTACT, code))
    ]


def _reached(marks: Mapping[str, Mark], userid: str) -> bool:
    mark = marks.get(userid)
    return mark is None or mark.standing in REACHED


def _called(roster: Roster, post: Post) -> str:
    department = roster.departments.get(post.department)
    if post.department == EVERYWHERE or department is None:
        return role_name(post.role)
    return phrase("directory_post", department=department.name, role=role_name(post.role))
