"""名册导入: what becomes of people, departments, forms, cards and questions in somebody's hands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.acts.base import SYSTEM, ActRefused, standing_of
from bot.acts.import_roster import import_roster
from bot.acts.send_in import send_in
from bot.rosters.difference import Difference, difference
from bot.rosters.present import Present, completed, present, respelled
from bot.services import Services
from reports.reading.roster import Reading, read_roster
from reports.roster import Department, Person, Post, Roster, Seat, Unit
from reports.roster_book import build_roster_book
from storage import (
    cards,
    conversations,
    cycle_events,
    cycles,
    departments,
    forms,
    hands,
    people,
    stand_ins,
    units,
)

Build = Callable[[Roster], Roster]


@pytest.fixture
def bring(services: Services) -> Callable[[Build], Difference]:
    """Brings the present roster with something changed in it."""

    def brought(change: Build) -> Difference:
        with services.database.begin() as tx:
            new = change(present(tx).roster)
            return import_roster(services, tx, "zhouning", new, services.clock())

    return brought


def stands(services: Services) -> Present:
    with services.database.read() as tx:
        return present(tx)


def without(roster: Roster, *userids: str) -> Roster:
    """The roster without some people."""
    kept = {userid: each for userid, each in roster.people.items() if userid not in userids}
    posts = {post: seat for post, seat in roster.posts.items() if post.userid not in userids}
    return Roster(roster.departments, kept, posts)


def with_person(roster: Roster, userid: str, name: str, *posts: Post, rank: int = 1) -> Roster:
    """The roster with somebody more in it."""
    seats = {post: Seat(rank if post.role == "reviewer" else 1) for post in posts}
    added = {**roster.people, userid: Person(userid, name)}
    return Roster(roster.departments, added, {**roster.posts, **seats})


def told(services: Services, userid: str) -> str:
    with services.database.read() as tx:
        query = "SELECT payload FROM outbox WHERE userid = ? ORDER BY id"
        return "\n".join(row[0] for row in tx.exec_driver_sql(query, (userid,)))


def test_the_same_roster_changes_nothing(services: Services, bring: Any) -> None:
    before = stands(services)
    assert bring(lambda roster: roster).changes == ()
    assert stands(services) == before
    exported = read_roster(build_roster_book(before.roster))
    assert difference(before, exported.roster).changes == ()
    with services.database.read() as tx:
        assert cycle_events.of_cycle(tx, 1) == []


def test_a_changed_one_is_the_present_one_afterwards(services: Services, bring: Any) -> None:
    """And bringing it again finds nothing to do."""

    def change(roster: Roster) -> Roster:
        water = replace(roster.departments["303"], name="梅江区水利局", short_names=("水利局",))
        arts = Department("305", "梅江区文物局", ("文物局",), (Unit("01", "博物馆"),))
        found = {**roster.departments, "303": water, "305": arts}
        roster = Roster(found, roster.people, roster.posts)
        roster = with_person(roster, "moran", "莫然", Post("305", "contact", "moran"))
        return without(roster, "songqi")

    changed = bring(change)
    kinds = [each.kind for each in changed.changes]
    assert kinds == [
        "department_renamed",
        "department_short_names",
        "department_new",
        "unit_new",
        "person_new",
        "person_gone",
        "role_lost",
        "role_gained",
        "form_new",
    ]
    after = stands(services)
    assert after.roster.departments["303"].name == "梅江区水利局"
    assert after.forms
    assert after.forms["305"].state == "drafting"
    assert not after.people["songqi"].active
    with services.database.read() as tx:
        below = [each.name for each in units.of_department(tx, after.departments["305"].id)]
        (event,) = cycle_events.of_cycle(tx, 1)
    assert below == ["本级", "博物馆"]
    assert (event.act, event.actor, len(event.data["changes"])) == ("roster", "zhouning", 9)
    assert bring(change).changes == ()
    assert stands(services) == after


def test_a_department_that_goes_stays_on_record_and_may_come_back(
    services: Services, bring: Any
) -> None:
    def change(roster: Roster) -> Roster:
        found = {code: each for code, each in roster.departments.items() if code != "302"}
        return Roster(found, without(roster, "hesui", "luping", "fangze").people,
                      without(roster, "hesui", "luping", "fangze").posts)  # fmt: skip

    before = stands(services)
    changed = bring(change)
    (line,) = [e.words for e in changed.changes if e.kind == "department_gone_form"]
    assert "梅州市梅江区民政局（302）" in line
    assert "填报中" in line
    gone = stands(services)
    assert "302" not in gone.roster.departments
    assert gone.departments["302"].active is False
    assert gone.forms
    assert gone.forms["302"].state == "drafting"
    back = bring(lambda _: before.roster)
    assert {each.kind for each in back.changes} == {
        "department_back",
        "person_back",
        "role_gained",
    }
    assert stands(services).roster == before.roster
    assert stands(services).forms == before.forms


def test_units_go_with_their_own_part(services: Services, bring: Any) -> None:
    def with_units(*below: Unit) -> Build:
        return lambda roster: Roster(
            {**roster.departments, "301": replace(roster.departments["301"], units=below)},
            roster.people,
            roster.posts,
        )

    bring(with_units(Unit("01", "甲中心"), Unit("02", "乙中心")))
    changed = bring(with_units(Unit("01", "丙中心")))
    assert [each.kind for each in changed.changes] == ["unit_renamed", "unit_gone"]
    department = stands(services).departments["301"].id
    with services.database.read() as tx:
        assert [unit.name for unit in units.of_department(tx, department)] == ["本级", "丙中心"]
    bring(with_units())
    with services.database.read() as tx:
        assert units.of_department(tx, department) == []


def test_who_goes_gives_back_what_they_had(services: Services, form_id: int, bring: Any) -> None:
    with services.database.begin() as tx:
        ours = standing_of(tx, form_id).department_id
        people.grant(tx, "wenqing", "colleague", ours)
        now = services.clock()
        hand = hands.offer(tx, form_id, "section:work", "chenyu", "wenqing", "", now)
        hands.answer(tx, hand, True, "", now)
        stand_ins.add(tx, ours, "linfan", "baizhou", "linfan", now)
    bring(lambda roster: without(roster, "wenqing", "baizhou"))
    with services.database.read() as tx:
        assert hands.of_form(tx, form_id) == []
        assert people.roles(tx, "wenqing") == []
        assert stand_ins.running(tx, services.clock()) == []
    assert "温晴" in told(services, "chenyu")
    assert "柏舟" in told(services, "linfan")


def test_another_contact_goes_on_with_what_was_handed_out(
    services: Services, form_id: int, bring: Any
) -> None:
    with services.database.begin() as tx:
        hands.offer(tx, form_id, "section:work", "chenyu", "wenqing", "", services.clock())
        cards.add(tx, "t1", "chenyu", "question", services.clock(), form_id, "C1")
    with_new = Post("301", "contact", "moran")
    bring(lambda roster: without(with_person(roster, "moran", "莫然", with_new), "chenyu"))
    with services.database.read() as tx:
        (hand,) = hands.of_form(tx, form_id)
        card = cards.get(tx, "t1")
    assert (hand.giver, hand.receiver) == ("moran", "wenqing")
    assert card
    assert card.state == "stale"


def test_who_is_no_longer_in_finance_decides_nothing_by_an_old_card(
    services: Services, form_id: int, bring: Any
) -> None:
    now = services.clock()
    with services.database.begin() as tx:
        cards.add(tx, "old", "wuheng", "finance", now, form_id, f"finance:{form_id}:1")
        cards.add(tx, "own", "zhouning", "question", now, None, "desk:coordinator:round:1")
    with_new = Post("", "finance", "moran")
    bring(lambda roster: without(with_person(roster, "moran", "莫然", with_new), "wuheng"))
    with services.database.read() as tx:
        assert cards.open_of(tx, "wuheng") == []
        assert [card.task_id for card in cards.open_of(tx, "zhouning")] == ["own"]


def test_two_exercises_at_once_are_both_left(services: Services, form_id: int, bring: Any) -> None:
    now = services.clock()
    with services.database.begin() as tx:
        running = cycles.current(tx)
        assert running
        later = cycles.add(tx, "二", 2022, running.standard_hash, now, running.deadline)
        department = standing_of(tx, form_id).department_id
        other = forms.open(tx, later, department, now)
        for each in (form_id, other):
            hands.offer(tx, each, "section:work", "chenyu", "wenqing", "", now)
            conversations.keep(tx, "chenyu", each, {}, now)
    post = Post("301", "contact", "moran")
    bring(lambda roster: without(with_person(roster, "moran", "莫然", post), "chenyu"))
    with services.database.read() as tx:
        givers = [hand.giver for each in (form_id, other) for hand in hands.of_form(tx, each)]
        assert givers == ["moran", "moran"]
        assert conversations.load(tx, "chenyu", form_id) is None
        assert conversations.load(tx, "chenyu", other) is None


def test_a_waiting_form_is_brought_to_the_new_reviewer(
    services: Services, filled: int, bring: Any
) -> None:
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, services.clock())
    post = Post("301", "reviewer", "moran")
    changed = bring(lambda roster: without(with_person(roster, "moran", "莫然", post), "linfan"))
    assert "form_asks" in [each.kind for each in changed.changes]
    assert "科工商务局" in told(services, "moran")
    with services.database.read() as tx:
        assert [card.state for card in cards.open_of(tx, "linfan")] == []


def test_a_waiting_form_without_reviewers_is_told_to_coordinators(
    services: Services, filled: int, bring: Any
) -> None:
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, services.clock())
    bring(lambda roster: without(roster, "linfan"))
    assert "科工商务局" in told(services, "zhouning")


def test_nothing_is_done_when_it_would_be_something_else_by_now(services: Services) -> None:
    with services.database.read() as tx:
        stood = present(tx)
    new = without(stood.roster, "songqi")
    mark = difference(stood, new).mark
    with services.database.begin() as tx:
        people.grant(tx, "songqi", "colleague", stood.departments["304"].id)
        people.upsert(tx, "moran", "莫然")
        people.grant(tx, "moran", "contact", stood.departments["304"].id)
    with pytest.raises(ActRefused, match="roster_moved"), services.database.begin() as tx:
        import_roster(services, tx, SYSTEM, new, services.clock(), mark)
    assert "songqi" in stands(services).roster.people


@pytest.mark.parametrize("actor", ["chenyu", "wuheng", "luping", "nobody"])
def test_only_coordinators_of_all_departments_may(services: Services, actor: str) -> None:
    with services.database.begin() as tx:
        found = departments.by_code(tx, "302")
        assert found
        people.grant(tx, "luping", "coordinator", found.id)
    before = stands(services)
    with pytest.raises(ActRefused, match="roster_not_yours"), services.database.begin() as tx:
        import_roster(services, tx, actor, without(before.roster, "songqi"), services.clock())
    assert stands(services) == before


def test_nobody_can_lock_everybody_out(services: Services) -> None:
    before = stands(services)
    new = without(before.roster, "zhouning")
    with pytest.raises(ActRefused, match="no_coordinator"), services.database.begin() as tx:
        import_roster(services, tx, "zhouning", new, services.clock())


def test_an_account_in_other_letters_is_the_same_person(services: Services) -> None:
    """WeChat Work takes no notice of the case."""
    stood = stands(services)
    people_ = {("CHENYU" if u == "chenyu" else u): replace(p, userid=("CHENYU" if u == "chenyu" else u)) for u, p in stood.roster.people.items()}  # fmt: skip
    posts = {replace(p, userid="CHENYU") if p.userid == "chenyu" else p: s for p, s in stood.roster.posts.items()}  # fmt: skip
    new = respelled(Roster(stood.roster.departments, people_, posts), stood)
    assert difference(stood, new).changes == ()


def test_a_column_that_is_not_there_says_nothing(services: Services, bring: Any) -> None:
    stood = stands(services)
    assert stood.roster.people["wenqing"].office == "财务股"
    bare = {userid: Person(userid, each.name) for userid, each in stood.roster.people.items()}
    seats = dict.fromkeys(stood.roster.posts, Seat())
    units_ = {code: Department(code, each.name) for code, each in stood.roster.departments.items()}
    columns = [("people", each) for each in ("office", "aliases", "email", "rank", "title")]
    silent = frozenset([*columns, ("departments", "short_names"), ("units", "")])
    reading = Reading(Roster(units_, bare, seats), (), (), silent)
    assert completed(reading, stood) == stood.roster
    said = Reading(Roster(units_, bare, seats), (), ())
    kinds = {each.kind for each in difference(stood, completed(said, stood)).changes}
    assert kinds == {"department_short_names", "person_details", "role_changed"}


def test_without_an_open_cycle_no_form_is_opened(services: Services, bring: Any) -> None:
    with services.database.begin() as tx:
        tx.exec_driver_sql("UPDATE cycles SET state = 'closed'")
    new = Department("305", "梅江区文物局")
    changed = bring(
        lambda roster: Roster({**roster.departments, "305": new}, roster.people, roster.posts)
    )
    assert [each.kind for each in changed.changes] == ["department_new"]
    with services.database.read() as tx:
        assert len(forms.by_state(tx, 1)) == 4
