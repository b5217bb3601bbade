"""Tables of the yearly exercise: standards, cycles, departments."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Standard(Base):
    """A standard's whole text as it was when a cycle was opened on it."""

    __tablename__ = "standards"

    hash: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    text: Mapped[str]
    stored_at: Mapped[datetime]


class Cycle(Base):
    """One year's exercise (自评年度工作); `plan` is when contacts are reminded, and its version grows
    with every change of plan or deadline, so that a reminder knows which of them it was made for.
    `erased_at` is when the content of its forms was deleted."""

    __tablename__ = "cycles"
    __table_args__ = (CheckConstraint("state IN ('open', 'closed')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    year: Mapped[int]
    standard_hash: Mapped[str] = mapped_column(ForeignKey("standards.hash"))
    opens_at: Mapped[datetime]
    deadline: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")
    plan: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    plan_version: Mapped[int] = mapped_column(default=1, server_default="1")
    closed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class CycleEvent(Base):
    """One act on a cycle: opened, moved, planned anew, closed, archived, erased."""

    __tablename__ = "cycle_events"
    __table_args__ = (Index("ix_cycle_events_cycle_id", "cycle_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    act: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]
    data: Mapped[dict[str, Any]]


class Archive(Base):
    """A cycle's archive, one file with everything."""

    __tablename__ = "archives"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    file_key: Mapped[str] = mapped_column(ForeignKey("files.key"))
    by: Mapped[str]
    at: Mapped[datetime]


class Department(Base):
    """A government department (部门); short names are how people call it. One that is not active
    takes part in no new cycle."""

    __tablename__ = "departments"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_names: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
