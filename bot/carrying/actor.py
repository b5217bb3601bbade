"""Who acts in a turn."""

from __future__ import annotations

from dataclasses import dataclass

from bot.acts.base import ActRefused
from dialogs.case import Role


@dataclass(frozen=True)
class Actor:
    """Who acts in this turn, in which role, on which form (None at a desk)."""

    userid: str
    role: Role
    form_id: int | None
    turn_id: int

    @property
    def form(self) -> int:
        """The form whose contact speaks. Raises ActRefused for somebody at a desk."""
        if self.form_id is None:
            raise ActRefused("no_such_form")
        return self.form_id
