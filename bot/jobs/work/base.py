"""What the kinds of tasks have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.services import Services
from bot.views import waiting_of
from dialogs.case import Waiting
from storage import interviews
from storage.tasks import Task


@dataclass(frozen=True)
class Work:
    """A kind of task. `run` does it, outside any transaction but its own, finishing the task in
    the transaction that writes the result; `given_up` tells people that it failed too often.
    With `waits_for_service` it never does for the reason that no call of WeChat Work works."""

    run: Callable[[Services, Task], None]
    given_up: Callable[[Services, Connection, Task, datetime], None]
    waits_for_service: bool = False


def waiting(services: Services, form_id: int) -> Waiting:
    """The form with its answers. Raises LookupError."""
    with services.database.read() as tx:
        standing = interviews.one(tx, form_id)
        if standing is None:
            raise LookupError(f"there is no form {form_id}")
        return waiting_of(services, tx, standing)
