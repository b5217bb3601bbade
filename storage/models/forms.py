"""Tables of forms: the form itself, what happened to it, what was waived, what was delivered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Form(Base):
    """One department in one cycle (自评); `version` counts what was delivered, `rank` is that of
    the reviewers whose turn it is (0: nobody's), `due_at` when a returned form is to be back,
    `extended_to` this department's own deadline (延期)."""

    __tablename__ = "forms"
    __table_args__ = (
        UniqueConstraint("cycle_id", "department_id"),
        Index("ix_forms_department_id", "department_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    state: Mapped[str] = mapped_column(default="drafting")
    version: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime]
    rank: Mapped[int] = mapped_column(default=0, server_default="0")
    due_at: Mapped[datetime | None]
    extended_to: Mapped[datetime | None]


class FormEvent(Base):
    """One act on a form; triggers refuse to change or delete it."""

    __tablename__ = "form_events"
    __table_args__ = (Index("ix_form_events_form_id", "form_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    act: Mapped[str]
    actor: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    words: Mapped[str]
    at: Mapped[datetime]
    data: Mapped[dict[str, Any]]


class Waiver(Base):
    """A finding that the reviewer or coordinator lets pass, with the reason finance sees;
    `figures` are those it was let pass for ("": any, from before they were kept)."""

    __tablename__ = "waivers"

    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"), primary_key=True)
    finding: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    figures: Mapped[str] = mapped_column(default="", server_default="")


class Delivery(Base):
    """One version handed to finance, of which submission; the key keeps it from being delivered
    twice. `deadline` is that of then; `evidence_key` the evidence in one file."""

    __tablename__ = "deliveries"

    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    created_at: Mapped[datetime]
    files: Mapped[list[str]]
    submission: Mapped[int | None]
    code: Mapped[str] = mapped_column(default="", server_default="")
    deadline: Mapped[datetime | None]
    evidence_key: Mapped[str | None]
