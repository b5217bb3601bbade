"""Who a message/send reaches: touser, toparty and totag worked out against the directory."""

from dataclasses import dataclass, field
from typing import Any

from emulator.directory import Directory
from emulator.errors import ApiError
from emulator.settings import Member


@dataclass
class Receivers:
    """Members reached, and what of the request names nobody, as the answer lists it."""

    members: list[Member] = field(default_factory=list)
    invalid_users: list[str] = field(default_factory=list)
    invalid_parties: list[str] = field(default_factory=list)
    invalid_tags: list[str] = field(default_factory=list)

    def add(self, member: Member) -> None:
        if member not in self.members:
            self.members.append(member)

    def as_answer(self) -> dict[str, str]:
        """Userids come back in lower case, whatever the request wrote."""
        found = {
            "invaliduser": [userid.lower() for userid in self.invalid_users],
            "invalidparty": self.invalid_parties,
            "invalidtag": self.invalid_tags,
        }
        return {name: "|".join(values) for name, values in found.items() if values}


def find_receivers(request: dict[str, Any], directory: Directory) -> Receivers:
    """Receivers of a send; ApiError if none is named, too many are, or none exists."""
    users, parties, tags = (_split(request, name) for name in ("touser", "toparty", "totag"))
    if not users + parties + tags:
        raise ApiError(82001)
    if len(users) > 1000:
        raise ApiError(40032)
    if len(parties) > 100:
        raise ApiError(82002)
    if len(tags) > 100:
        raise ApiError(82003)
    found = Receivers(invalid_tags=tags)
    if users == ["@all"]:
        found = Receivers([m for m in directory.members() if m.gets_messages])
    else:
        _add_users(found, users, directory)
        _add_parties(found, parties, directory)
    if not found.members:
        raise ApiError(81013)
    return found


def _add_users(found: Receivers, users: list[str], directory: Directory) -> None:
    for userid in users:
        member = directory.reachable(userid)
        if member:
            found.add(member)
        else:
            found.invalid_users.append(userid)


def _add_parties(found: Receivers, parties: list[str], directory: Directory) -> None:
    for party in parties:
        if not party.isdigit() or directory.department(int(party)) is None:
            found.invalid_parties.append(party)
            continue
        for member in directory.of_department(int(party)):
            if member.gets_messages:
                found.add(member)


def _split(request: dict[str, Any], name: str) -> list[str]:
    value = request.get(name) or ""
    if not isinstance(value, str | int):
        raise ApiError(40035, f"{name} must be a text joined by |")
    return [part for part in str(value).split("|") if part]
