"""Table of the days that differ from the calendar that is known here."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class CalendarDay(Base):
    """A day (`2027-02-08`) on which people work, or don't, whatever the calendar says."""

    __tablename__ = "calendar_days"

    day: Mapped[str] = mapped_column(primary_key=True)
    working: Mapped[bool]
    name: Mapped[str] = mapped_column(default="", server_default="")
    by: Mapped[str]
    at: Mapped[datetime]
