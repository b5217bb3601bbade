"""Takes words off every table that may hold them; what remains says only that something was.

Where people's words can stand is told in docs/why.md, section 清除: a new column for them belongs
here too. Hold the form's lock. The bytes of files are erased after the commit, by a task.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, literal, or_, select, true, update

from storage import answers, files, proposals
from storage.models import (
    AnswerEvent,
    Conversation,
    Delivery,
    File,
    FormEvent,
    HandOver,
    Notice,
    OutboxMessage,
    Proposal,
    ReturnedPoint,
    Role,
    Turn,
    UnitFigure,
    Waiver,
    table,
)
from storage.models import Evidence as EvidenceModel
from storage.models import Purge as PurgeModel
from storage.models import Seal as SealModel
from storage.secret import Secret, secret_of

_e, _fe = table(AnswerEvent), table(FormEvent)
_proposals, _figures = table(Proposal), table(UnitFigure)
_points, _waivers, _purges = table(ReturnedPoint), table(Waiver), table(PurgeModel)
_talks, _turns, _outbox = table(Conversation), table(Turn), table(OutboxMessage)
_hands = table(HandOver)
_notices = table(Notice)
_deliveries, _files = table(Delivery), table(File)
_evidence, _seals, _roles = table(EvidenceModel), table(SealModel), table(Role)


def secret_of_fact(tx: Connection, form_id: int, fact: str) -> tuple[Secret, datetime | None]:
    """All that was ever said, brought or given by units for a fact, and since when; None if it
    never was."""
    found: list[Any] = []
    times: list[datetime] = []
    none = literal("")
    for rows, raw, at in (
        (_e, _e.c.raw, _e.c.at),
        (_figures, _figures.c.raw, _figures.c.at),
        (_proposals, none, _proposals.c.brought_at),
    ):
        wanted = (rows.c.form_id == form_id, rows.c.fact == fact)
        for value, word, when in tx.execute(select(rows.c.value, raw, at).where(*wanted)):
            if value is not None or word:
                found += [value, word]
                times.append(when)
    return secret_of(found), min(times, default=None)


def erase_fact(
    tx: Connection, form_id: int, fact: str, secret: Secret, by: str, agreed_by: str, now: datetime
) -> None:
    """Erases the answers to a fact, present and past, what was brought and what units gave, and
    the raw text of messages that answered something else with it."""
    for event in answers.history(tx, form_id, fact):
        answers.purge(tx, event.id, by, agreed_by, now)
    for event in answers.history(tx, form_id):
        if event.raw and secret.is_in(event.raw):
            tx.execute(update(_e).where(_e.c.id == event.id).values(raw=""))
    mine = (_figures.c.form_id == form_id, _figures.c.fact == fact)
    tx.execute(update(_figures).where(*mine).values(value=None, raw=""))
    others = select(_figures.c.id, _figures.c.raw).where(_figures.c.form_id == form_id)
    for number, raw in tx.execute(others).all():
        if raw and secret.is_in(raw):
            tx.execute(update(_figures).where(_figures.c.id == number).values(raw=""))
    proposals.erase(tx, form_id, fact)


def erase_proposals_from(tx: Connection, form_id: int, keys: Collection[str]) -> None:
    """Removes what was read from these files."""
    mine = (_proposals.c.form_id == form_id, _proposals.c.file_key.in_(keys))
    tx.execute(delete(_proposals).where(*mine))


def files_of_proposals(tx: Connection, form_id: int, fact: str) -> set[str]:
    """The files that a fact's values were read from."""
    mine = (_proposals.c.form_id == form_id, _proposals.c.fact == fact)
    found = tx.execute(select(_proposals.c.file_key).where(*mine)).scalars()
    return {key for key in found if key}


def erase_words(
    tx: Connection, form_id: int, facts: Collection[str], secret: Secret, but: int = 0
) -> None:
    """Erases words around a form that repeat the secret: of returns, hand-overs, waivers, events
    and other orders than the purge `but`. A waiver of a finding about the facts goes: its figures are gone."""
    for row in tx.execute(select(_fe).where(_fe.c.form_id == form_id)).all():
        about = _names(str(row.data.get("finding", ""))) & set(facts)
        if about or secret.is_in(row.words) or secret.is_within(row.data):
            tx.execute(update(_fe).where(_fe.c.id == row.id).values(words="", data={}))
    told_in = {_points: ("words", "reply"), _hands: ("note", "reply"), _purges: ("reason",)}
    for rows, names in told_in.items():
        for row in tx.execute(select(rows).where(rows.c.form_id == form_id)).all():
            told = {name: "" for name in names if secret.is_in(getattr(row, name))}
            if told and not (rows is _purges and row.id == but):
                tx.execute(update(rows).where(rows.c.id == row.id).values(**told))
    for row in tx.execute(select(_waivers).where(_waivers.c.form_id == form_id)).all():
        about = _names(row.finding) & set(facts)
        if about or secret.is_in(row.reason) or secret.is_in(row.figures):
            this = (_waivers.c.form_id == form_id, _waivers.c.finding == row.finding)
            tx.execute(delete(_waivers).where(*this))


