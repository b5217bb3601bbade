"""The kinds of tasks, one file each; what orders a task names its kind."""

from __future__ import annotations

from bot.jobs.work import delivery, erase, leader_picture, materials, office_list, photo, preview
from bot.jobs.work.base import Work

KINDS: dict[str, Work] = {
    "delivery": delivery.WORK,
    "erase": erase.WORK,
    "leader_picture": leader_picture.WORK,
    "materials": materials.WORK,
    "office_list": office_list.WORK,
    "photo": photo.WORK,
    "preview": preview.WORK,
}
