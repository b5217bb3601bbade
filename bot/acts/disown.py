"""不认可: a leader says that what was brought as signed by them was not, and the form goes back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_access, holders, locked, move, name_of, standing_of
from bot.acts.closing import close_cards
from bot.acts.return_form import tell_dropped
from bot.calendar import calendar_of
from bot.lifecycle import Act, By, FormState
from bot.services import Services
from bot.views import view_of
from dialogs import approval
from storage import approvals, forms, returned


def disown(
    services: Services, tx: Connection, actor: str, form_id: int, words: str, now: datetime
) -> None:
    """Leads the form back with words, even from finance as long as it is not accepted: nobody
    else would know. Only for the leader in whose name a photo counts."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.REVIEWER, form)
    given = approvals.standing(tx, form_id)
    if not any(each.file_key and each.for_whom == actor for each in given):
        raise ActRefused("nothing_signed")
    if not words.strip():
        raise ActRefused("no_words")
    was = form.state
    move(tx, form, Act.DISOWN, By.REVIEWER, actor, now, words.strip())
    returned.add(tx, form_id, [(returned.WHOLE, words.strip())], actor, By.REVIEWER, now)
    days, zone = services.settings.returned_working_days, services.settings.zone
    last = calendar_of(tx).due(now, days, zone)
    forms.set_due(tx, form_id, last)
    for desk in (By.REVIEWER, By.FINANCE):
        close_cards(services, tx, form, desk, Act.DISOWN, actor, now)
    view, name = view_of(standing_of(tx, form_id)), name_of(tx, actor)
    told = approval.disowned(view, words.strip(), name)
    receivers = holders(tx, By.CONTACT, form.department_id)
    if was == FormState.DELIVERED:
        receivers += holders(tx, By.FINANCE, form.department_id)
    for userid in receivers:
        services.postbox.post(tx, userid, told, now, form_id)
    tell_dropped(services, tx, form_id, given, actor, now)
