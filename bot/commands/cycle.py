"""`jixiao cycle`: the year's exercise, opened, moved, planned, extended and closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import click

from bot.commands.cycle_changes import carried_out, look, running, served
from bot.commands.refusal import refusing
from bot.commands.starting import Refusal, refusing_system
from bot.phrases import knows, phrase
from bot.rounds import all_rounds
from dialogs.plan import Plan
from dialogs.rounds.closing import propose_close, propose_reopening
from dialogs.rounds.extending import propose_end_of_extension, propose_extension
from dialogs.rounds.moving import propose_move
from dialogs.rounds.opening import moments_of, opening_problem, propose_opening_of
from dialogs.rounds.planning import propose_plan
from dialogs.rounds.proposals import Proposal
from dialogs.rounds.showing import show_round
from dialogs.rounds.telling import moment_text
from dialogs.rounds.view import Offered, Round, RoundForm, Rounds
from dialogs.understand.aims import AIM, Aim, Shift, Unit, When, read_aim
from dialogs.understand.departments import Plain, read_departments
from dialogs.understand.reminder_plan import PlanWish, read_plan_wish
from scoring.loading import load
from storage import cycle_events, departments

_YEAR = click.option("--year", type=int, help=phrase("help_cycle_year"))
_YES = click.option("--yes", is_flag=True, help=phrase("help_yes"))


@click.group(help=phrase("help_cycle"))
def cycle() -> None:
    """The year's exercise."""


@cycle.command("open", help=phrase("help_cycle_open"))
@click.option("--year", type=click.IntRange(2000, 2100), required=True, help=phrase("help_year"))
@click.option("--standard", required=True, help=phrase("help_cycle_standard"))
@click.option("--opens", help=phrase("help_cycle_opens"))
@click.option("--deadline", required=True, help=phrase("help_cycle_deadline"))
@click.option("--name", default="", help=phrase("help_cycle_name"))
@click.option("--plan", "planned", default="", help=phrase("help_cycle_plan_option"))
@_YES
@refusing
@refusing_system
def open_one(
    year: int,
    standard: str,
    opens: str | None,
    deadline: str,
    name: str,
    planned: str,
    yes: bool,
) -> None:
    """Opens an exercise, with a form for every department of the roster."""
    title = load(standard).name
    days = tuple(_day(each) for each in (opens, deadline) if each)
    plan = _plan(planned).applied(Plan()) if planned else Plan()

    def make(rounds: Rounds, now: datetime) -> Proposal | str:
        moments = moments_of(rounds, days, now)
        if moments is None:
            return phrase("cycle_bad_day", words=f"{opens or ''} {deadline}".strip())
        problem = opening_problem(rounds, year, moments, now)
        offered = Offered(standard, title)
        return problem or propose_opening_of(rounds, year, offered, moments, now, name, plan)

    carried_out(make, yes)


@cycle.command("list", help=phrase("help_cycle_list"))
@refusing_system
def list_all() -> None:
    """Lists all exercises."""
    with look() as (rounds, now):
        if not rounds.running and not rounds.closed:
            click.echo(phrase("cycle_none"))
        for each in (*rounds.running, *rounds.closed):
            state = phrase("cycle_open" if each in rounds.running else "cycle_closed")
            days = {
                "opens": moment_text(rounds, each.opens_at, now),
                "deadline": moment_text(rounds, each.deadline, now),
            }
            numbers = {"number": each.id, "name": each.name, "state": state}
            click.echo(phrase("cycle_line", **numbers, **days))


@cycle.command("show", help=phrase("help_cycle_show"))
@_YEAR
@refusing_system
def show(year: int | None) -> None:
    """Shows an open exercise: its days, plan, extensions, forms, and what was done with it."""
    with served() as services, services.database.read() as tx:
        now = services.clock()
        rounds = all_rounds(services.settings, tx, now)
        found = running(rounds, year)
        click.echo(show_round(rounds, found, now))
        counts = Counter(form.state for form in found.forms)
        for state, count in counts.most_common():
            click.echo(phrase("cycle_state", state=phrase(f"state_{state}"), count=count))
        for event in cycle_events.of_cycle(tx, found.id):
            at = moment_text(rounds, event.at, now)
            code = f"cycle_act_{event.act}"
            act = phrase(code) if knows(code) else event.act
            click.echo(phrase("cycle_event", at=at, act=act, by=event.actor))


