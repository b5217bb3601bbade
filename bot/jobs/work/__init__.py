"""The kinds of tasks, one file each; what orders a task names its kind."""

from __future__ import annotations

from bot.jobs.work import delivery, preview
from bot.jobs.work.base import Work

KINDS: dict[str, Work] = {
    "delivery": delivery.WORK,
    "preview": preview.WORK,
}
