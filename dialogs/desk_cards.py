"""The keys of cards at a desk, made and read back: what a card asks, at whose desk, about what.

`review:12:3:…` and `finance:12:3:…` are about version 3 of form 12; `desk:<role>:…` about
anything else. Keys without a desk are those of the interview.
"""

from __future__ import annotations

from dialogs.case import FormView, Role

_DESK = "desk"
_SHORT = {"review": Role.REVIEWER, "finance": Role.FINANCE}
_PREFIX = {role: name for name, role in _SHORT.items()}


def key_about(role: Role, form: FormView, *parts: object) -> str:
    """The key of a card about a version of a form.

    >>> from datetime import datetime, UTC
    >>> form = FormView(12, "drafting", "区商务局", 2021, datetime(2022, 5, 31, tzinfo=UTC), 3)
    >>> key_about(Role.REVIEWER, form), key_about(Role.COORDINATOR, form, "waive", "a1")
    ('review:12:3', 'desk:coordinator:12:3:waive:a1')
    """
    prefix = _PREFIX.get(role, f"{_DESK}:{role}")
    return ":".join(map(str, (prefix, form.id, form.version, *parts)))


def key_at(role: Role, *parts: object) -> str:
    """The key of a card that lies on a role's desk and is not about a version of a form.

    >>> key_at(Role.COORDINATOR, "replace", 3)
    'desk:coordinator:replace:3'
    """
    return ":".join(map(str, (_DESK, role, *parts)))


def desk_of(key: str | None) -> Role | None:
    """The desk that a card belongs to; None for the interview's.

    >>> desk_of("desk:coordinator:replace:3"), desk_of("ask:cover")
    (<Role.COORDINATOR: 'coordinator'>, None)
    """
    kind, *rest = (key or "").split(":")
    return Role(rest[0]) if kind == _DESK else _SHORT.get(kind)
