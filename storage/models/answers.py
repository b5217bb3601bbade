"""Tables of answers: every answer as an event, and the present ones beside them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Json

# What a purge leaves: no content, and two different people who answer for it.
_TOMBSTONE = (
    "purged_at IS NULL OR (value IS NULL AND raw = '' AND purged_by IS NOT NULL"
    " AND purge_agreed_by IS NOT NULL AND purged_by <> purge_agreed_by)"
)


class AnswerEvent(Base):
    """One answer as given; value NULL takes it back. Triggers allow no change but a purge."""

    __tablename__ = "answer_events"
    __table_args__ = (
        Index("ix_answer_events_form_id", "form_id", "id"),
        CheckConstraint(_TOMBSTONE, name="tombstone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"))
    fact: Mapped[str]
    value: Mapped[Any | None] = mapped_column(Json)
    raw: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]
    turn_id: Mapped[int | None] = mapped_column(ForeignKey("turns.id"))
    purged_at: Mapped[datetime | None]
    purged_by: Mapped[str | None]
    purge_agreed_by: Mapped[str | None]


class PresentAnswer(Base):
    """The last event of each fact that was not taken back."""

    __tablename__ = "present_answers"

    form_id: Mapped[int] = mapped_column(ForeignKey("forms.id"), primary_key=True)
    fact: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(Json)
    event_id: Mapped[int] = mapped_column(ForeignKey("answer_events.id"))
    actor: Mapped[str]
    at: Mapped[datetime]
