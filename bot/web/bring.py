"""A running start: last year's report, the accounts and filled lists brought in and taken over."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, request
from sqlalchemy import Connection

from bot import contact_talk
from bot.acts.base import ActRefused, check_drafting, standing_of
from bot.acts.bring import bring, bring_last_year
from bot.acts.take_over import decline, take_over
from bot.bringing import Handed, NotRead, read_file, read_text
from bot.brought_table import groups_of
from bot.going_on import go_on
from bot.lifecycle import FormState
from bot.offering import last_year_of, shifted
from bot.phrases import phrase
from bot.services import Services
from bot.web.access import may_fill
from bot.web.pages import Answer, Pages, Visit, number
from dialogs.standing import standing_line
from scoring.standard import Standard
from storage.interviews import Standing

MOST_FILES = 12


def make_bring(services: Services) -> Blueprint:
    """Upload or paste, see what was read and from where, take over what is ticked."""
    pages = Pages(services, "bring")

    @pages.form("/bring/<int:form_id>", may_fill)
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        return _page(pages, services, visit, tx, standing)

    @pages.form("/bring/<int:form_id>/upload", may_fill, post=True, transaction=False)
    def upload(visit: Visit, tx: None, standing: Standing) -> str:
        check_drafting(standing.state)  # before anything is read; the act asks again
        with services.database.read() as reading:
            standard = services.shelf.standard(reading, standing.standard_hash)
        handed, refused = read_all(services, standard, standing)
        count = 0
        if handed:
            with services.database.begin() as writing:
                count = bring(writing, visit.userid, standing.form_id, standard, handed, visit.now)
        notes = [note for each in handed for note in each.notes]
        said = phrase("bring_done", count=count) if count else phrase("bring_none")
        with services.database.read() as reading:
            return _page(pages, services, visit, reading, standing, notes, refused, said)

    @pages.form("/bring/<int:form_id>/last-year", may_fill, post=True)
    def last_year(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        standard = services.shelf.standard(tx, standing.standard_hash)
        before = last_year_of(tx, standing.form_id, standard)
        if not before:
            return pages.done(visit, standing, "bring_no_last_year")
        values = shifted(standard, before, standing.year - 1)
        count = bring_last_year(tx, visit.userid, standing.form_id, standard, values, visit.now)
        return pages.done(visit, standing, "bring_done", count=count)

    @pages.form("/bring/<int:form_id>/take", may_fill, post=True)
    def take(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        ids = [id for each in request.form.getlist("ids") if (id := number(each)) is not None]
        if not ids:
            return pages.done(visit, standing, "bring_taken_none")
        if request.form.get("act") == "decline":
            count = decline(tx, visit.userid, standing.form_id, ids, visit.now)
            return pages.done(visit, standing, "bring_declined", count=count)
        count = take_over(services, tx, visit.userid, standing.form_id, ids, visit.now)
        fresh = standing_of(tx, standing.form_id)
        far = standing_line(contact_talk.fresh(services, tx, fresh, visit.userid, visit.now))
        if count:
            lead = phrase("bring_told", count=count, far=far)
            go_on(services, tx, fresh, visit.userid, lead, visit.now)
        return pages.done(visit, standing, "bring_taken", count=count)

    return pages.blueprint


def _page(
    pages: Pages,
    services: Services,
    visit: Visit,
    tx: Connection,
    standing: Standing,
    notes: Sequence[str] = (),
    refused: Sequence[str] = (),
    said: str = "",
) -> str:
    """All that waits to be taken over, and after an upload what was not understood of it."""
    fresh = standing_of(tx, standing.form_id)
    talk = contact_talk.fresh(services, tx, fresh, visit.userid, visit.now)
    return pages.render(
        "bring.html",
        visit,
        fresh,
        groups=groups_of(tx, fresh.form_id, talk.case),
        has_last_year=bool(talk.case.last_year),
        how_far=standing_line(talk),
        open=fresh.state == FormState.DRAFTING,
        notes=notes,
        refused=refused,
        said=said,
        most=MOST_FILES,
    )


def read_all(
    services: Services, standard: Standard, standing: Standing
) -> tuple[list[Handed], list[str]]:
    """What the request brings, and why some of it was not taken. Raises ActRefused if there is
    nothing at all, or a text bears a secrecy marking."""
    files = [f for f in request.files.getlist("files") if f.filename][:MOST_FILES]
    text = request.form.get("text", "").strip()
    if not files and not text:
        raise ActRefused("bring_nothing")
    handed: list[Handed] = []
    refused: list[str] = []
    for file in files:
        try:
            name = file.filename or ""
            handed.append(read_file(services, standard, standing, name, file.stream.read()))
        except NotRead as refusal:
            refused.append(refusal.words)
    if text:
        try:
            handed.append(read_text(standard, standing, text))
        except NotRead as refusal:
            refused.append(refusal.words)
    return handed, refused
