"""The lists for offices as messages and files of a form."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

from bot.documents import XLSX, Document, fit_name
from bot.phrases import phrase
from bot.services import Services
from bot.web.links import link
from dialogs.case import Waiting
from dialogs.talk import PLACE
from reports.office_lists import Asker, Entry, entries, texts
from scoring.engine import score

DAYS_BEFORE = 3
"""Offices are asked to supply this many days before the form is due."""


def listed(form: Waiting, office: str, *, everything: bool = False) -> tuple[Entry, ...]:
    """What an office is to supply for a form."""
    sheet = score(form.standard, form.answers)
    return entries(form.standard, form.answers, sheet, office, everything=everything)


def list_texts(services: Services, form: Waiting, office: str) -> list[str]:
    """The messages to forward."""
    address = link(services.settings, "lists", form.form.id)
    return texts(office, listed(form, office), asker_of(form, services.clock()), address)


def list_document(
    form: Waiting, office: str, now: datetime, *, everything: bool = False
) -> Document:
    """The workbook to fill in. Slow: never to be called inside a reply."""
    book = import_module("reports.office_book")
    found = listed(form, office, everything=everything)
    content = book.build_office_book(form.standard, office, found, asker_of(form, now))
    name = phrase(
        "office_list_name", department=form.form.department, year=form.form.year, office=office
    )
    return Document(fit_name(name), content, XLSX)


def asker_of(form: Waiting, now: datetime) -> Asker:
    """Who asks, and by when: some days before the deadline, as long as that is still ahead."""
    due = (form.form.due or form.form.deadline).astimezone(PLACE).date()
    early = due - timedelta(days=DAYS_BEFORE)
    contact = form.contact or phrase("nobody")
    by = early if early > now.astimezone(PLACE).date() else due
    return Asker(form.form.id, form.form.department, form.form.year, contact, by)
