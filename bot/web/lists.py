"""Lists of what each office of the department is to supply: to copy, to download, to give back."""

from __future__ import annotations

import io

from flask import Blueprint, request, send_file
from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_drafting
from bot.acts.bring import bring
from bot.documents import XLSX
from bot.lifecycle import FormState
from bot.office_lists import asker_of, list_document, list_texts, listed
from bot.services import Services
from bot.views import waiting_of
from bot.web.access import may_fill
from bot.web.bring import read_all
from bot.web.links import PREFIX
from bot.web.pages import Answer, Pages, Visit
from dialogs.standing import office_keys
from storage.interviews import Standing


def make_lists(services: Services) -> Blueprint:
    """One list for each office; the filled .xlsx comes back here and is confirmed on 带入."""
    pages = Pages(services, "lists")

    @pages.form("/lists/<int:form_id>", may_fill)
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        form = waiting_of(services, tx, standing)
        lists = [
            {
                "key": key,
                "office": office,
                "open": len(listed(form, office)),
                "all": len(listed(form, office, everything=True)),
                "texts": list_texts(services, form, office),
            }
            for key, office in office_keys(form.standard).items()
        ]
        by = asker_of(form, visit.now).by
        return pages.render(
            "lists.html",
            visit,
            standing,
            lists=lists,
            by=by,
            open=standing.state == FormState.DRAFTING,
        )

    @pages.form("/lists/<int:form_id>/<key>.xlsx", may_fill)
    def download(visit: Visit, tx: Connection, standing: Standing, key: str) -> Answer:
        form = waiting_of(services, tx, standing)
        office = office_keys(form.standard).get(key)
        if office is None:
            raise ActRefused("no_office_list")
        everything = bool(request.args.get("all"))
        document = list_document(form, office, visit.now, everything=everything)
        return send_file(
            io.BytesIO(document.content), XLSX, as_attachment=True, download_name=document.name
        )

    @pages.form("/lists/<int:form_id>/upload", may_fill, post=True, transaction=False)
    def upload(visit: Visit, tx: None, standing: Standing) -> Answer:
        check_drafting(standing.state)
        with services.database.read() as reading:
            standard = services.shelf.standard(reading, standing.standard_hash)
        handed, refused = read_all(services, standard, standing)
        if not handed:
            return pages.render("lists_refused.html", visit, standing, refused=refused)
        with services.database.begin() as writing:
            count = bring(writing, visit.userid, standing.form_id, standard, handed, visit.now)
        notes = [note for each in handed for note in each.notes] + refused
        to = f"{PREFIX}/bring/{standing.form_id}"
        code = "lists_back_noted" if notes else "bring_done"
        return pages.done(
            visit, standing, code, to=to, count=count, notes="".join(notes[:_MOST_NOTES])
        )

    return pages.blueprint


_MOST_NOTES = 8
