"""Table of what the directory of WeChat Work says about our people."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class DirectoryMark(Base):
    """How a person stood in the directory when it was last asked; `name` is theirs there, `since`
    when this was first seen, `told_at` when the coordinators were told of it."""

    __tablename__ = "directory_marks"
    __table_args__ = (
        CheckConstraint(
            "standing IN ('fine', 'renamed', 'left', 'disabled', 'unseen')", name="standing"
        ),
    )

    userid: Mapped[str] = mapped_column(ForeignKey("people.userid"), primary_key=True)
    standing: Mapped[str]
    name: Mapped[str] = mapped_column(default="", server_default="")
    since: Mapped[datetime]
    checked_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
