"""The sealed paper of a delivered report: scans brought, named by their code, taken back."""

from __future__ import annotations

from flask import Blueprint, request
from sqlalchemy import Connection

from bot.acts.base import ActRefused, name_of
from bot.acts.seal import Taken, give_seal, remove_seal
from bot.intake import TakenIn
from bot.lifecycle import FormState
from bot.paper import WITH_FINANCE, needs_seal
from bot.phrases import knows
from bot.services import Services
from bot.web.access import may_fill
from bot.web.pages import Answer, Pages, Visit, number
from bot.web.scans import scanned
from storage import deliveries, people, seals
from storage.interviews import Standing
from storage.seals import Seal

MOST = 20
_LONGEST = 60


def make_seal(services: Services) -> Blueprint:
    """One page: where the paper stands, what was brought, and the form to bring more."""
    pages = Pages(services, "seal")

    @pages.form("/seal/<int:form_id>", may_fill)
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        every = seals.of_form(tx, standing.form_id)
        given = [seal for seal in every if _stands(seal, standing)]
        codes = [each.code for each in deliveries.of_form(tx, standing.form_id)]
        return pages.render(
            "seal.html",
            visit,
            standing,
            stage=_stage(services, standing, codes[-1] if codes else ""),
            given=[_row(services, tx, seal) for seal in given],
            unnamed=any(not seal.code for seal in given),
            past=[_row(services, tx, seal) for seal in every if not _stands(seal, standing)],
            settled=standing.state == FormState.ACCEPTED and not standing.unsealed,
        )

    @pages.form("/seal/<int:form_id>", may_fill, post=True, transaction=False)
    def bring(visit: Visit, tx: None, standing: Standing) -> Answer:
        brought = [file for file in request.files.getlist("files") if file.filename]
        said = request.form.get("code", "").strip()[:_LONGEST]
        if not brought and not said:
            raise ActRefused("seal_no_files")
        if len(brought) > MOST:
            raise ActRefused("seal_too_many", most=MOST)
        scans = [scanned(services, standing.form_id, file, "seal_kind") for file in brought]
        taken = _given(services, visit, standing, scans, said)
        return pages.done(visit, standing, _said(taken), **taken.numbers)

    @pages.form("/seal/<int:form_id>/remove", may_fill, post=True)
    def remove(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        id = number(request.form.get("seal", ""))
        if id is None:
            raise ActRefused("seal_gone")
        remove_seal(services, tx, visit.userid, standing.form_id, id, visit.now)
        return pages.done(visit, standing, "seal_removed")

    return pages.blueprint


def _stands(seal: Seal, standing: Standing) -> bool:
    return seal.version == standing.version and seal.removed_at is None


def _stage(services: Services, standing: Standing, code: str) -> str:
    """What the page says at its head."""
    if not services.settings.paper_required:
        return "unwanted"
    if standing.state not in WITH_FINANCE:
        return "early"
    if not code:
        return "unwanted"
    return "wanted" if needs_seal(services.settings, standing) else "sealed"


def _row(services: Services, tx: Connection, seal: Seal) -> dict[str, object]:
    zone = services.settings.zone
    return {
        "id": seal.id,
        "version": seal.version,
        "name": seal.name,
        "code": seal.code,
        "by": name_of(tx, seal.given_by),
        "at": seal.given_at.astimezone(zone),
        "removed": seal.removed_at.astimezone(zone) if seal.removed_at else None,
    }


def _given(
    services: Services, visit: Visit, standing: Standing, scans: list[TakenIn], said: str
) -> Taken:
    documents, texts = [scan.document for scan in scans], [scan.text for scan in scans]
    with services.database.begin() as tx:
        people.person(tx, visit.userid, lock=True)
        return give_seal(
            services, tx, visit.userid, standing.form_id, documents, said, visit.now, texts
        )


def _said(taken: Taken) -> str:
    """The sentence for the page, where the chat's would not fit."""
    code = f"{taken.outcome}_page"
    return code if knows(code) else taken.outcome
