"""How the chain of approval is spoken about: where a form is, and what people are told of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.case import FormView, Link, Role, Waiting
from dialogs.desk_cards import key_about, key_at
from dialogs.talk import PLACE
from dialogs.wording import join, say

_SIGNED = "signed"


def turn(chain: Sequence[Link]) -> Link | None:
    """The link whose turn it is: the first that has not approved; None behind the last."""
    return next((link for link in chain if not link.approved_by), None)


def whom(link: Link) -> str:
    """The people of a link with what they are: 主要领导 周正."""
    names = join(list(link.names)) or say("link_nobody")
    return say("link_whom", title=link.title, names=names)


def way(chain: Sequence[Link]) -> str:
    """The whole chain in one line, with who has approved and whose turn it is; "" where one yes
    is all there is."""
    if len(chain) < 2 and not any(link.approved_by for link in chain):
        return ""
    at = turn(chain)
    parts = [_part(link, link is at) for link in chain]
    return say("chain_line", way=say("chain_arrow").join(parts))


def _part(link: Link, now: bool) -> str:
    if link.approved_by:
        return say("chain_done", title=link.title, name=link.approved_by)
    return say("chain_now" if now else "chain_later", whom=whom(link))


def further(chain: Sequence[Link]) -> str:
    """A sentence that says who is asked after the first rank; "" where there is no other."""
    if len(chain) < 2:
        return ""
    rest = join([whom(link) for link in chain[1:]])
    return say("submitted_chain", first=whom(chain[0]), rest=rest)


def about(waiting: Waiting) -> list[str]:
    """The lines that every card's text has: the chain, and the version code of what was sent in."""
    lines = [way(waiting.chain)]
    if waiting.form.code:
        lines.append(say("chain_code", code=waiting.form.code))
    return [line for line in lines if line]


def details(waiting: Waiting) -> tuple[tuple[str, str], ...]:
    """The same in short, for the rows of a card."""
    rows = []
    done = [link.approved_by for link in waiting.chain if link.approved_by]
    if done:
        rows.append((say("row_approved"), join(done)))
    if waiting.form.code:
        rows.append((say("row_code"), waiting.form.code))
    return tuple(rows)


def key_of(waiting: Waiting) -> str:
    """The key of a review card; another rank or submission has another one."""
    at = turn(waiting.chain)
    return key_about(Role.REVIEWER, waiting.form, at.rank if at else 0, waiting.form.code)


def is_old(key: str, waiting: Waiting) -> bool:
    """Whether a review card is about an earlier rank or submission than the form is at."""
    return key.count(":") > 2 and key != key_of(waiting)


def passed_on(waiting: Waiting) -> tuple[Bubble, ...]:
    """The contact is told who approved, and who is asked now."""
    given = [link for link in waiting.chain if link.approved_by]
    at = turn(waiting.chain)
    if not given or at is None:
        return ()
    by = say("link_whom", title=given[-1].title, names=given[-1].approved_by)
    numbers = {"department": waiting.form.department, "by": by, "whom": whom(at)}
    return (Words(say("passed_on", **numbers)),)


def approved_noted(waiting: Waiting, name: str) -> str:
    """What somebody is told who has just said yes: who is asked next, or that it goes on to
    finance. A later rank that they hold too has been approved with the same tap."""
    behind = [link for link in waiting.chain if not link.approved_by][1:]
    after = next((link for link in behind if not _holds(link, name)), None)
    department = waiting.form.department
    if after is None:
        return say("approved_noted", department=department)
    return say("passed_noted", department=department, whom=whom(after))


def _holds(link: Link, name: str) -> bool:
    return any(
        each == name or each.startswith(say("stand_in_mark", name=name)) for each in link.names
    )


def withdrawn(form: FormView, names: str) -> tuple[Bubble, ...]:
    """Who had approved is told that it no longer counts."""
    return (Words(say("withdrawn_told", department=form.department, names=names)),)


def signed_key(form_id: int | str) -> str:
    """The key of the card that tells a leader of a page signed in their name."""
    return key_at(Role.REVIEWER, _SIGNED, form_id)


def is_signed_key(key: str) -> bool:
    """Whether a card tells a leader so."""
    return key.startswith(signed_key(""))


def came_back(form: FormView, by: str, names: str) -> tuple[Bubble, ...]:
    """Who had approved is told that the form was returned by somebody behind them."""
    return (Words(say("came_back_told", department=form.department, by=by, names=names)),)


def signed_for_you(waiting: Waiting, by: str) -> tuple[Bubble, ...]:
    """A leader is told that a page counts as signed by them, with a way to say no."""
    form = waiting.form
    numbers = {"department": form.department, "by": by, "code": form.code or say("code_none")}
    card = Buttons(
        signed_key(form.id),
        say("signed_title"),
        say("signed_note", **numbers),
        (Choice("known", say("signed_known")), Choice("disown", say("signed_disown"))),
    )
    return (card,)


def disowned(form: FormView, words: str, by: str) -> tuple[Bubble, ...]:
    """Contacts, and finance if it had the report, are told that a signature was none."""
    told = say("disowned", department=form.department, by=by, words=words)
    return (Words("\n".join([told, *due_lines(form)])),)


def due_lines(form: FormView) -> list[str]:
    """Until when a form that came back is to be sent in again."""
    if form.due is None:
        return []
    day = form.due.astimezone(PLACE)
    return [say("sent_back_due", day=say("month_day", month=day.month, day=day.day))]


def standing_in(
    until: datetime | None, *, department: str, name: str, whom: str
) -> tuple[Bubble, ...]:
    """Both sides are told who stands in for whom, and how long."""
    numbers = {"department": department, "name": name, "whom": whom, "until": until_text(until)}
    return (Words(say("standing_in", **numbers)),)


def until_text(until: datetime | None) -> str:
    """The last day, as said in a chat; `until` is the moment after it."""
    if until is None:
        return say("until_ended")
    day = (until - timedelta(minutes=1)).astimezone(PLACE)
    return say("until_day", month=day.month, day=day.day)
