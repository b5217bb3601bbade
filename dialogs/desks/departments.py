"""Which of the forms on a desk words mean, by the names of their departments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.case import Waiting
from dialogs.understand.departments import Plain, read_departments
from dialogs.wording import join, say


@dataclass(frozen=True)
class Meant:
    """The forms that are meant, the words behind the names, names that no department has, and
    names that several have with these. `all` says that everybody was meant (全部)."""

    found: tuple[Waiting, ...] = ()
    rest: str = ""
    unknown: tuple[str, ...] = ()
    unclear: tuple[tuple[str, tuple[Waiting, ...]], ...] = ()
    all: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether each name is that of one department."""
        return not self.unknown and not self.unclear


def meant(forms: Sequence[Waiting], said: str) -> Meant:
    """The forms whose departments stand at the beginning of the words."""
    known = [Plain(w.form.department_code, w.form.department, w.form.short_names) for w in forms]
    mention = read_departments(said, known)
    return Meant(
        found=tuple(forms[place] for place in mention.found),
        rest=mention.rest,
        unknown=mention.unknown,
        unclear=tuple((name, tuple(forms[n] for n in at)) for name, at in mention.unclear),
        all=mention.all,
    )


def which_is_meant(mention: Meant) -> str:
    """Asks about the names that are not clear; "" where all are."""
    lines = [
        say("departments_unclear", said=name, names=join([w.form.department for w in found]))
        for name, found in mention.unclear
    ]
    if mention.unknown:
        lines.append(say("departments_unknown", names=join(list(mention.unknown))))
    return "\n".join(lines)