def _names(finding: str) -> set[str]:
    """The parts of a finding's key, names of facts among them."""
    return set(finding.replace("+", ":").split(":"))


def people_around(tx: Connection, form_id: int, department_id: int) -> set[str]:
    """Everybody who may have been told about the form: who holds or held a role for it."""
    here = or_(_roles.c.department_id == department_id, _roles.c.department_id.is_(None))
    asked = [select(_roles.c.userid).where(here)]
    for rows, column in (
        (_e, _e.c.actor),
        (_fe, _fe.c.actor),
        (_talks, _talks.c.userid),
        (_evidence, _evidence.c.given_by),
        (_seals, _seals.c.given_by),
        (_proposals, _proposals.c.brought_by),
        (_figures, _figures.c.actor),
        (_hands, _hands.c.giver),
        (_hands, _hands.c.receiver),
    ):
        asked.append(select(column).where(rows.c.form_id == form_id).distinct())
    return {userid for statement in asked for userid in tx.execute(statement).scalars()}


def erase_talk(tx: Connection, form_id: int, people: Collection[str], secret: Secret) -> None:
    """Forgets what is half said about the form, and at a desk what repeats the secret."""
    tx.execute(delete(_talks).where(_talks.c.form_id == form_id))
    mine = _talks.c.userid.in_(bindparam("people", expanding=True))
    for row in tx.execute(select(_talks).where(mine), {"people": list(people)}).all():
        if secret.is_within(row.state):
            this = (_talks.c.userid == row.userid, _talks.c.form_id == row.form_id)
            tx.execute(delete(_talks).where(*this))


def erase_messages(
    tx: Connection,
    people: Collection[str],
    since: datetime,
    erased: Callable[[str, bool], str],
) -> None:
    """Erases what was said to these people since then, sent or not: nobody can tell a shortened
    quote from other words. `erased(payload, is_sent)` gives the message that stands instead."""
    mine = (_turns.c.userid.in_(people), _turns.c.received_at >= since)
    tx.execute(update(_turns).where(*mine, _turns.c.reply.is_not(None)).values(reply=""))
    about = (_outbox.c.userid.in_(people), _outbox.c.created_at >= since)
    told = select(_outbox.c.id, _outbox.c.payload, _outbox.c.state).where(
        *about, _outbox.c.kind == "send"
    )
    for number, payload, state in tx.execute(told).all():
        changed = {"payload": erased(payload, state == "sent")}
        tx.execute(update(_outbox).where(_outbox.c.id == number).values(**changed))


def files_made_for(tx: Connection, department_id: int, since: datetime) -> set[str]:
    """Documents sent since then to those who work for this department alone: drafts, lists; and
    tables over all departments, which name figures that contradict each other."""
    everywhere = select(_roles.c.userid).where(
        or_(_roles.c.department_id.is_(None), _roles.c.department_id != department_id)
    )
    own = select(_roles.c.userid).where(
        _roles.c.department_id == department_id, _roles.c.userid.not_in(everywhere)
    )
    over_all = _outbox.c.dedupe_key.startswith("overview:")
    sent = select(_outbox.c.file_key).where(
        or_(_outbox.c.userid.in_(own), over_all),
        _outbox.c.created_at >= since,
        _outbox.c.file_key.is_not(None),
    )
    given = set(tx.execute(select(_evidence.c.file_key)).scalars())
    given |= set(tx.execute(select(_seals.c.file_key)).scalars())
    given |= set(tx.execute(select(_notices.c.file_key)).scalars())
    return set(tx.execute(sent).scalars()) - given


def delivered_since(tx: Connection, form_id: int, since: datetime) -> dict[int, set[str]]:
    """The versions handed to finance since then, with the keys of their files, the evidence in
    one file among them."""
    d = _deliveries.c
    mine = (d.form_id == form_id, d.created_at >= since)
    found = tx.execute(select(d.version, d.files, d.evidence_key).where(*mine))
    return {version: {*keys, *([packed] if packed else [])} for version, keys, packed in found}


def same_bytes(tx: Connection, keys: Collection[str]) -> set[str]:
    """The keys under which the same bytes are kept, whatever their names."""
    hashes = {key[:64] for key in keys}
    found = select(_files.c.key).where(_files.c.sha256.in_(hashes) if hashes else ~true())
    return set(tx.execute(found).scalars()) | set(keys)


def erase_files(tx: Connection, keys: Collection[str], now: datetime) -> None:
    """Takes the files' names off the record and stops what is yet to be sent of them."""
    for key in keys:
        files.purge(tx, key, now)
        waiting = (_outbox.c.file_key == key, _outbox.c.state.in_(("pending", "claimed")))
        stopped = {"state": "failed", "last_error": "purged"}
        tx.execute(update(_outbox).where(*waiting).values(**stopped))


def still_there(tx: Connection, form_id: int, secret: Secret) -> list[str]:
    """The facts whose present answers repeat the secret all the same."""
    found = answers.present(tx, form_id)
    return [fact for fact, value in found.items() if secret.is_within(value)]
