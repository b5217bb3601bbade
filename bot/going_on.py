"""What the chat says when something was taken over on a page: how far the form is, what is next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot import contact_talk
from bot.services import Services
from dialogs.bubbles import Words
from dialogs.replies import ask_next
from storage.interviews import Standing


def go_on(
    services: Services,
    tx: Connection,
    standing: Standing,
    userid: str,
    lead: str,
    now: datetime,
) -> None:
    """Tells the person in the chat and asks the next question in the same message; somebody in
    the middle of a table, a text or a correction is only told."""
    talk = contact_talk.opened(services, tx, standing, userid, now)
    state = talk.state
    half_said = (*state.drafts.values(), *state.texts.values(), *state.odd.values())
    if state.editing or state.pending or any(half_said):
        services.postbox.post(tx, userid, (Words(lead),), now, standing.form_id)
        return
    step = ask_next(talk.with_state(state.but(asked="")), lead)
    services.postbox.post(tx, userid, step.bubbles, now, standing.form_id)
    contact_talk.keep(tx, userid, standing.form_id, step.state, now)
