"""The kinds of tasks, one file each; what orders a task names its kind."""

from __future__ import annotations

from bot.jobs.work import (
    archive,
    delivery,
    directory,
    erase,
    erase_cycle,
    leader_picture,
    mail,
    materials,
    notice,
    office_list,
    opinion,
    overview,
    photo,
    preview,
    summary,
)
from bot.jobs.work.base import Work

KINDS: dict[str, Work] = {
    "archive": archive.WORK,
    "delivery": delivery.WORK,
    "directory": directory.WORK,
    "erase": erase.WORK,
    "erase_cycle": erase_cycle.WORK,
    "leader_picture": leader_picture.WORK,
    "mail": mail.WORK,
    "materials": materials.WORK,
    "notice": notice.WORK,
    "office_list": office_list.WORK,
    "opinion": opinion.WORK,
    "overview": overview.WORK,
    "photo": photo.WORK,
    "preview": preview.WORK,
    "summary": summary.WORK,
}
