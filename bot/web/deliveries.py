"""What finance was handed: all forms with their last version, and of each all versions with all
files to be downloaded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from flask import Blueprint, Response, abort
from sqlalchemy import Connection

from bot.calendar import calendar_of
from bot.delivered import Version, versions_of
from bot.lateness import lateness
from bot.lifecycle import By
from bot.services import Services
from bot.web.access import any_of, may_coordinate, may_receive
from bot.web.downloads import download
from bot.web.pages import NoAccess, Pages, Visit
from reports.sizes import size_in_words
from storage import deliveries
from storage.deliveries import Listed
from storage.files import FileMissing, StoredFile
from storage.interviews import Standing

_MAY = any_of(may_coordinate, may_receive)
_ROLES = (By.COORDINATOR, By.FINANCE)


def make_deliveries(services: Services) -> Blueprint:
    """The list, a form's versions, and the files."""
    pages = Pages(services, "deliveries")

    @pages.plain("/deliveries")
    def every(visit: Visit, tx: Connection) -> str:
        held = [role.department_id for role in visit.roles if role.role in _ROLES]
        if not held:
            raise NoAccess
        found = deliveries.listed(tx, None if None in held else [each for each in held if each])
        calendar, zone = calendar_of(tx), services.settings.zone
        late = {each.form_id: lateness(each.last, calendar, zone) for each in found}
        return pages.render("deliveries.html", visit, cycles=list(_by_cycle(found)), late=late)

    @pages.form("/deliveries/<int:form_id>", _MAY)
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        versions = versions_of(services, tx, standing.form_id)
        return pages.render(
            "delivered.html", visit, standing, versions=versions, size=size_in_words
        )

    @pages.form("/deliveries/<int:form_id>/<int:version>/<int:number>", _MAY)
    def file(
        visit: Visit, tx: Connection, standing: Standing, version: int, number: int
    ) -> Response:
        files = _version(services, tx, standing, version).numbered
        return _given(services, files[number - 1] if 0 < number <= len(files) else None)

    @pages.form("/deliveries/<int:form_id>/<int:version>/evidence", _MAY)
    def evidence(visit: Visit, tx: Connection, standing: Standing, version: int) -> Response:
        return _given(services, _version(services, tx, standing, version).bundle)

    return pages.blueprint


def _by_cycle(found: list[Listed]) -> Iterator[tuple[str, list[Listed]]]:
    """The forms under the names of their cycles."""
    for name, forms in groupby(found, key=lambda each: each.cycle):
        yield name, list(forms)


def _version(services: Services, tx: Connection, standing: Standing, number: int) -> Version:
    found = versions_of(services, tx, standing.form_id)
    version = next((each for each in found if each.number == number), None)
    return version or abort(404)


def _given(services: Services, file: StoredFile | None) -> Response:
    if file is None or file.purged_at:
        abort(404)
    try:
        return download(services, file)
    except FileMissing:
        abort(404)
