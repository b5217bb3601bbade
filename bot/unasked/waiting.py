"""Forms that have waited for somebody for too long: a line for each, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.phrases import phrase
from bot.unasked.base import MORNING, Look, Reason, Said, Say
from storage.running_forms import RunningForm


def reason(look: Look, kind: str, userid: str, form: RunningForm) -> Reason:
    """Why somebody hears today that a form waits for them since it came."""
    key = f"{form.form_id}:{form.since.isoformat()}:{look.today}"
    return Reason(userid, kind, key, look.today_at(MORNING), (form.code,), form.form_id)


def all_waiting(code: str) -> Say:
    """Lists the forms with how long each has waited: `code`, a line for each, and what to do
    (`<code>_how`)."""

    def say(look: Look, reasons: Sequence[Reason]) -> Said:
        told = {each.form_id for each in reasons}
        forms = [form for form in look.forms if form.form_id in told]
        lines = [
            phrase(
                "reminder_line",
                number=number,
                department=form.department,
                days=look.waited(form.since),
            )
            for number, form in enumerate(forms, start=1)
        ]
        return Said(phrase(code, count=len(forms)), (*lines, phrase(f"{code}_how")))

    return say
