"""Numbers of persons in the evidence are named at 送审, to who sends in and to who is asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from bot.phrases import phrase
from bot.services import Services
from dialogs.bubbles import Words
from storage import warned
from storage.forms import Form
from storage.warned import Warned

_SHOWN = 10


def name_private_numbers(
    services: Services, tx: Connection, form: Form, people: Collection[str], now: datetime
) -> None:
    """Tells these people which files hold how many of them; nothing where none does."""
    found = warned.of_form(tx, form.id)
    if not found:
        return
    lines = [phrase("private_in_files", count=len(found))]
    lines += [_line(each) for each in found[:_SHOWN]]
    lines.append(phrase("private_in_files_next"))
    words = Words("\n".join(lines))
    for userid in dict.fromkeys(people):
        services.postbox.post(tx, userid, (words,), now, form.id)


def _line(file: Warned) -> str:
    counts = [phrase(f"counted_{kind}", count=count) for kind, count in file.counts.items()]
    return phrase("private_in_file", name=file.name, counts=phrase("list_comma").join(counts))
