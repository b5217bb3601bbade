"""Looks whether anything was lost or done twice, by what is stored and by what people saw."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from storage import answers
from tests.soak.people import YUAN, Said


@dataclass(frozen=True)
class Seen:
    """What WeChat Work holds in the end."""

    messages: Mapping[str, Sequence[Mapping[str, Any]]]
    journal: Sequence[Mapping[str, Any]]

    def from_bot(self, userid: str) -> list[Mapping[str, Any]]:
        return [each for each in self.messages.get(userid, ()) if each["sender"] == "bot"]

    def missed(self) -> Counter[str]:
        """How many messages of each member WeChat Work itself says it could not bring."""
        return Counter(e["userid"] for e in self.journal if e["kind"] in ("lost", "undelivered"))

    def dropped(self) -> Counter[str]:
        """How many of the app's messages to each member WeChat Work dropped without a word."""
        return Counter(e["userid"] for e in self.journal if e["kind"] == "dropped")


def findings(tx: Connection, said: Sequence[Said], seen: Seen) -> Iterator[str]:
    """Every fault, in words."""
    yield from _answers_once(tx, said, seen)
    yield from _history_agrees(tx)
    yield from _all_replied(said, seen)
    yield from _all_sent(tx)
    yield from _in_order(tx, seen)
    yield from _nothing_doubled(tx, seen)
    yield from _delivered_once(tx, seen)


def _answers_once(tx: Connection, said: Sequence[Said], seen: Seen) -> Iterator[str]:
    """Each accepted answer is there once; one that was not brought may be missing."""
    rows = tx.execute(text("SELECT actor, raw FROM answer_events WHERE raw <> 'import'"))
    kept = Counter((actor, raw.removesuffix(YUAN)) for actor, raw in rows)
    missing: Counter[str] = Counter()
    for each in said:
        count = kept[each.userid, each.figure]
        missing[each.userid] += not count
        if count > 1:
            yield f"{each.userid}: {each.figure} stands {count} times in the history"
    for userid, count in (missing - seen.missed()).items():
        yield f"{userid}: {count} answers lost"


def _history_agrees(tx: Connection) -> Iterator[str]:
    for (form_id,) in tx.execute(text("SELECT id FROM forms")).all():
        if answers.present(tx, form_id) != answers.rebuild(tx, form_id):
            yield f"form {form_id}: the answers are not what the history tells"


def _all_replied(said: Sequence[Said], seen: Seen) -> Iterator[str]:
    """Whoever gave an answer was told what was understood, unless WeChat Work itself lost it."""
    unheard: Counter[str] = Counter()
    told = {
        userid: str([each["content"] for each in seen.from_bot(userid)]) for userid in seen.messages
    }
    for each in said:
        yuan = each.figure.rstrip("0").rstrip(".")
        unheard[each.userid] += yuan not in told[each.userid]
    for userid, count in (unheard - seen.missed() - seen.dropped()).items():
        yield f"{userid}: {count} answers without a reply"


def _all_sent(tx: Connection) -> Iterator[str]:
    """Nothing waits and nothing was given up. Whose fate is unknown is in sight of an operator."""
    states = dict(tx.execute(text("SELECT state, count(*) FROM outbox GROUP BY state")).all())
    for state, count in states.items():
        if state not in ("sent", "unknown"):
            yield f"{count} messages are {state}"
    for kind, is_open, given_up in tx.execute(
        text("SELECT kind, done_at IS NULL, given_up_at IS NOT NULL FROM tasks")
    ):
        if is_open or given_up:
            yield f"task {kind} is not done"


def _in_order(tx: Connection, seen: Seen) -> Iterator[str]:
    """Everybody reads their messages in the order in which they were queued."""
    place = {
        each["msgid"]: each["id"] for m in seen.messages.values() for each in m if each.get("msgid")
    }
    last: dict[str, int] = defaultdict(int)
    for userid, msgid in tx.execute(text("SELECT userid, msgid FROM outbox ORDER BY id")):
        at = place.get(msgid)
        if at is not None:
            if at < last[userid]:
                yield f"{userid}: message {msgid} came too early"
            last[userid] = max(last[userid], at)


def _nothing_doubled(tx: Connection, seen: Seen) -> Iterator[str]:
    """What people see is one bubble for each message that was queued."""
    known = {row[0] for row in tx.execute(text("SELECT msgid FROM outbox"))}
    for userid in seen.messages:
        extra = [e for e in seen.from_bot(userid) if e.get("msgid") and e["msgid"] not in known]
        told = Counter(
            json.dumps(each["content"], sort_keys=True) for each in seen.from_bot(userid)
        )
        for each in extra:
            if told[json.dumps(each["content"], sort_keys=True)] > 1:
                yield f"{userid}: a message came twice: {str(each['content'])[:60]}"


def _delivered_once(tx: Connection, seen: Seen) -> Iterator[str]:
    """Finance gets each version of each report once."""
    rows = tx.execute(text("SELECT form_id, version, count(*) FROM deliveries GROUP BY 1, 2"))
    for form_id, version, count in rows:
        if count > 1:
            yield f"form {form_id}: version {version} was delivered {count} times"
    for userid in seen.messages:
        files = Counter(
            e["content"].get("name") for e in seen.from_bot(userid) if e["kind"] == "file"
        )
        yield from (f"{userid}: {n} came {count} times" for n, count in files.items() if count > 1)
