"""报告 某单位, 材料 某单位: finance and coordinators get what was delivered once more."""

from __future__ import annotations

from datetime import datetime

from dialogs.bubbles import Words
from dialogs.case import Desk, Role, Waiting
from dialogs.desks.base import reply
from dialogs.desks.departments import Meant, meant, which_is_meant
from dialogs.effects import SendAgain
from dialogs.events import Event, Said
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.delivering import Wanted, read_wanted
from dialogs.wording import join, say

_MAY = (Role.FINANCE, Role.COORDINATOR)
MOST = 3
"""So many departments at once: each brings half a dozen files, and there is a page for more."""
_MOST_NAMES = 12


def is_meant(event: Event) -> bool:
    """Whether forms are spoken of that lie on no desk any more."""
    return isinstance(event, Said) and read_wanted(event.text) is not None


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """The step of asking for a delivery's files; None for everything else."""
    if desk.role not in _MAY or not isinstance(event, Said) or state.pending:
        return None
    wanted = read_wanted(event.text)
    if wanted is None:
        return None
    delivered = tuple(w for w in desk.forms if w.form.version)
    if not wanted.whose:
        return _unnamed(state, wanted, delivered)
    mention = meant(desk.forms, wanted.whose)
    if mention.rest or not (mention.found or mention.unknown or mention.unclear):
        return None
    if not mention.is_clear:
        return reply(state, which_is_meant(mention))
    return _named(state, wanted, mention, delivered)


def _unnamed(state: State, wanted: Wanted, delivered: tuple[Waiting, ...]) -> Step:
    if len(delivered) == 1:
        return _sent(state, wanted, delivered)
    if not delivered:
        return reply(state, say("again_nobody"))
    names = [w.form.department for w in delivered[:_MOST_NAMES]]
    more = say("again_more", count=len(delivered)) if len(delivered) > _MOST_NAMES else ""
    return reply(state, say("again_which", names=join(names), more=more, example=names[0]))


def _named(state: State, wanted: Wanted, mention: Meant, delivered: tuple[Waiting, ...]) -> Step:
    missing = [w.form.department for w in mention.found if not w.form.version]
    found = tuple(w for w in mention.found if w in delivered)
    if len(found) > MOST:
        link = found[0].links.get("deliveries", "").rsplit("/", 1)[0]
        way = say("again_page", link=link) if link else ""
        return reply(state, say("again_many", count=len(found), most=MOST, way=way))
    told = say("again_missing", names=join(missing)) if missing and not mention.all else ""
    if not found:
        return reply(state, told or say("again_nobody"))
    return _sent(state, wanted, found, told)


def _sent(state: State, wanted: Wanted, found: tuple[Waiting, ...], told: str = "") -> Step:
    effects = tuple(SendAgain(w.form.id, wanted.what, wanted.version) for w in found)
    names = join([w.form.department for w in found])
    noted = say(f"again_{wanted.what}", names=names)
    return Step(state, effects, (Words("\n".join(part for part in (noted, told) if part)),))
