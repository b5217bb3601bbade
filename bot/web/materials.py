"""The list of materials (材料清单): give, sort, look at, replace and take out evidence."""

from __future__ import annotations

import io
from collections.abc import Sequence

from flask import Blueprint, Response, abort, request, send_file
from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_drafting
from bot.acts.evidence import CLOSED, remove_evidence, replace_evidence, sort_evidence
from bot.lifecycle import FormState
from bot.materials_list import PICTURES, file_lines, materials_of
from bot.services import Services
from bot.upload import Brought, receive
from bot.web.access import may_fill, may_see
from bot.web.pages import Answer, Pages, Visit, number
from bot.web.scans import stored
from storage import evidence, people
from storage.evidence import Evidence
from storage.files import FileDamaged, FileMissing
from storage.interviews import Standing

_FIELD = "item-"
# What is kept was brought by people: a browser must not run any of it in our name.
_SHUT = "default-src 'none'; sandbox"


def make_materials(services: Services) -> Blueprint:
    """The list, its uploads, and a page for each given file."""
    pages = Pages(services, "materials")
    _add_list(pages, services)
    _add_files(pages, services)
    return pages.blueprint


def _add_list(pages: Pages, services: Services) -> None:
    @pages.form("/materials/<int:form_id>", may_see)
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        return _listing(pages, services, visit, tx, standing)

    @pages.form("/materials/<int:form_id>/upload", may_fill, post=True, transaction=False)
    def upload(visit: Visit, tx: None, standing: Standing) -> str:
        check_drafting(standing.state, CLOSED)  # before anything is read; the act asks again
        files = [(f.filename or "", f.stream) for f in request.files.getlist("files") if f.filename]
        if not files:
            raise ActRefused("upload_nothing")
        item = request.form.get("item", "")
        brought = receive(services, visit.userid, standing.form_id, files, item, visit.now)
        with services.database.read() as reading:
            return _listing(pages, services, visit, reading, standing, brought)

    @pages.form("/materials/<int:form_id>/sort", may_fill, post=True)
    def sort(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        chosen = _chosen()
        if not chosen:
            raise ActRefused("evidence_no_item")
        for id, items in chosen.items():
            sort_evidence(services, tx, visit.userid, standing.form_id, [id], items, visit.now)
        return pages.done(visit, standing, "materials_sorted", count=len(chosen))


def _add_files(pages: Pages, services: Services) -> None:
    @pages.form("/materials/<int:form_id>/files/<int:evidence_id>", may_see)
    def file(visit: Visit, tx: Connection, standing: Standing, evidence_id: int) -> str:
        found = _seen(tx, visit, standing, evidence_id)
        same = [e for e in evidence.of_form(tx, standing.form_id) if e.sha256 == found.sha256]
        materials = materials_of(services, tx, standing)
        return pages.render(
            "material.html",
            visit,
            standing,
            line=file_lines(tx, [found], services.settings.zone)[0],
            served=[materials.wanted[e.item] for e in same if e.item in materials.wanted],
            materials=materials,
            may_change=_may_change(tx, visit, standing) and not found.removed_at,
        )

    @pages.form("/materials/<int:form_id>/files/<int:evidence_id>/content", may_see)
    def content(visit: Visit, tx: Connection, standing: Standing, evidence_id: int) -> Response:
        found = _seen(tx, visit, standing, evidence_id)
        try:
            data = services.files.get(found.file_key) if not found.purged_at else None
        except (FileMissing, FileDamaged):
            data = None
        return abort(404) if data is None else opened(found, data)

    @pages.form(
        "/materials/<int:form_id>/files/<int:evidence_id>/replace",
        may_fill,
        post=True,
        transaction=False,
    )
    def replace(visit: Visit, tx: None, standing: Standing, evidence_id: int) -> Answer:
        check_drafting(standing.state, CLOSED)  # before anything is read; the act asks again
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            raise ActRefused("upload_nothing")
        form_id = standing.form_id
        document = stored(services, form_id, sent).document
        with services.database.begin() as writing:
            people.person(writing, visit.userid, lock=True)
            replace_evidence(
                services, writing, visit.userid, form_id, evidence_id, document, "page", visit.now
            )
        return pages.done(visit, standing, "materials_replaced", name=document.name)

    @pages.form("/materials/<int:form_id>/files/<int:evidence_id>/remove", may_fill, post=True)
    def remove(visit: Visit, tx: Connection, standing: Standing, evidence_id: int) -> Answer:
        gone = remove_evidence(services, tx, visit.userid, standing.form_id, evidence_id, visit.now)
        return pages.done(visit, standing, "materials_removed", name=gone.name)


def _listing(
    pages: Pages,
    services: Services,
    visit: Visit,
    tx: Connection,
    standing: Standing,
    brought: Sequence[Brought] = (),
) -> str:
    return pages.render(
        "materials.html",
        visit,
        standing,
        materials=materials_of(services, tx, standing),
        brought=brought,
        may_change=_may_change(tx, visit, standing),
        most_bytes=services.settings.upload_bytes,
    )


def _may_change(tx: Connection, visit: Visit, standing: Standing) -> bool:
    drafting = standing.state == FormState.DRAFTING
    return drafting and may_fill(tx, visit.userid, standing, visit.now)


def _seen(tx: Connection, visit: Visit, standing: Standing, evidence_id: int) -> Evidence:
    """What was given, or "not found": what another form has, and for others what its contacts
    have taken out."""
    found = evidence.one(tx, standing.form_id, evidence_id)
    if found is None:
        abort(404)
    if found.removed_at and not may_fill(tx, visit.userid, standing, visit.now):
        abort(404)
    return found


def _chosen() -> dict[int, list[str]]:
    """The items chosen for unsorted files, by the files' ids."""
    return {
        id: items
        for field, values in request.form.lists()
        if field.startswith(_FIELD)
        and (id := number(field.removeprefix(_FIELD))) is not None
        and (items := [item for item in values if item])
    }


def opened(found: Evidence, data: bytes) -> Response:
    """The file: a picture in its place, all else to be saved, nothing of it run."""
    picture = found.content_type in PICTURES
    response = send_file(
        io.BytesIO(data),
        mimetype=found.content_type,
        as_attachment=not picture,
        download_name=found.name,
    )
    response.headers["Content-Security-Policy"] = _SHUT
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