@cycle.command("move", help=phrase("help_cycle_move"))
@click.argument("to")
@_YEAR
@_YES
@refusing_system
def move(to: str, year: int | None, yes: bool) -> None:
    """Moves the deadline of everybody."""
    aim = _aim(to)
    carried_out(lambda rounds, now: propose_move(rounds, running(rounds, year), aim, now), yes)


@cycle.command("plan", help=phrase("help_cycle_plan"))
@click.argument("words", required=False, default="")
@_YEAR
@_YES
@refusing_system
def plan_it(words: str, year: int | None, yes: bool) -> None:
    """Shows or changes the plan of reminders."""
    wish = _plan(words)
    carried_out(
        lambda rounds, now: propose_plan(rounds, running(rounds, year), wish, now),
        yes,
        same_is_fine=wish.shows,
    )


@cycle.command("extend", help=phrase("help_cycle_extend"))
@click.argument("department", nargs=-1, required=True)
@click.option("--to", help=phrase("help_cycle_to"))
@click.option("--cancel", is_flag=True, help=phrase("help_cycle_cancel"))
@_YEAR
@_YES
@refusing_system
def extend(
    department: tuple[str, ...], to: str | None, cancel: bool, year: int | None, yes: bool
) -> None:
    """Gives departments a deadline of their own, or that of all again."""
    if cancel == bool(to):
        raise Refusal(phrase("cycle_extend_how"))
    aim = _aim(to) if to else None
    with served() as services, services.database.read() as tx:
        codes = _codes(department, departments.active_ones(tx))

    def make(rounds: Rounds, now: datetime) -> Proposal | str:
        found = running(rounds, year)
        forms = _forms(found, codes)
        if aim is None:
            return propose_end_of_extension(rounds, found, forms, now)
        return propose_extension(rounds, found, forms, aim, now)

    carried_out(make, yes)


@cycle.command("close", help=phrase("help_cycle_close"))
@_YEAR
@_YES
@refusing_system
def close(year: int | None, yes: bool) -> None:
    """Ends an exercise."""
    carried_out(lambda rounds, now: propose_close(rounds, running(rounds, year), now), yes)


@cycle.command("reopen", help=phrase("help_cycle_reopen"))
@click.argument("number", type=int)
@_YES
@refusing_system
def reopen(number: int, yes: bool) -> None:
    """Goes on with an exercise that was ended, by its number in the list."""

    def make(rounds: Rounds, now: datetime) -> Proposal | str:
        found = next((each for each in rounds.closed if each.id == number), None)
        return propose_reopening(rounds, found, now) if found else phrase("cycle_no_closed")

    carried_out(make, yes)


def _aim(words: str) -> Aim:
    """Where to: `2026-10-20 18:00`, `6月20日`, `+3` or `3天` (working days), `-2`."""
    plain = words.strip()
    if plain.lstrip("+-").isdigit():
        return Shift(int(plain), Unit.WORKING)
    left, aim = read_aim(plain.replace("T", " "))
    if aim is None or left.strip() != AIM:
        raise Refusal(phrase("cycle_bad_day", words=words))
    return aim


def _day(words: str) -> When:
    aim = _aim(words)
    if not isinstance(aim, When):
        raise Refusal(phrase("cycle_bad_day", words=words))
    return aim


def _plan(words: str) -> PlanWish:
    wish = read_plan_wish(phrase("cycle_plan_words", words=words))
    if wish is None or wish.unclear:
        raise Refusal(phrase("cycle_bad_plan", words=words))
    return wish


def _codes(named: Sequence[str], known: Sequence[departments.Department]) -> set[str]:
    """The codes of the departments named. Raises Refusal where one is not clear."""
    plain = [Plain(each.code, each.name, each.short_names) for each in known]
    found: set[str] = set()
    for words in named:
        mention = read_departments(words, plain)
        if not mention.found or mention.unknown or mention.unclear or mention.rest:
            raise Refusal(phrase("cycle_bad_department", words=words))
        found |= {plain[place].code for place in mention.found}
    return found


def _forms(found: Round, codes: set[str]) -> list[RoundForm]:
    forms = [form for form in found.forms if form.code in codes]
    if len(forms) < len(codes):
        raise Refusal(phrase("cycle_no_form"))
    return forms
