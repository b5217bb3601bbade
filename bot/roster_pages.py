"""The roster as a coordinator speaks of it; looked up only where they do."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.acts.import_roster import may_import
from bot.directory import odd_lines
from bot.rosters.present import present
from bot.services import Services
from bot.web.links import link
from dialogs.roster_page import RosterPage


def roster_page_of(services: Services, tx: Connection, userid: str) -> RosterPage:
    """Where the roster is changed, and who of it can't be reached."""
    if not may_import(tx, userid):
        return RosterPage(may=False)
    roster = present(tx).roster
    return RosterPage(
        may=True,
        address=link(services.settings, "roster", userid=userid),
        departments=len(roster.departments),
        people=len(roster.people),
        odd=tuple(odd_lines(tx)),
    )
