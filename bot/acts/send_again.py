"""报告, 材料 某单位: somebody at finance or a coordinator gets a delivered version's files again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_access, standing_of
from bot.delivered import Version, versions_of
from bot.lifecycle import By
from bot.phrases import phrase
from bot.postbox import REPLY
from bot.services import Services
from bot.web.links import link
from bot.wecom.media import LIMITS
from dialogs.bubbles import Words
from reports.sizes import size_in_words
from storage import forms
from storage.files import StoredFile
from storage.interviews import Standing

MAY = (By.FINANCE, By.COORDINATOR)


def send_again(
    services: Services,
    tx: Connection,
    actor: str,
    by: By,
    form_id: int,
    what: str,
    version: int,
    now: datetime,
    turn_id: int,
) -> None:
    """Queues the files (`what`: all, report, evidence) of a version, 0 for the last one, for the
    actor. Evidence that is too large for a chat is told by its page."""
    form = forms.get(tx, form_id)
    if form is None:
        raise ActRefused("no_such_form")
    check_access(tx, actor, by if by in MAY else By.FINANCE, form)
    standing = standing_of(tx, form_id)
    found = _version(services, tx, standing, version)
    words, files = _told(services, standing, found, what, actor)
    services.postbox.post(
        tx, actor, (Words("\n".join(words)),), now, form_id, topic=REPLY, about=standing.code
    )
    for file in files:
        once = f"again:{turn_id}:{form_id}:{file.key}"
        services.postbox.put_file(tx, actor, file.key, now, once, REPLY, standing.code)


def _version(services: Services, tx: Connection, standing: Standing, number: int) -> Version:
    found = versions_of(services, tx, standing.form_id)
    if not found:
        raise ActRefused("never_delivered", department=standing.department)
    chosen = found[0] if not number else next((v for v in found if v.number == number), None)
    if chosen is None:
        numbers = {"version": number, "last": found[0].number}
        raise ActRefused("no_such_version", department=standing.department, **numbers)
    return chosen


def _told(
    services: Services, standing: Standing, version: Version, what: str, userid: str
) -> tuple[list[str], Sequence[StoredFile]]:
    """What is said, and the files that follow it."""
    named = {"department": standing.department, "version": version.number}
    if not version.is_whole:
        return [phrase("again_none", **named)], ()
    day = version.delivery.created_at.astimezone(services.settings.zone)
    words = [phrase("again_head", **named, month=day.month, day=day.day)]
    files = [] if what == "evidence" else [*version.documents]
    if what != "report" and version.bundle is None:
        words = [phrase("again_no_bundle", **named)] if what == "evidence" else words
    elif what != "report" and version.bundle and version.bundle.size <= LIMITS["file"]:
        files.append(version.bundle)
    elif what != "report" and version.bundle:
        page = link(services.settings, "deliveries", standing.form_id, userid)
        code = "again_large" if page else "again_large_nowhere"
        words.append(phrase(code, size=size_in_words(version.bundle.size), link=page))
    scans = [scan for scan in version.seals if not scan.purged_at]
    if scans and what != "evidence":
        words.append(phrase("again_seals"))
        files += scans
    return words, files
