"""名册: a workbook comes up, what it changes is shown, and one button makes it so."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request, send_file
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.acts.import_roster import import_roster
from bot.directory import standing_lines
from bot.documents import XLSX, Document
from bot.lifecycle import By
from bot.phrases import phrase
from bot.rosters.difference import difference
from bot.rosters.files import NAME, NotRead, exported, read_roster_file, template
from bot.rosters.present import completed, present, respelled
from bot.services import Services
from bot.stored import StoredDocument, keep
from bot.web.keys import derive
from bot.web.pages import Answer, Pages, Visit
from reports.inspection import LIMITS, clean_name
from reports.roster import ROLES
from reports.roster_layout import role_name
from storage.files import FileMissing

if TYPE_CHECKING:
    from reports.reading.roster import Reading

_MOST_LINES = 400
_FOR = (By.COORDINATOR,)


@dataclass(frozen=True)
class _Ticket:
    """What was shown: the file's key and name, and the mark of the difference."""

    key: str
    name: str
    mark: str


def make_roster(services: Services) -> Blueprint:
    """The roster as it stands, a template, and bringing a new one."""
    pages = Pages(services, "roster")

    @pages.plain("/roster", roles=_FOR, everywhere=True)
    def show(visit: Visit, tx: Connection) -> str:
        stands = present(tx)
        counted = Counter(post.role for post in stands.roster.posts)
        return pages.render(
            "roster.html",
            visit,
            departments=len(stands.roster.departments),
            people=len(stands.roster.people),
            roles=[(role_name(role), counted[role]) for role in ROLES if counted[role]],
            standing_lines=standing_lines(tx),
        )

    @pages.plain("/roster/template.xlsx", roles=_FOR, everywhere=True)
    def empty(visit: Visit, tx: Connection) -> Answer:
        return _sent(template())

    @pages.plain("/roster/current.xlsx", roles=_FOR, everywhere=True)
    def current(visit: Visit, tx: Connection) -> Answer:
        return _sent(exported(present(tx)))

    @pages.plain("/roster/upload", post=True, transaction=False, roles=_FOR, everywhere=True)
    def upload(visit: Visit, tx: None) -> Answer:
        file = request.files.get("file")
        if file is None or not file.filename:
            raise ActRefused("roster_no_file")
        name = clean_name(file.filename) or NAME
        data = file.stream.read(LIMITS.sizes["xlsx"] + 1)
        try:
            reading = read_roster_file(name, data)
        except NotRead as problem:
            return pages.render("roster_refused.html", visit, name=name, words=problem.words)
        if reading.faults:
            return _faults(pages, visit, name, reading)
        key = services.files.put(data, name)
        with services.database.begin() as writing:
            keep(writing, StoredDocument(key, name, len(data), XLSX), visit.now)
        return _preview(services, pages, visit, key, name, reading)

    @pages.plain("/roster/import", post=True, transaction=False, roles=_FOR, everywhere=True)
    def bring(visit: Visit, tx: None) -> Answer:
        ticket = _opened(services, visit, request.form.get("ticket", ""))
        try:
            reading = read_roster_file(ticket.name, services.files.get(ticket.key))
        except (NotRead, FileMissing):
            raise ActRefused("roster_gone") from None
        try:
            with services.database.begin() as writing:
                new = completed(reading, present(writing))
                changed = import_roster(
                    services, writing, visit.userid, new, visit.now, ticket.mark
                )
        except ActRefused as refusal:
            if refusal.code != "roster_moved":
                raise
            words = refusal.words
            page = _preview(services, pages, visit, ticket.key, ticket.name, reading, words)
            return Response(page, 409)
        code = "roster_page_imported" if changed.changes else "roster_page_same"
        return pages.done(visit, None, code, counts=changed.counts)

    return pages.blueprint


def _preview(
    services: Services,
    pages: Pages,
    visit: Visit,
    key: str,
    name: str,
    reading: Reading,
    words: str = "",
) -> str:
    """What the file would change, with the button that does exactly that."""
    with services.database.read() as tx:
        stands = present(tx)
    shown = difference(stands, respelled(completed(reading, stands), stands))
    ticket = _signer(services, visit).dumps([key, name, shown.mark])
    return pages.render(
        "roster_preview.html",
        visit,
        name=name,
        shown=shown,
        groups=[(group, lines[:_MOST_LINES], len(lines)) for group, lines in shown.groups()],
        notes=reading.notes,
        ticket=ticket,
        words=words,
    )


def _faults(pages: Pages, visit: Visit, name: str, reading: Reading) -> str:
    lines = [fault.words for fault in reading.faults]
    return pages.render(
        "roster_refused.html",
        visit,
        name=name,
        words=phrase("roster_faults", file=name, count=len(lines)),
        lines=lines[:_MOST_LINES],
        more=len(lines) - _MOST_LINES,
    )


def _signer(services: Services, visit: Visit) -> URLSafeSerializer:
    return URLSafeSerializer(derive(services.settings, "roster"), salt=visit.userid)


def _opened(services: Services, visit: Visit, given: str) -> _Ticket:
    """What this person was shown. Raises ActRefused for a ticket that isn't theirs or ours."""
    try:
        key, name, mark = _signer(services, visit).loads(given)
    except (BadData, ValueError, TypeError):
        raise ActRefused("roster_gone") from None
    return _Ticket(str(key), str(name), str(mark))


def _sent(document: Document) -> Response:
    return send_file(
        io.BytesIO(document.content), XLSX, as_attachment=True, download_name=document.name
    )
