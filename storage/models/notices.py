"""Tables of notices (通知) from coordinators, and who has confirmed them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Notice(Base):
    """A notice as it was sent; `target` is what was named (全部, or departments by name), and
    `supplements` the one that it adds to (补充通知). `scope` holds what was meant: the codes of
    `departments` (null: all of them) and the `roles` there. It goes out at `send_at`, unless it
    is `cancelled_at` before."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]
    file_key: Mapped[str | None] = mapped_column(ForeignKey("files.key"))
    file_name: Mapped[str] = mapped_column(default="", server_default="")
    target: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    supplements: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))
    scope: Mapped[dict[str, Any]]
    send_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class NoticeReceipt(Base):
    """One receiver of a notice, for which department, when it was sent to them last, and when
    they confirmed it."""

    __tablename__ = "notice_receipts"
    __table_args__ = (Index("ix_notice_receipts_userid", "userid"),)

    notice_id: Mapped[int] = mapped_column(
        ForeignKey("notices.id"), primary_key=True, autoincrement=False
    )
    userid: Mapped[str] = mapped_column(ForeignKey("people.userid"), primary_key=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    sent_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]


class NoticeFile(Base):
    """A file that a coordinator has put on the page for the next notice."""

    __tablename__ = "notice_files"

    userid: Mapped[str] = mapped_column(ForeignKey("people.userid"), primary_key=True)
    file_key: Mapped[str] = mapped_column(ForeignKey("files.key"))
    file_name: Mapped[str]
    at: Mapped[datetime]
