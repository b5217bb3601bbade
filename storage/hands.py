"""What contacts handed to colleagues (转交), and how it stands.

Hold the form's lock while changing anything here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from storage.models import Form, HandOver, Person, table


@dataclass(frozen=True, slots=True)
class Hand:
    """Questions in somebody else's hands; `state` is offered, accepted, declined or ended, and
    `done` says that nothing was left to answer once. `without` left the scope again."""

    id: int
    form_id: int
    scope: str
    without: tuple[str, ...]
    giver: str
    giver_name: str
    giver_office: str
    receiver: str
    receiver_name: str
    receiver_office: str
    state: str
    note: str
    reply: str
    done: bool

    @property
    def runs(self) -> bool:
        """Whether the receiver has it: offered or accepted."""
        return self.state in _RUNNING


_RUNNING = ("offered", "accepted")
_hands = table(HandOver)
_h, _f = _hands.c, table(Form).c
_giver, _receiver = table(Person).alias("giver"), table(Person).alias("receiver")
_ALL: Any = (
    select(
        _h.id, _h.form_id, _h.scope, _h.without, _h.giver, _giver.c.name,
        _giver.c.office, _h.receiver,
        _receiver.c.name, _receiver.c.office, _h.state, _h.note, _h.reply, _h.done_at.is_not(None),
    )
    .select_from(
        _hands.join(_giver, _giver.c.userid == _h.giver).join(
            _receiver, _receiver.c.userid == _h.receiver
        )
    )
    .order_by(_h.id)
)  # fmt: skip
_ONE = _ALL.where(_h.id == bindparam("hand"))
_OF_FORM = _ALL.where(_h.form_id == bindparam("form"), _h.state != "ended")
_OF_PERSON = _ALL.where(_h.receiver == bindparam("person"), _h.state.in_(_RUNNING))
_EVER = select(exists().where(_h.receiver == bindparam("person")))
_ANY_IN = select(
    exists().where(
        _h.receiver == bindparam("person"),
        _h.state.in_(_RUNNING),
        _h.form_id == _f.id,
        _f.department_id == bindparam("department"),
    )
)
_ADD = insert(_hands).returning(_h.id)
_THIS = update(_hands).where(_h.id == bindparam("hand"))
_ANSWER = (
    _THIS.where(_h.state == "offered")
    .values(state=bindparam("to"), reply=bindparam("words"), answered_at=bindparam("now"))
    .returning(_h.id)
)
_OVER = {"state": "ended", "ended_by": bindparam("by"), "ended_at": bindparam("now")}
_END = _THIS.where(_h.state != "ended").values(**_OVER).returning(_h.id)
_END_DECLINED = (
    update(_hands)
    .where(
        _h.form_id == bindparam("form"),
        _h.scope == bindparam("named"),
        _h.state == "declined",
    )
    .values(**_OVER)
)
_LEAVE_OUT = _THIS.values(without=bindparam("left_out", type_=_h.without.type))
_DONE = _THIS.where(_h.done_at.is_(None)).values(done_at=bindparam("now")).returning(_h.id)
_PASS_ON = (
    update(_hands)
    .where(_h.form_id == bindparam("form"), _h.giver == bindparam("old"), _h.state != "ended")
    .values(giver=bindparam("new"))
)


def offer(
    tx: Connection,
    form_id: int,
    scope: str,
    giver: str,
    receiver: str,
    note: str,
    now: datetime,
) -> int:
    """Hands a scope to somebody and gives the row's id; what others declined of the same scope
    is over with it. Raises IntegrityError where they have it already, or are the giver."""
    tx.execute(_END_DECLINED, {"form": form_id, "named": scope, "by": giver, "now": now})
    values = {"form_id": form_id, "scope": scope, "giver": giver, "receiver": receiver}
    values |= {"state": "offered", "note": note, "given_at": now, "without": []}
    return int(tx.execute(_ADD, values).scalar_one())


def get(tx: Connection, hand_id: int) -> Hand | None:
    row = tx.execute(_ONE, {"hand": hand_id}).first()
    return _hand(row) if row else None


def of_form(tx: Connection, form_id: int) -> list[Hand]:
    """Gives those of a form that are not over, oldest first; declined ones among them."""
    return [_hand(row) for row in tx.execute(_OF_FORM, {"form": form_id})]


def running_with(tx: Connection, userid: str) -> list[Hand]:
    """Gives what a person has in hand or was offered, on whichever form, oldest first."""
    return [_hand(row) for row in tx.execute(_OF_PERSON, {"person": userid})]


def runs_in(tx: Connection, userid: str, department_id: int) -> bool:
    """Whether a person has anything in hand, or offered, of a department."""
    return bool(tx.execute(_ANY_IN, {"person": userid, "department": department_id}).scalar())


def had_any(tx: Connection, userid: str) -> bool:
    """Whether anything was ever handed to a person."""
    return bool(tx.execute(_EVER, {"person": userid}).scalar())


def answer(tx: Connection, hand_id: int, yes: bool, words: str, now: datetime) -> bool:
    """Notes that the receiver accepts or declines; False for what is not on offer any more."""
    values = {"hand": hand_id, "to": "accepted" if yes else "declined", "words": words, "now": now}
    return tx.execute(_ANSWER, values).first() is not None


def leave_out(tx: Connection, hand_id: int, questions: Sequence[str]) -> None:
    """Says which questions of the scope are in the receiver's hands no more, all of them."""
    tx.execute(_LEAVE_OUT, {"hand": hand_id, "left_out": list(questions)})


def end(tx: Connection, hand_id: int, by: str, now: datetime) -> bool:
    """Ends one; False, and nothing done, if it was over."""
    return tx.execute(_END, {"hand": hand_id, "by": by, "now": now}).first() is not None


def note_done(tx: Connection, hand_id: int, now: datetime) -> bool:
    """Notes that nothing is left to answer; False if that was noted before."""
    return tx.execute(_DONE, {"hand": hand_id, "now": now}).first() is not None


def pass_on(tx: Connection, form_id: int, old: str, new: str) -> None:
    """What `old` has handed out counts as given by `new` from now on."""
    tx.execute(_PASS_ON, {"form": form_id, "old": old, "new": new})


def _hand(row: Any) -> Hand:
    number, form_id, scope, without, *rest = row
    return Hand(number, form_id, scope, tuple(without), *rest)
