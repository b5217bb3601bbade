"""What a new roster changes: every single thing, in words, before anything is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from bot.lifecycle import FormState
from bot.phrases import phrase
from bot.rosters.present import Present
from reports.roster import EVERYWHERE, REVIEWER, ROLES, Department, Person, Post, Roster, Seat
from reports.roster_layout import role_name

GROUPS = ("department", "unit", "person", "role", "form")
_DETAILS = ("office", "aliases", "email")


@dataclass(frozen=True)
class Change:
    """One thing that changes; `kind` begins with its group (department_new, role_lost)."""

    kind: str
    words: str

    @property
    def group(self) -> str:
        return self.kind.partition("_")[0]


@dataclass(frozen=True)
class Difference:
    """All that changes; nothing where the roster is the same."""

    changes: tuple[Change, ...]

    @property
    def mark(self) -> str:
        """Short, and another as soon as something else would change."""
        lines = "\n".join(f"{each.kind} {each.words}" for each in self.changes)
        return sha256(lines.encode()).hexdigest()[:24]

    @property
    def counts(self) -> str:
        """How many changes there are of each kind, in one line."""
        counted = Counter(each.kind for each in self.changes)
        parts = [phrase(f"roster_count_{k}", count=n) for k, n in counted.items()]
        return phrase("roster_count_comma").join(parts)

    def groups(self) -> Iterator[tuple[str, list[str]]]:
        """The lines of each group under its name, without empty ones."""
        for group in GROUPS:
            lines = [each.words for each in self.changes if each.group == group]
            if lines:
                yield phrase(f"roster_group_{group}"), lines


def difference(now: Present, new: Roster) -> Difference:
    """What becomes different when `new` takes the place of the present roster."""
    found = (
        *_departments(now, new),
        *_units(now.roster.departments, new.departments),
        *_people(now, new),
        *_posts(now, new),
        *_forms(now, new),
    )
    return Difference(found)


def moved_reviews(now: Present, new: Roster) -> list[str]:
    """The codes of departments whose form waits for reviewers who change."""
    waiting = {c for c, f in (now.forms or {}).items() if f.state == FormState.IN_REVIEW}
    return [code for code in sorted(waiting) if _seats(now.roster, code) != _seats(new, code)]


def _seats(roster: Roster, code: str) -> dict[str, Seat]:
    own = roster.posts.items()
    return {p.userid: seat for p, seat in own if (p.department, p.role) == (code, REVIEWER)}


def _departments(now: Present, new: Roster) -> Iterator[Change]:
    old = now.roster.departments
    for code, each in new.departments.items():
        if code not in old:
            kind = "department_back" if code in now.departments else "department_new"
            yield _change(kind, name=each.name, number=code)
        elif each.name != old[code].name:
            yield _change("department_renamed", old=old[code].name, new=each.name, number=code)
        before = old[code].short_names if code in old else ()
        if code in old and each.short_names != before:
            names = _listed(each.short_names) or phrase("roster_empty")
            yield _change("department_short_names", name=each.name, names=names)
    for code, each in old.items():
        if code not in new.departments:
            form = (now.forms or {}).get(code)
            if form is None or form.state == FormState.ACCEPTED:
                yield _change("department_gone", name=each.name, number=code)
            else:
                state = phrase(f"state_{form.state}")
                yield _change("department_gone_form", name=each.name, number=code, state=state)


def _units(old: Mapping[str, Department], new: Mapping[str, Department]) -> Iterator[Change]:
    for code in dict.fromkeys((*new, *old)):
        before = {unit.code: unit.name for unit in old[code].units} if code in old else {}
        after = {unit.code: unit.name for unit in new[code].units} if code in new else {}
        department = (new.get(code) or old[code]).name
        for unit, name in after.items():
            if unit not in before:
                yield _change("unit_new", department=department, name=name)
            elif before[unit] != name:
                yield _change("unit_renamed", department=department, old=before[unit], new=name)
        for unit, name in before.items():
            # With a department that goes its units go as well, which needs no line each.
            if unit not in after and code in new:
                yield _change("unit_gone", department=department, name=name)


def _people(now: Present, new: Roster) -> Iterator[Change]:
    for userid, each in new.people.items():
        known = now.people.get(userid)
        if known is None:
            yield _change("person_new", name=each.name, userid=userid)
            continue
        if not known.active:
            yield _change("person_back", name=each.name, userid=userid)
        if each.name != known.name:
            yield _change("person_renamed", old=known.name, new=each.name, userid=userid)
        before = Person(userid, known.name, known.office, tuple(known.aliases), known.email)
        what = [phrase(f"roster_{d}") for d in _DETAILS if getattr(each, d) != getattr(before, d)]
        if what:
            yield _change("person_details", name=each.name, what=_listed(what))
    for userid, each in now.roster.people.items():
        if userid not in new.people:
            yield _change("person_gone", name=each.name, userid=userid)


def _posts(now: Present, new: Roster) -> Iterator[Change]:
    for post in sorted({*now.roster.posts, *new.posts}, key=_place):
        before, after = now.roster.posts.get(post), new.posts.get(post)
        person = new.people.get(post.userid) or now.roster.people[post.userid]
        numbers = {
            "name": person.name,
            "userid": post.userid,
            "role": role_name(post.role),
            "department": _called(now, new, post.department),
        }
        if before is None and after is not None:
            yield _change("role_gained", **numbers, seat=_seat(post, after))
        elif after is None and before is not None:
            yield _change("role_lost", **numbers, seat=_seat(post, before))
        elif before is not None and after is not None and before != after:
            seats = {"old": _seat(post, before), "seat": _seat(post, after)}
            yield _change("role_changed", **numbers, **seats)


def _forms(now: Present, new: Roster) -> Iterator[Change]:
    """Forms to be opened in the cycle that is open, and forms that wait for other reviewers."""
    if now.forms is not None:
        for code, each in new.departments.items():
            if code not in now.forms:
                yield _change("form_new", name=each.name)
    for code in moved_reviews(now, new):
        if code in new.departments:
            yield _change("form_asks", name=new.departments[code].name)


def _place(post: Post) -> tuple[str, int, str]:
    return post.department, ROLES.index(post.role), post.userid


def _called(now: Present, new: Roster, code: str) -> str:
    if code == EVERYWHERE:
        return phrase("roster_everywhere")
    known = new.departments.get(code) or now.roster.departments.get(code)
    return known.name if known else now.departments[code].name


def _seat(post: Post, seat: Seat) -> str:
    if post.role != REVIEWER:
        return ""
    return phrase("roster_seat", rank=seat.rank, title=seat.title or phrase("reviewer_title"))


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return phrase("list_comma").join(names)


def _change(kind: str, **numbers: object) -> Change:
    return Change(kind, phrase(f"roster_{kind}", **numbers))
