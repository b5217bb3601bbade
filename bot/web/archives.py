"""档案: the archives of all years, to be downloaded; a new one is ordered with one button."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, request
from sqlalchemy import Connection
from werkzeug.http import dump_options_header

from bot.acts.base import ActRefused, name_of
from bot.acts.order_archive import order_archive
from bot.archiving.making import ZIP
from bot.jobs.work.archive import size_words
from bot.lifecycle import By
from bot.services import Services
from bot.web.pages import Answer, Pages, Visit, number
from storage import archives, cycles
from storage.archives import Archive
from storage.cycles import Cycle
from storage.files import FileMissing

_FOR = (By.COORDINATOR,)


def make_archives(services: Services) -> Blueprint:
    """For those who coordinate everything: an archive holds all departments."""
    pages = Pages(services, "archives")

    @pages.plain("/archives", roles=_FOR, everywhere=True)
    def show(visit: Visit, tx: Connection) -> str:
        years = [_year(services, tx, cycle) for cycle in cycles.all_of_them(tx)]
        return pages.render("archives.html", visit, years=years)

    @pages.plain("/archives/order", post=True, roles=_FOR, everywhere=True)
    def order(visit: Visit, tx: Connection) -> Answer:
        cycle_id = number(request.form.get("cycle", ""))
        if cycle_id is None:
            raise ActRefused("no_such_cycle")
        order_archive(tx, visit.userid, By.COORDINATOR, cycle_id, visit.now)
        return pages.done(visit, None, "archive_page_ordered")

    @pages.plain("/archives/<int:archive_id>/content", roles=_FOR, everywhere=True)
    def download(visit: Visit, tx: Connection, archive_id: int) -> Answer:
        found = archives.get(tx, archive_id)
        if found is None or found.purged_at:
            raise ActRefused("archive_gone")
        return _streamed(services, found)

    return pages.blueprint


def _year(services: Services, tx: Connection, cycle: Cycle) -> dict[str, object]:
    zone = services.settings.zone
    return {
        "cycle": cycle,
        "archives": [
            {
                "id": each.id,
                "at": f"{each.at.astimezone(zone):%Y-%m-%d %H:%M}",
                "by": name_of(tx, each.by),
                "size": size_words(each.size),
                "sha256": each.sha256,
                "is_whole_year": cycle.closed_at is not None and each.at >= cycle.closed_at,
            }
            for each in reversed(archives.of_cycle(tx, cycle.id))
        ],
    }


def _streamed(services: Services, found: Archive) -> Response:
    """Piece by piece: an archive may be larger than memory."""
    try:
        pieces = services.files.pieces(found.file_key)
    except FileMissing:
        raise ActRefused("archive_gone") from None
    response = Response(pieces, mimetype=ZIP)
    response.content_length = found.size
    options = {
        "filename": f"archive-{found.id}.zip",
        "filename*": f"UTF-8''{quote(found.name, safe='')}",
    }
    response.headers["Content-Disposition"] = dump_options_header("attachment", options)
    return response
