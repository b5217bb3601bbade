"""Special funds and projects: name, amount, documents, score and what was done with each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reports.reading.found import Found, money_text
from reports.reading.paper import Paper, Part
from reports.reading.patterns import part, pattern
from reports.reading.tasks import named

Row = dict[str, object]


@dataclass
class Fund:
    """One fund as it stands in the report: its title line and what follows it."""

    name: str
    amount: str
    place: str
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


def read_funds(paper: Paper, found: Found) -> None:
    """The funds under their indicator: titles that end in an amount, and the texts below."""
    for holder in paper.under(part("headings", "funds"))[-1:]:
        funds = list(_funds(holder))
        if not funds:
            continue
        rows = [_row(fund) for fund in funds]
        _on_time(paper, rows)
        agree = [_agrees(fund, found) for fund in funds]
        whole = all({"self_score", "work", "on_time"} <= row.keys() for row in rows)
        found.add("special_funds", rows, holder.place, certain=whole and all(agree))


def _funds(holder: Part) -> Iterator[Fund]:
    fund: Fund | None = None
    for text, place in _lines(holder):
        if pattern("funds", "weighed").match(text):
            break
        title = pattern("funds", "title").match(text)
        if title and part("stop") not in text:
            yield from [fund] if fund else []
            fund = Fund(title["name"], title["amount"], place)
        elif fund:
            fund.texts.append(text)
    yield from [fund] if fund else []


def _lines(holder: Part) -> Iterator[tuple[str, str]]:
    """The paragraphs; a title that a broken line left at the end of one stands by itself."""
    passages = list(holder.passages())[1:]
    for passage in passages:
        before, stop, last = passage.text.rpartition(part("stop"))
        apart = bool(before) and bool(last) and pattern("funds", "title").match(last)
        if apart:
            yield before + stop, passage.place
            yield last, passage.place
            continue
        at = pattern("funds", "weighed_inside").search(passage.text)
        if at:
            yield passage.text[: at.start()], passage.place
            yield passage.text[at.start() :], passage.place
        else:
            yield passage.text, passage.place


def _row(fund: Fund) -> Row:
    row: Row = {"name": fund.name, "amount": money_text(fund.amount)}
    score = pattern("funds", "score").search(fund.text)
    if score:
        row["self_score"] = score["value"]
    documents = _documents(fund)
    if documents:
        row["documents"] = documents
    row |= _shares(fund)
    units = pattern("funds", "enterprises").search(fund.text)
    if units:
        row["enterprises"] = units["units"] or units["firms"]
    work = _work(fund)
    if work:
        row["work"] = work
    for code, on_time in (("in_time", True), ("late", False)):
        if pattern("funds", code).search(fund.text):
            row["on_time"] = on_time
    return row


def _documents(fund: Fund) -> str:
    for code in ("own_documents", "documents"):
        match = pattern("funds", code).search(fund.text)
        if match:
            return re.sub(part("funds", "number"), part("semicolon"), match["value"])
    return ""


def _shares(fund: Fund) -> Row:
    listed = pattern("funds", "share_list").search(fund.text)
    if not listed:
        return {}
    found = {
        c: pattern("funds", "shares", c).search(listed["list"]) for c in part("funds", "shares")
    }
    return {column: money_text(match["value"]) for column, match in found.items() if match}


def _work(fund: Fund) -> str:
    """What was done: after the words for it, or the texts after the one on documents."""
    own = pattern("funds", "own_work").search(fund.text)
    if own:
        return own["value"].strip()
    told = [text for text in fund.texts if not pattern("funds", "documents").match(text)]
    return pattern("funds", "score_end").sub("", "\n".join(told)).strip()


def _agrees(fund: Fund, found: Found) -> bool:
    """Whether the amount in the title is the one in the text, or one of its shares."""
    given = pattern("funds", "given").search(fund.text)
    amount = money_text(fund.amount)
    if not given or money_text(given["value"]) == amount or amount in _shares(fund).values():
        return True
    numbers = {"name": fund.name, "first": fund.amount, "second": given["value"]}
    found.note("note_fund_amounts", place=fund.place, **numbers)
    return False


def _on_time(paper: Paper, rows: Sequence[Row]) -> None:
    """Whether all were in time, where the indicator says so rather than each fund."""
    for holder in paper.under(part("headings", "on_time")):
        text = holder.text()
        late = pattern("rows", "projects_late").search(text)
        left = named(late["names"], [str(row["name"]) for row in rows]) if late else None
        if left is None and not pattern("rows", "projects_all").search(text):
            continue
        for row in rows:
            row.setdefault("on_time", row["name"] not in (left or ()))
