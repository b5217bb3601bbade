"""Tables of the talk: conversations, turns coming in, the outbox going out, cards."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base

_UNSENT = text("state IN ('pending', 'claimed')")
_SENT = text("sent_at IS NOT NULL")
_STUCK = text("state IN ('failed', 'unknown')")
_OPEN_CARD = text("state = 'open'")


class Conversation(Base):
    """What is half said. form_id 0 is talk that belongs to no form."""

    __tablename__ = "conversations"

    userid: Mapped[str] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]


class Turn(Base):
    """One inbound message and its reply; userid may be somebody we don't know."""

    __tablename__ = "turns"
    __table_args__ = (Index("ix_turns_userid_received_at", "userid", "received_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    userid: Mapped[str]
    received_at: Mapped[datetime]
    kind: Mapped[str]
    reply: Mapped[str | None]


class OutboxMessage(Base):
    """One message to be sent. The partial indexes hold only what is unsent or stuck, so the cost
    of a claim doesn't grow with what was ever sent. `topic` is what kind of thing it is, `about`
    which departments it concerns, by code; `unasked_id` is there where nobody asked for it,
    `set_aside_at` where somebody decided that it need not be sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("kind IN ('send', 'update_card', 'upload+send')", name="kind"),
        CheckConstraint(
            "state IN ('pending', 'claimed', 'sent', 'failed', 'unknown')", name="state"
        ),
        Index("ix_outbox_queue", "userid", "id", sqlite_where=_UNSENT, postgresql_where=_UNSENT),
        Index("ix_outbox_due", "not_before", "id", sqlite_where=_UNSENT, postgresql_where=_UNSENT),
        Index("ix_outbox_stuck", "id", sqlite_where=_STUCK, postgresql_where=_STUCK),
        Index(
            "ix_outbox_userid_sent_at",
            "userid",
            "sent_at",
            sqlite_where=_SENT,
            postgresql_where=_SENT,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    userid: Mapped[str]
    kind: Mapped[str]
    payload: Mapped[str]
    file_key: Mapped[str | None]
    media_id: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    claims: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    claimed_by: Mapped[str | None]
    first_tried_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    msgid: Mapped[str | None]
    response_code: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    dedupe_key: Mapped[str | None] = mapped_column(unique=True)
    topic: Mapped[str] = mapped_column(default="", server_default="")
    about: Mapped[str] = mapped_column(default="", server_default="")
    unasked_id: Mapped[int | None]
    set_aside_at: Mapped[datetime | None]


class Card(Base):
    """A card that was sent, and the code that updates it (72 hours, once)."""

    __tablename__ = "cards"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'clicked', 'greyed', 'stale')", name="state"),
        Index("ix_cards_userid_state", "userid", "state"),
        Index("ix_cards_form_id", "form_id", sqlite_where=_OPEN_CARD, postgresql_where=_OPEN_CARD),
    )

    task_id: Mapped[str] = mapped_column(primary_key=True)
    userid: Mapped[str]
    form_id: Mapped[int | None] = mapped_column(ForeignKey("forms.id"))
    purpose: Mapped[str]
    question: Mapped[str | None]
    response_code: Mapped[str | None]
    response_code_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(default="open")
    created_at: Mapped[datetime]
