"""Tables of what was brought along instead of typed: proposals, figures of units, and purges."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Json


class Proposal(Base):
    """A value read from a file, that counts for nothing until somebody takes it over."""

    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint(
            "source IN ('report', 'accounts', 'last_year', 'office', 'units', 'earlier')",
            name="source",
        ),
        CheckConstraint("state IN ('open', 'taken', 'declined', 'replaced')", name="state"),
        Index("ix_proposals_form_id", "form_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    fact: Mapped[str]
    value: Mapped[Any] = mapped_column(Json)
    source: Mapped[str]
    place: Mapped[str]
    certain: Mapped[bool] = mapped_column(default=True)
    file_key: Mapped[str | None] = mapped_column(ForeignKey("files.key"))
    brought_by: Mapped[str]
    brought_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")
    settled_by: Mapped[str | None]
    settled_at: Mapped[datetime | None]


class Unit(Base):
    """A unit below a department (下属单位) that gives figures of its own."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("department_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    code: Mapped[str]
    name: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class UnitFigure(Base):
    """One figure of a unit as given; the last one of a fact counts, value NULL takes it back."""

    __tablename__ = "unit_figures"
    __table_args__ = (Index("ix_unit_figures_form_id", "form_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    fact: Mapped[str]
    value: Mapped[Any | None] = mapped_column(Json)
    raw: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]


class Purge(Base):
    """An order to erase secret or personal content: asked by one person, agreed by another.

    `what` is "fact", "evidence" or "seal", `target` the fact's name or the row's id.
    """

    __tablename__ = "purges"
    __table_args__ = (
        CheckConstraint("what IN ('fact', 'evidence', 'seal')", name="what"),
        CheckConstraint("agreed_by IS NULL OR agreed_by <> asked_by", name="two_people"),
        Index("ix_purges_form_id", "form_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    what: Mapped[str]
    target: Mapped[str]
    reason: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    agreed_by: Mapped[str | None]
    agreed_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
