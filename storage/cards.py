"""The cards that were sent, and the codes that update them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, literal_column, select, update

from storage.models import Card as CardModel
from storage.models import table
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Card:
    """`state` is open, clicked, greyed or stale. The response code is good for 72 hours, once."""

    task_id: str
    userid: str
    form_id: int | None
    purpose: str
    question: str | None
    response_code: str | None
    response_code_at: datetime | None
    state: str
    created_at: datetime


_cards = table(CardModel)
_ALL = select(*columns(_cards, Card))
_GET = _ALL.where(_cards.c.task_id == bindparam("card"))
_OPEN = _ALL.where(_cards.c.userid == bindparam("person"), _cards.c.state == "open").order_by(
    _cards.c.created_at, _cards.c.task_id
)
_OPEN_ABOUT = _ALL.where(
    _cards.c.form_id == bindparam("form"), _cards.c.state == literal_column("'open'")
).order_by(_cards.c.created_at, _cards.c.task_id)
_ADD = insert(_cards)
_SET_CODE = (
    update(_cards)
    .where(_cards.c.task_id == bindparam("card"))
    .values(response_code=bindparam("code"), response_code_at=bindparam("now"))
)
_SPEND = (
    update(_cards)
    .where(_cards.c.task_id == bindparam("card"), _cards.c.response_code == bindparam("code"))
    .values(response_code=None, response_code_at=bindparam("now"))
)
_SET_STATE = (
    update(_cards)
    .where(_cards.c.task_id == bindparam("card"), _cards.c.state == bindparam("from_state"))
    .values(state=bindparam("to_state"))
    .returning(_cards.c.task_id)
)


def add(
    tx: Connection,
    task_id: str,
    userid: str,
    purpose: str,
    now: datetime,
    form_id: int | None = None,
    question: str | None = None,
) -> None:
    """Notes a card that is about to be sent. Raises IntegrityError for a task id used before."""
    card = {"task_id": task_id, "userid": userid, "purpose": purpose, "created_at": now}
    tx.execute(_ADD, card | {"form_id": form_id, "question": question})


def get(tx: Connection, task_id: str) -> Card | None:
    row = tx.execute(_GET, {"card": task_id}).first()
    return Card(*row) if row else None


def open_of(tx: Connection, userid: str) -> list[Card]:
    """Gives the person's cards that still invite a click, oldest first."""
    return [Card(*row) for row in tx.execute(_OPEN, {"person": userid})]


def open_about(tx: Connection, form_id: int) -> list[Card]:
    """Gives the cards about a form that still invite a click, whoever has them."""
    return [Card(*row) for row in tx.execute(_OPEN_ABOUT, {"form": form_id})]


def set_code(tx: Connection, task_id: str, code: str | None, now: datetime) -> None:
    """Keeps the newest code that updates the card; None once it is used up."""
    tx.execute(_SET_CODE, {"card": task_id, "code": code, "now": now})


def spend_code(tx: Connection, task_id: str, code: str, now: datetime) -> None:
    """The code is used up, or good for nothing; one that has come since stays."""
    tx.execute(_SPEND, {"card": task_id, "code": code, "now": now})


def set_state(tx: Connection, task_id: str, from_state: str, to_state: str) -> bool:
    """Moves a card on; False, and nothing done, if it isn't in `from_state` any more."""
    values = {"card": task_id, "from_state": from_state, "to_state": to_state}
    return tx.execute(_SET_STATE, values).first() is not None
