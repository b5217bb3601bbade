"""For whom a notice is: departments and roles that stand at the beginning of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogs.understand.departments import Known, Mention, read_departments
from dialogs.understand.plain_text import simple

_ROLES = {
    "contact": r"(?:填报|经办|联系)(?:人员|人|员|同志)|填表人",
    "reviewer": r"(?:审核|审批)(?:人员|人|领导)|(?:分管|主要|单位|部门|各级|带队)领导|领导",
}
_ROLE = re.compile("|".join(f"(?P<{role}>{pattern})" for role, pattern in _ROLES.items()))
_KIND = r"(?:预算|填报|参评|自评|主管|市直|区直|县直|下属)"
_ALL = re.compile(
    rf"(?:全部|所有|全体|全区|全市|全县|各位|各个|每一个|每个|各|每)(?:的)?{_KIND}?"
    rf"(?:单位|部门|各单位|各部门|科局|局办)(?:[、和及与]?各?(?:单位|部门))?"
    r"|(?:全部|所有|全体)(?:的)?(?:人员|人)?(?=$|[\s:,、]|填报|审核|审批|经办|联系|分管|领导|的)"
    r"|(?:各位|各|每个|每位)(?=填报|审核|审批|经办|联系|分管|主要|领导)|大家(?=$|[\s:,])"
)
_JOINED = re.compile(r"\s*(?:[、,和与及跟;]|还有|以及|的)\s*")
_GAP = re.compile(r"[ \t]+")
_STOP = re.compile(r"[\s:：。]")
_MARK = re.compile(r"[\s:,，。、;]*")
_OFFICE = re.compile(r".{1,12}(?:局|委|办|中心|委员会|镇|街道|法院|检察院|公司|学校)")


@dataclass(frozen=True)
class Receivers:
    """Who is named: places in the list of known departments (`all`: everybody), roles (none
    named: ()); `rest` are the words behind, simplified. `unknown` and `unclear` are names that
    fit no department, or several."""

    places: tuple[int, ...] = ()
    all: bool = False
    roles: tuple[str, ...] = ()
    rest: str = ""
    unknown: tuple[str, ...] = ()
    unclear: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @property
    def named(self) -> bool:
        """Whether anybody is named at all."""
        return bool(self.places or self.all or self.roles or self.unknown or self.unclear)


def read_receivers(said: str, known: Sequence[Known]) -> Receivers:
    """The receivers that stand at the beginning of words, up to a colon or the end of a line.

    >>> from dialogs.understand.departments import Plain
    >>> two = [Plain("301", "城东区科工商务局", ("商务局",)), Plain("302", "城东区民政局")]
    >>> found = read_receivers("商务局、民政局审核人 请于6月20日前到会", two)
    >>> found.places, found.roles, found.rest
    ((0, 1), ('reviewer',), '请于6月20日前到会')
    >>> read_receivers("卫健局：请到会", two).unknown, read_receivers("请各单位到会", two).named
    (('卫健局',), False)
    """
    left, found, joined = simple(said), Receivers(), True
    while left:
        taken = _one(left, found, known, joined)
        if taken is None:
            break
        found, left = taken
        if left[:1] in (":", "\n"):
            break
        link = _JOINED.match(left)
        gap = _GAP.match(left)
        joined = link is not None
        following = left[link.end() :] if link else left[gap.end() :] if gap else left
        if not joined and not gap and _one(following, found, known, joined) is None:
            break
        left = following
    return replace(found, rest=left[_MARK.match(left).end() :])  # type: ignore[union-attr]


def _one(
    left: str, found: Receivers, known: Sequence[Known], joined: bool
) -> tuple[Receivers, str] | None:
    """What is named next, and the words behind it; None where nobody is."""
    role = _ROLE.match(left)
    if role and role.lastgroup:
        roles = tuple(dict.fromkeys((*found.roles, role.lastgroup)))
        return replace(found, roles=roles), left[role.end() :]
    everybody = _ALL.match(left)
    if everybody:
        return replace(found, all=True), left[everybody.end() :]
    return _department(left, found, known, joined)


def _department(
    left: str, found: Receivers, known: Sequence[Known], joined: bool
) -> tuple[Receivers, str] | None:
    stop = _STOP.search(left)
    token = left[: stop.start()] if stop else left
    name = re.split(r"[、,，;和与及跟]|还有|以及", token, maxsplit=1)[0]
    name = _ROLE.split(name, maxsplit=1)[0].removesuffix("的") if name else ""
    if not name:
        return None
    mention = read_departments(name, known)
    if mention.found and not mention.all:
        taken = _first(left, name, mention, found, known)
        # 民政局长 is a person, who may be the subject of the words.
        return None if taken[1].startswith("长") else taken
    if mention.unclear and mention.unclear[0][0] and left.startswith(mention.unclear[0][0]):
        unclear = (*found.unclear, mention.unclear[0])
        return replace(found, unclear=unclear), left[len(mention.unclear[0][0]) :]
    if _OFFICE.fullmatch(name) and (joined or name == token):
        return replace(found, unknown=(*found.unknown, name)), left[len(name) :]
    return None


def _first(
    left: str, name: str, mention: Mention, found: Receivers, known: Sequence[Known]
) -> tuple[Receivers, str]:
    """The shortest beginning of the name that still means the same department: what is behind it
    are words, even where another department stands among them."""
    place = mention.found[0]
    end = next(
        n for n in range(1, len(name) + 1) if read_departments(name[:n], known).found == (place,)
    )
    # 商务局 is a name of its own, and so is 科工商务局: the longer one is what was said.
    while end < len(name):
        longer = read_departments(name[: end + 1], known)
        if longer.found[:1] != (place,) or longer.rest or longer.unknown:
            break
        end += 1
    return replace(found, places=tuple(dict.fromkeys((*found.places, place)))), left[end:]
