"""How departments are called where many stand together: without the place that all have in front."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dialogs.case import FormView
from dialogs.wording import say

_SHORTEST = 2
_LONGEST_OWN = 8


def short_names(forms: Sequence[FormView]) -> dict[int, str]:
    """The short name of each form's department, by form. Its own short name where it has one;
    else the name without the place (梅州市梅江区) that at least half of them begin with."""
    names = [form.department for form in forms]
    place = _place(names)
    return {form.id: _own(form) or _without(form.department, place) for form in forms}


def _own(form: FormView) -> str:
    """The first short name, which is how people call it, unless it is none."""
    fitting = [name for name in form.short_names if _SHORTEST < len(name) <= _LONGEST_OWN]
    return fitting[0] if fitting else ""


def _place(names: Sequence[str]) -> str:
    ends = say("place_ends").split()
    found = Counter(
        name[: at + 1]
        for name in names
        for at, character in enumerate(name)
        if character in ends and at + _SHORTEST < len(name)
    )
    common = [place for place, count in found.items() if count * 2 > len(names) > 1]
    return max(common, key=len, default="")


def _without(name: str, place: str) -> str:
    """The rest of a name, with the last character of the place where it means nothing without:
    区委办公室, 区政府办公室."""
    rest = name.removeprefix(place)
    if rest == name or len(rest) < _SHORTEST:
        return name
    return place[-1] + rest if rest.startswith(tuple(say("place_bound").split())) else rest
