"""How `jixiao outbox` shows what it found."""

from __future__ import annotations

from datetime import datetime

from bot.commands.outbox_words import why, why_code
from bot.phrases import phrase
from bot.settings import Settings
from storage.incidents import NEVER, Incident
from storage.outbox.decisions import STUCK, WAITING, Amount, Held


def at(settings: Settings, moment: datetime) -> str:
    """A moment as operators read it."""
    return moment.astimezone(settings.zone).isoformat(" ", "seconds")


def incident_words(settings: Settings, incident: Incident, ended: datetime | None) -> str:
    """Why sending is paused, or that it was."""
    since, code = at(settings, incident.opened_at), incident.code
    if ended:
        return phrase("outbox_ended", since=since, until=at(settings, ended), errcode=code)
    later = incident.next_probe_at
    coming = (
        phrase("outbox_no_next")
        if later >= NEVER
        else phrase("outbox_next", at=at(settings, later))
    )
    about = {"since": since, "errcode": code, "why": why_code(code or 0), "next": coming}
    told = phrase("outbox_paused", **about, reason=incident.reason, probes=incident.probes)
    if incident.code == 60020 and incident.our_ip:
        told += "\n" + phrase("outbox_paused_ip", ip=incident.our_ip)
    return told


def amount_words(settings: Settings, amounts: dict[str, Amount]) -> str:
    """How much is unsent or stuck; nothing if nothing is."""
    waiting = [amounts[state] for state in WAITING if state in amounts]
    if not amounts:
        return ""
    stuck = {state: amounts[state].count if state in amounts else 0 for state in STUCK}
    told = phrase("outbox_amounts", waiting=sum(each.count for each in waiting), **stuck)
    if waiting:
        oldest = min(each.oldest for each in waiting)
        told += phrase("outbox_oldest", since=at(settings, oldest))
    return told


def story(settings: Settings, held: Held, name: str) -> list[str]:
    """All about one message but its content, a line each."""
    row = held.row
    state = "set_aside" if row.set_aside_at else row.state
    told = [phrase("outbox_one", row=row.id, state=phrase(f"outbox_{state}"))]
    kind, since = phrase(f"outbox_kind_{row.kind}"), at(settings, row.created_at)
    told.append(phrase("outbox_one_to", name=name, userid=row.userid, kind=kind, since=since))
    if row.sent_at:
        told.append(phrase("outbox_one_sent", at=at(settings, row.sent_at)))
        return told
    first = phrase("outbox_never_left")
    if row.first_tried_at:
        first = phrase("outbox_may_have", at=at(settings, row.first_tried_at))
    told.append(phrase("outbox_one_tries", attempts=row.attempts, first=first))
    if row.state == "pending" and row.not_before > row.created_at:
        told.append(phrase("outbox_one_next", at=at(settings, row.not_before)))
    if row.last_error:
        told.append(phrase("outbox_one_why", error=row.last_error, why=why(row.last_error)))
    return told
