"""The corporation's people and departments, and who may use the app."""

import threading

from emulator.settings import ROOT_DEPARTMENT, Department, Member, Settings


class Directory:
    """Members by userid, whose case does not count; who is in the app's visible range changes."""

    def __init__(self, settings: Settings) -> None:
        self._lock = threading.Lock()
        self._members = {m.userid.lower(): m.model_copy(deep=True) for m in settings.members}
        self._departments = {d.id: d for d in settings.departments}

    def members(self) -> list[Member]:
        return list(self._members.values())

    def find(self, userid: str) -> Member | None:
        return self._members.get(userid.lower())

    def reachable(self, userid: str) -> Member | None:
        """The member if there is one whom the app's messages reach."""
        member = self.find(userid)
        return member if member and member.gets_messages else None

    def set_in_range(self, userid: str, in_range: bool) -> None:
        with self._lock:
            self._members[userid.lower()].in_range = in_range

    def change(self, userid: str, **fields: object) -> Member:
        """Gives a member another name, status or range; made anew, so that it is checked."""
        with self._lock:
            changed = {**self._members[userid.lower()].model_dump(), **fields}
            member = Member.model_validate(changed)
            self._members[userid.lower()] = member
            return member

    def remove(self, userid: str) -> None:
        """The account is deleted: nobody knows it any more."""
        with self._lock:
            del self._members[userid.lower()]

    def departments(self) -> list[Department]:
        return list(self._departments.values())

    def department(self, number: int) -> Department | None:
        return self._departments.get(number)

    def below(self, number: int) -> set[int]:
        """The department's number and those of all below it."""
        found = {number}
        while True:
            more = {d.id for d in self._departments.values() if d.parentid in found} - found
            if not more:
                return found
            found |= more

    def of_department(self, number: int, with_children: bool = True) -> list[Member]:
        wanted = self.below(number) if with_children else {number}
        return [m for m in self.members() if wanted & set(m.department or [ROOT_DEPARTMENT])]
