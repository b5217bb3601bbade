"""Tables of the running service itself: tokens, ledger, leases."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


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
