"""Tables of the running service itself: tokens, ledger, leases."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base

_OPEN = text("closed_at IS NULL")


class AppToken(Base):
    """An app's access token, and who is fetching the next one until when."""

    __tablename__ = "tokens"

    app: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    generation: Mapped[int] = mapped_column(default=0)
    renewing_until: Mapped[datetime | None]
    renewing_by: Mapped[str | None]


class LedgerEntry(Base):
    """Something that must happen once, by its key."""

    __tablename__ = "ledger"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Lease(Base):
    """Who may do a job alone, and until when."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]


class Incident(Base):
    """Why nothing can be sent at the moment; one is open for each kind at a time.

    `code` is the service's errcode, `our_ip` our address as it saw it, `credentials` a keyed hash
    of what was used, so that a changed secret is tried at once. Whoever moves `next_probe_at` on
    may try once.
    """

    __tablename__ = "incidents"
    __table_args__ = (
        Index("ix_incidents_open", "kind", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    code: Mapped[int | None]
    reason: Mapped[str] = mapped_column(server_default="")
    our_ip: Mapped[str] = mapped_column(server_default="")
    credentials: Mapped[str] = mapped_column(server_default="")
    opened_at: Mapped[datetime]
    next_probe_at: Mapped[datetime]
    probes: Mapped[int] = mapped_column(server_default="0")
    closed_at: Mapped[datetime | None]
