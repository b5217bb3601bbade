"""Tables of the yearly exercise: standards, cycles, departments."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
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
    """One year's exercise (自评年度工作)."""

    __tablename__ = "cycles"
    __table_args__ = (CheckConstraint("state IN ('open', 'closed')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    year: Mapped[int]
    standard_hash: Mapped[str] = mapped_column(ForeignKey("standards.hash"))
    opens_at: Mapped[datetime]
    deadline: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")


class Department(Base):
    """A government department (部门); short names are how people call it."""

    __tablename__ = "departments"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_names: Mapped[list[str]]
