"""The e-mail addresses of people."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, select

from storage.models import Person, table

_p = table(Person).c
_OF_PEOPLE = (
    select(_p.email)
    .where(_p.userid.in_(bindparam("people", expanding=True)), _p.active, _p.email != "")
    .order_by(_p.userid)
)


def of_people(tx: Connection, userids: Collection[str]) -> list[str]:
    """Gives the addresses of those of them who are active and have one."""
    return list(tx.execute(_OF_PEOPLE, {"people": list(userids)}).scalars())
