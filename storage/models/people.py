"""Tables of people and the roles they hold."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base

_EVERYWHERE = text("department_id IS NULL")


class Person(Base):
    """A member, under the userid that WeChat Work gives."""

    __tablename__ = "people"

    userid: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    plain_text_only: Mapped[bool] = mapped_column(default=False)
    # What else they are called by, and where they sit (财务股).
    aliases: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    office: Mapped[str] = mapped_column(default="", server_default="")
    email: Mapped[str] = mapped_column(default="", server_default="")
    # A reviewer who wants the digest of the week.
    weekly: Mapped[bool] = mapped_column(default=False, server_default=false())


class Role(Base):
    """What a person is for one department, or for all when there is none."""

    __tablename__ = "roles"
    __table_args__ = (
        CheckConstraint(
            "role IN ('contact', 'reviewer', 'coordinator', 'finance', 'colleague')", name="role"
        ),
        Index("uq_roles_in_department", "userid", "role", "department_id", unique=True),
        # NULLs count as different from each other, so the roles without department need their own.
        Index(
            "uq_roles_everywhere",
            "userid",
            "role",
            unique=True,
            sqlite_where=_EVERYWHERE,
            postgresql_where=_EVERYWHERE,
        ),
        Index("ix_roles_role_department_id", "role", "department_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    userid: Mapped[str] = mapped_column(ForeignKey("people.userid"))
    role: Mapped[str]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    # A reviewer's place in the chain of approval, from 1, and what they are there (分管领导).
    rank: Mapped[int] = mapped_column(default=1, server_default="1")
    title: Mapped[str] = mapped_column(default="", server_default="")


class Colleague(Base):
    """Somebody who works in a department and can be found by name when something is handed over
    (转交), whether or not they hold a role."""

    __tablename__ = "colleagues"

    department_id: Mapped[int] = mapped_column(
        ForeignKey("departments.id"), primary_key=True, autoincrement=False
    )
    userid: Mapped[str] = mapped_column(ForeignKey("people.userid"), primary_key=True)
