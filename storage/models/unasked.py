"""Tables of what people are told unasked: what was said and why, and who asked for what."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base

_PENDING = text("settled_at IS NULL")


class Unasked(Base):
    """One message that nobody asked for: `reasons` are the keys in the ledger of why it was made,
    `messages` how many it takes. `started_at` is when the first of them left; one that lost its
    meaning before that has `dropped_at`."""

    __tablename__ = "unasked"
    __table_args__ = (Index("ix_unasked_userid_day", "userid", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    userid: Mapped[str]
    day: Mapped[str]
    kind: Mapped[str]
    about: Mapped[str]
    reasons: Mapped[list[str]]
    messages: Mapped[int]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]


class Snooze(Base):
    """Until when somebody wants no reminders; `wakes`: at that moment they want one."""

    __tablename__ = "snoozes"

    userid: Mapped[str] = mapped_column(ForeignKey("people.userid"), primary_key=True)
    until: Mapped[datetime]
    wakes: Mapped[bool]
    set_at: Mapped[datetime]


class Nudge(Base):
    """Somebody is to be reminded of a form because a coordinator says so (催办)."""

    __tablename__ = "nudges"
    __table_args__ = (
        Index("ix_nudges_form_id", "form_id", sqlite_where=_PENDING, postgresql_where=_PENDING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    userid: Mapped[str] = mapped_column(ForeignKey("people.userid"))
    by: Mapped[str]
    words: Mapped[str] = mapped_column(default="", server_default="")
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
