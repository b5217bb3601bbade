"""Two people at once, each in a thread with a connection of their own; with JIXIAO_TEST_DATABASE
on PostgreSQL, where they really meet."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.acts.base import SYSTEM, ActRefused, locked
from bot.acts.close_cycle import reopen_cycle
from bot.acts.import_roster import import_roster
from bot.acts.open_cycle import Opening, open_cycle
from bot.acts.send_in import send_in
from bot.acts.withdraw import withdraw
from bot.jobs.outbox import OutboxWorker
from bot.lifecycle import By
from bot.rosters.difference import difference
from bot.rosters.present import present
from bot.services import Services
from dialogs import desk, machine
from reports.roster import Roster
from scoring.standard import Standard
from storage import approvals, cards, cycles, forms, people
from storage.cycles import Cycle

MOMENT = 0.3
"""How long somebody who holds a form waits for others to run into it, in seconds."""


@pytest.fixture
def services(services: Services) -> Services:
    """With the real conversation; department 301 is reviewed by 林帆 and 许默, one yes is enough."""
    with services.database.begin() as tx:
        people.grant(tx, "xumo", "reviewer", 1)
    return replace(services, machine=machine.step, desk=desk.step)


@pytest.fixture
def sent_in(services: Services, filled: int, clock: Any, api: Any) -> int:
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, clock())
    for _ in range(6):
        OutboxWorker(services).send_due()
        clock.advance(5)
    return filled


def review_card(services: Services, userid: str) -> str:
    with services.database.read() as tx:
        (card,) = (c for c in cards.open_of(tx, userid) if "review" in (c.question or ""))
        return card.task_id


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each gives, all begun at the same moment."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def state(services: Services, form_id: int) -> str:
    with services.database.read() as tx:
        form = forms.get(tx, form_id)
    assert form is not None
    return form.state


def test_a_click_waits_for_who_holds_the_form(
    services: Services, sent_in: int, make_line: Any, clock: Any
) -> None:
    """A click that meets a withdrawal finds its card closed; neither waits for the other in a
    ring."""
    card, line = review_card(services, "linfan"), make_line(services)
    held, clicked = threading.Event(), threading.Event()

    def take_back() -> str:
        with services.database.begin() as tx:
            people.person(tx, "chenyu", lock=True)
            locked(tx, sent_in)
            held.set()
            clicked.wait(MOMENT)
            withdraw(services, tx, "chenyu", sent_in, clock())
        return "done"

    def click() -> int:
        held.wait()
        status: int = line.click("linfan", card, "approve").status_code
        clicked.set()
        return status

    assert at_once(take_back, click) == ["done", 200]
    assert state(services, sent_in) == "drafting"
    with services.database.read() as tx:
        assert approvals.standing(tx, sent_in) == []


def test_of_two_reviewers_at_once_one_approves(
    services: Services, sent_in: int, make_line: Any
) -> None:
    clicks = [
        partial(make_line(services).click, userid, review_card(services, userid), "approve")
        for userid in ("linfan", "xumo")
    ]
    assert [response.status_code for response in at_once(*clicks)] == [200, 200]
    assert state(services, sent_in) == "approved"
    with services.database.read() as tx:
        assert len(approvals.standing(tx, sent_in)) == 1


def test_of_two_rosters_at_once_one_is_brought(services: Services) -> None:
    """Both were shown what they would change; the second finds another roster than it was shown."""
    with services.database.read() as tx:
        stands = present(tx)

    def bring(userid: str) -> str:
        people_ = {each: who for each, who in stands.roster.people.items() if each != userid}
        posts = {p: seat for p, seat in stands.roster.posts.items() if p.userid != userid}
        new = Roster(stands.roster.departments, people_, posts)
        seen = difference(stands, new).mark
        try:
            with services.database.begin() as tx:
                import_roster(services, tx, "zhouning", new, services.clock(), seen)
        except ActRefused as refusal:
            return refusal.code
        return userid

    given = at_once(partial(bring, "songqi"), partial(bring, "gaolan"))
    with services.database.read() as tx:
        after = set(present(tx).roster.people)
    assert given.count("roster_moved") == 1
    assert set(stands.roster.people) - after == set(given) - {"roster_moved"}


def test_of_two_first_rosters_the_later_one_holds_alone(services: Services) -> None:
    """Not what both of them say together."""
    with services.database.begin() as tx:
        roster = present(tx).roster
        tx.exec_driver_sql("DELETE FROM roles")

    def bring(userid: str) -> None:
        posts = {p: seat for p, seat in roster.posts.items() if p.userid != userid}
        new = Roster(roster.departments, roster.people, posts)
        with services.database.begin() as tx:
            import_roster(services, tx, SYSTEM, new, services.clock())

    at_once(partial(bring, "songqi"), partial(bring, "gaolan"))
    with services.database.read() as tx:
        held = {post.userid for post in present(tx).roster.posts}
    assert len(held & {"songqi", "gaolan"}) == 1


def test_of_two_openings_at_once_one_opens(services: Services, standard: Standard) -> None:
    """The same order, tapped by two coordinators or sent twice: one exercise of a year."""
    now = services.clock()
    opening = Opening(2030, now + timedelta(days=1), now + timedelta(days=40))

    def begin() -> str:
        try:
            with services.database.begin() as tx:
                open_cycle(tx, SYSTEM, By.SYSTEM, opening, standard, now)
        except ActRefused as refusal:
            return refusal.code
        return "opened"

    assert sorted(at_once(begin, begin)) == ["cycle_there", "opened"]


def test_of_two_who_open_again_one_does(services: Services) -> None:
    with services.database.begin() as tx:
        running = cycles.current(tx)
        assert running
        for cycle_id in (
            running.id,
            cycles.add(
                tx, "二", running.year, running.standard_hash, running.opens_at, running.deadline
            ),
        ):
            cycles.close(tx, cycle_id, services.clock())

    def reopen(cycle_id: int) -> str:
        try:
            with services.database.begin() as tx:
                reopen_cycle(tx, SYSTEM, By.SYSTEM, cycle_id, services.clock())
        except ActRefused as refusal:
            return refusal.code
        return "open"

    calls = [partial(reopen, each.id) for each in _closed(services)]
    assert sorted(at_once(*calls)) == ["cycle_there", "open"]


def _closed(services: Services) -> list[Cycle]:
    with services.database.read() as tx:
        return cycles.all_of_them(tx)
