"""Days, people and departments as they are said about an exercise."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from dialogs.rounds.view import Round, RoundForm, Rounds
from dialogs.wording import join, say

SHOWN_NAMES = 8


def day_text(day: date, today: date) -> str:
    """A day with its weekday, and its year where it is another one."""
    weekday = say("round_weekdays")[day.weekday()]
    code = "round_day" if day.year == today.year else "round_day_year"
    return say(code, year=day.year, month=day.month, day=day.day, weekday=weekday)


def plain_day(day: date, today: date) -> str:
    """A day as people type it, with its year where it is another one."""
    code = "round_plain_day" if day.year == today.year else "round_plain_day_year"
    return say(code, year=day.year, month=day.month, day=day.day)


def moment_text(rounds: Rounds, moment: datetime, now: datetime) -> str:
    """A day with the time of it."""
    local = moment.astimezone(rounds.zone)
    day = day_text(local.date(), now.astimezone(rounds.zone).date())
    return say("round_moment", day=day, clock=f"{local:%H:%M}")


def local_day(rounds: Rounds, moment: datetime) -> date:
    """The day on which a moment falls."""
    return moment.astimezone(rounds.zone).date()


def names_text(names: Sequence[str]) -> str:
    """Names in a row, the rest of many counted."""
    shown = join(list(names[:SHOWN_NAMES]))
    if len(names) <= SHOWN_NAMES:
        return shown
    return say("round_names_more", names=shown, count=len(names))


def told_line(rounds: Rounds, forms: Iterable[RoundForm], now: datetime) -> str:
    """How many people will be told, and when where that isn't at once."""
    concerned = list(forms)
    people = {userid for form in concerned for userid in form.told}
    if not people:
        return say("round_told_nobody")
    line = say("round_told", people=len(people), departments=len(concerned))
    if rounds.sends_at is None:
        return line
    return line + say("round_told_later", when=moment_text(rounds, rounds.sends_at, now))


def unannounced_line(rounds: Rounds, first: date, last: date) -> str:
    """That the holidays of a year in between are not known; "" where they are."""
    years = [year for year in range(first.year, last.year + 1) if not rounds.days.announced(year)]
    return say("round_unannounced", years=join([str(year) for year in years])) if years else ""


def day_off_line(rounds: Rounds, day: date, today: date) -> str:
    """That nobody works on a day; "" where people do."""
    if rounds.days.is_working_day(day):
        return ""
    return say("round_day_off", day=day_text(day, today))


def shifted(rounds: Rounds, before: datetime, after: datetime) -> str:
    """By how many working days a moment is moved."""
    first, last = local_day(rounds, before), local_day(rounds, after)
    if last == first:
        return say("round_same_day")
    if last >= first:
        return say("round_later", days=rounds.days.working_days_between(first, last))
    return say("round_earlier", days=rounds.days.working_days_between(last, first))


def turned_back(
    rounds: Rounds, department: str, stands: datetime, until: datetime, now: datetime
) -> str:
    """Asks which is meant where the words say later and the day is earlier, or the reverse."""
    day = plain_day(local_day(rounds, until), local_day(rounds, now))
    old, new = (moment.astimezone(rounds.zone) for moment in (stands, until))
    clock = "" if old.time() == new.time() else f"{new:%H:%M}"
    return say(
        "round_not_later" if until < stands else "round_not_earlier",
        before=moment_text(rounds, stands, now),
        after=moment_text(rounds, until, now),
        change=say("round_say_move", department=department, day=day, clock=clock),
    )


def owed(round_: Round, but: Collection[int] = ()) -> list[RoundForm]:
    """The forms that are still to be delivered."""
    return [form for form in round_.forms if form.is_owed and form.form_id not in but]
