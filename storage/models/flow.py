"""Tables of a form's way through the house: who approved which submission, what came back, seals."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base

_STANDING = text("dropped_at IS NULL")
_OPEN = text("settled_at IS NULL")
_RUNNING = text("state IN ('offered', 'accepted')")


class Submission(Base):
    """A form as it was sent in for approval: the answers up to an event, under a short code."""

    __tablename__ = "submissions"

    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    last_event_id: Mapped[int]


class Approval(Base):
    """One reviewer's yes to a submission; `for_whom` differs from `by` for a stand-in (代审) and
    for a page signed by hand (线下签批), whose photo has `file_key`."""

    __tablename__ = "approvals"
    __table_args__ = (
        Index(
            "uq_approvals_standing", "form_id", "submission", "rank", unique=True,
            sqlite_where=_STANDING, postgresql_where=_STANDING,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    submission: Mapped[int]
    rank: Mapped[int]
    by: Mapped[str]
    for_whom: Mapped[str]
    file_key: Mapped[str | None] = mapped_column(ForeignKey("files.key"))
    at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]


class StandIn(Base):
    """Who may approve in a reviewer's place, for one department, and until when."""

    __tablename__ = "stand_ins"
    __table_args__ = (
        CheckConstraint("userid <> stands_in_for", name="other"),
        Index("ix_stand_ins_department_id", "department_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    stands_in_for: Mapped[str] = mapped_column(ForeignKey("people.userid"))
    userid: Mapped[str] = mapped_column(ForeignKey("people.userid"))
    set_by: Mapped[str]
    set_at: Mapped[datetime]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class ReturnedPoint(Base):
    """One thing that came back: an indicator with words, "" for the form as a whole; `reply` is
    what the contact answered to the words."""

    __tablename__ = "returned_points"
    __table_args__ = (
        Index(
            "uq_returned_points_open", "form_id", "indicator", unique=True,
            sqlite_where=_OPEN, postgresql_where=_OPEN,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    indicator: Mapped[str]
    words: Mapped[str]
    by: Mapped[str]
    role: Mapped[str]
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]
    reply: Mapped[str] = mapped_column(default="", server_default="")


class Seal(Base):
    """A scan or photo of the sealed paper for a delivered version; `code` is the version code
    that stands on it, "" while that is still to be named."""

    __tablename__ = "seals"
    __table_args__ = (Index("ix_seals_form_id", "form_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    version: Mapped[int]
    file_key: Mapped[str] = mapped_column(ForeignKey("files.key"))
    code: Mapped[str]
    given_by: Mapped[str]
    given_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]


class HandOver(Base):
    """Questions of a form that a contact handed to a colleague (转交): `scope` is a question, an
    indicator or a section, `without` questions that left it again. `note` and `reply` are what
    the giver and the receiver said; `done_at` is when nothing was left to answer first."""

    __tablename__ = "hand_overs"
    __table_args__ = (
        CheckConstraint("state IN ('offered', 'accepted', 'declined', 'ended')", name="state"),
        CheckConstraint("giver <> receiver", name="other"),
        Index(
            "uq_hand_overs_running", "form_id", "scope", "receiver", unique=True,
            sqlite_where=_RUNNING, postgresql_where=_RUNNING,
        ),
        Index("ix_hand_overs_form_id", "form_id", "state"),
        Index("ix_hand_overs_receiver", "receiver", "state"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    scope: Mapped[str]
    without: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    giver: Mapped[str] = mapped_column(ForeignKey("people.userid"))
    receiver: Mapped[str] = mapped_column(ForeignKey("people.userid"))
    state: Mapped[str]
    note: Mapped[str] = mapped_column(default="", server_default="")
    reply: Mapped[str] = mapped_column(default="", server_default="")
    given_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
