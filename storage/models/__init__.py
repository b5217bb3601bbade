"""The schema as typed SQLAlchemy models, one file for each group of tables."""

from typing import cast

from sqlalchemy import Table

from storage.models.answers import AnswerEvent, PresentAnswer
from storage.models.base import Base
from storage.models.calendar import CalendarDay
from storage.models.cycles import Archive, Cycle, CycleEvent, Department, Standard
from storage.models.directory import DirectoryMark
from storage.models.files import Evidence, File
from storage.models.flow import Approval, HandOver, ReturnedPoint, Seal, StandIn, Submission
from storage.models.forms import Delivery, Form, FormEvent, Waiver
from storage.models.imports import Proposal, Purge, Unit, UnitFigure
from storage.models.messages import Card, Conversation, OutboxMessage, Turn
from storage.models.notices import Notice, NoticeFile, NoticeReceipt
from storage.models.people import Colleague, Person, Role
from storage.models.reviewing import Appeal, Opinion, ReviewedScore
from storage.models.service import AppToken, Incident, Lease, LedgerEntry
from storage.models.tasks import Task
from storage.models.unasked import Nudge, Snooze, Unasked

__all__ = [
    "AnswerEvent",
    "AppToken",
    "Appeal",
    "Approval",
    "Archive",
    "Base",
    "CalendarDay",
    "Card",
    "Colleague",
    "Conversation",
    "Cycle",
    "CycleEvent",
    "Delivery",
    "Department",
    "DirectoryMark",
    "Evidence",
    "File",
    "Form",
    "FormEvent",
    "HandOver",
    "Incident",
    "Lease",
    "LedgerEntry",
    "Notice",
    "NoticeFile",
    "NoticeReceipt",
    "Nudge",
    "Opinion",
    "OutboxMessage",
    "Person",
    "PresentAnswer",
    "Proposal",
    "Purge",
    "ReturnedPoint",
    "ReviewedScore",
    "Role",
    "Seal",
    "Snooze",
    "StandIn",
    "Standard",
    "Submission",
    "Task",
    "Turn",
    "Unasked",
    "Unit",
    "UnitFigure",
    "Waiver",
    "table",
]


def table(model: type[Base]) -> Table:
    """Gives a model's table, for Core statements: they cost a third of the ORM's."""
    return cast(Table, model.__table__)
