"""What is erased of a closed cycle, what stays, and that nothing goes that isn't archived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.acts.base import ActRefused
from bot.acts.close_cycle import reopen_cycle
from bot.acts.erase_cycle import erase_cycle
from bot.acts.order_summary import order_summary
from bot.acts.purge import agree_purge, ask_purge
from bot.archiving.reading import verify_stored
from bot.jobs.dated import retention as job
from bot.jobs.tasks import TaskWorker
from bot.lifecycle import By
from bot.retention import NAME, endings, key_of
from bot.unasked import KINDS
from bot.unasked.base import Look
from storage import (
    answers,
    archives,
    cycle_erasure,
    cycle_events,
    cycles,
    deliveries,
    evidence,
    files,
    forms,
    ledger,
    tasks,
)
from storage.files import FileMissing
from storage.models import Base
from storage.whole import TALK, tables_of_forms

SECRET = "只应该在档案里"


def erase(year, number: int, manifest, by: By = By.SYSTEM, actor: str = "system") -> int:
    with year.services.database.begin() as tx:
        now = year.services.clock()
        return erase_cycle(year.services, tx, actor, by, number, manifest, now)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(ActRefused) as caught:
        act()
    assert caught.value.words
    return caught.value.code


def whole_database(services) -> str:
    """All that stands in all tables, as text; the standard's own text left out."""
    found = []
    with services.database.read() as tx:
        for name, each in Base.metadata.tables.items():
            if name != "standards":
                found += [str(tuple(row)) for row in tx.execute(each.select())]
    return "\n".join(found)


def test_the_words_go_and_tombstones_stay(year, services, clock):
    assert SECRET in whole_database(services)
    number, made = year.make()
    erase(year, number, made.manifest)
    TaskWorker(services).work_due()
    assert SECRET not in whole_database(services)
    assert "258701" not in whole_database(services)
    with services.database.read() as tx:
        assert answers.present(tx, year.form_id) == {}
        history = answers.history(tx, year.form_id)
        assert history
        assert all(each.purged_at and each.purged_by != each.purge_agreed_by for each in history)
        (delivery,) = deliveries.of_form(tx, year.form_id)
        assert [e.act for e in forms.events(tx, year.form_id)][:1] == ["waive"]
        (given,) = evidence.of_form(tx, year.form_id)
        assert given.purged_at
        assert given.sha256
        assert cycles.get(tx, year.cycle_id).erased_at == clock()
        assert cycle_events.of_cycle(tx, year.cycle_id)[-1].act == "erased"
        assert archives.latest(tx, year.cycle_id).id == number
    for key in (*delivery.files, year.evidence_key):
        with pytest.raises(FileMissing):
            services.files.get(key)
    with services.database.read() as tx:
        assert verify_stored(services, archives.get(tx, number)).complete


def test_every_column_with_words_is_known():
    """A new table about forms, or a new column, must say what erasing does to it."""
    words_kept = {
        "answer_events": {"fact", "actor", "purged_by", "purge_agreed_by"},
        "appeals": {"indicator", "by", "settled_by"},
        "form_events": {"act", "actor", "from_state", "to_state"},
        "hand_overs": {"scope", "giver", "receiver", "state", "without", "ended_by"},
        "nudges": {"userid", "by"},
        "purges": {"what", "target", "asked_by", "agreed_by"},
        "returned_points": {"indicator", "by", "role", "settled_by"},
        "reviewed_scores": {"indicator", "points", "by"},
        "unit_figures": {"fact", "actor"},
        "waivers": {"finding", "by"},
    }
    for each in tables_of_forms():
        if each.name in (*cycle_erasure.DELETED, *cycle_erasure.KEPT):
            continue
        blanked = cycle_erasure.BLANKED[each.name]
        texts = {c.name for c in each.columns if str(c.type) in ("TEXT", "JSON")}
        assert texts <= set(blanked) | words_kept[each.name], each.name
    assert TALK in cycle_erasure.DELETED


def test_messages_yet_to_be_sent_and_those_of_another_year_stay(year, services, clock, told):
    with services.database.begin() as tx:
        now = cycles.get(tx, year.cycle_id)
        other = cycles.add(
            tx, "2022", 2022, now.standard_hash, now.opens_at, clock() + timedelta(days=90)
        )
    number, made = year.make()
    erase(year, number, made.manifest)
    assert SECRET in told("chenyu")
    with services.database.begin() as tx:
        assert other
        assert cycles.get(tx, other).erased_at is None


def test_a_file_that_something_else_needs_stays(year, services, clock):
    number, made = year.make()
    with services.database.begin() as tx:
        later = cycles.add(
            tx,
            "2022",
            2022,
            cycles.get(tx, year.cycle_id).standard_hash,
            clock(),
            clock() + timedelta(days=90),
        )
        department = forms.get(tx, year.form_id).department_id
        form = forms.open(tx, later, department, clock())
        evidence.add(tx, form, "", year.evidence_key, "chenyu", clock())
    erase(year, number, made.manifest)
    TaskWorker(services).work_due()
    assert services.files.get(year.evidence_key)
    with services.database.read() as tx:
        assert files.get(tx, year.evidence_key).name == "合同.pdf"


def test_what_has_changed_since_is_not_erased(year, services, clock):
    number, made = year.make()
    with services.database.begin() as tx:
        forms.note_event(tx, year.form_id, "accept", "wuheng", "x", "x", clock(), "又写了一句")
    before = whole_database(services)
    assert refusal(lambda: erase(year, number, made.manifest)) == "archive_outdated"
    assert whole_database(services) == before


def test_a_file_that_came_since_is_not_erased(year, services, clock):
    number, made = year.make()
    with services.database.begin() as tx:
        key = services.files.put(b"%PDF later", "late.pdf")
        files.keep(tx, key, "late.pdf", 10, "application/pdf", clock())
        evidence.add(tx, year.form_id, "", key, "chenyu", clock())
    assert refusal(lambda: erase(year, number, made.manifest)) == "archive_outdated"


def test_an_archive_that_lacks_something_is_none_to_erase_by(year, services):
    services.files.erase(year.evidence_key)
    number, made = year.make()
    assert refusal(lambda: erase(year, number, made.manifest)) == "archive_incomplete"


def test_an_archive_of_before_the_end_is_none_to_erase_by(year, services, clock):
    with services.database.begin() as tx:
        reopen_cycle(tx, "zhouning", By.COORDINATOR, year.cycle_id, clock())
    number, made = year.make()
    assert refusal(lambda: erase(year, number, made.manifest)) == "erase_open"
    clock.advance(60)
    with services.database.begin() as tx:
        cycles.close(tx, year.cycle_id, clock())
    assert refusal(lambda: erase(year, number, made.manifest)) == "archive_outdated"


def test_nothing_is_erased_twice(year):
    number, made = year.make()
    erase(year, number, made.manifest)
    assert refusal(lambda: erase(year, number, made.manifest)) == "erased_before"


@pytest.mark.parametrize("who", ["wuheng", "chenyu", "linfan"])
def test_only_who_coordinates_may(year, who):
    number, made = year.make()
    act = lambda: erase(year, number, made.manifest, By.COORDINATOR, who)  # noqa: E731
    assert refusal(act) == "not_yours"


def test_there_is_no_summary_of_what_is_gone(year, services, clock):
    number, made = year.make()
    erase(year, number, made.manifest)
    with pytest.raises(ActRefused, match="erased_before"), services.database.begin() as tx:
        order_summary(tx, "wuheng", By.FINANCE, year.cycle_id, clock())


# ---- after so many days, by itself ----


@pytest.fixture
def keeping(services):
    """Keeps content for 30 days."""
    object.__setattr__(
        services, "settings", services.settings.model_copy(update={"retention_days": 30})
    )
    return services


def due(services, clock) -> list[str]:
    with services.database.read() as tx:
        look = Look(services, tx, clock())
        return [reason.once for reason in KINDS[NAME].due(look)]


def test_nothing_goes_where_all_is_kept(year, services, clock):
    year.make()
    clock.advance(86400 * 4000)
    job.order(services, clock())
    with services.database.read() as tx:
        assert endings(tx, services.settings) == []
    assert due(services, clock) == []
    assert TaskWorker(services).work_due() == 0


def test_people_are_told_a_week_before_and_then_it_goes(year, keeping, clock):
    year.make()
    clock.advance(86400 * 20)
    assert due(keeping, clock) == []
    clock.advance(86400 * 4)
    (key,) = due(keeping, clock)
    with keeping.database.begin() as tx:
        look = Look(keeping, tx, clock())
        said = KINDS[NAME].say(look, list(KINDS[NAME].due(look)))
        assert "6月8日" in said.lines[0]
        ledger.once(tx, key, clock())
    clock.advance(86400 * 5)
    job.order(keeping, clock())
    assert TaskWorker(keeping).work_due() == 0
    clock.advance(86400 * 2)
    job.order(keeping, clock())
    job.order(keeping, clock())
    assert TaskWorker(keeping).work_due() == 2  # the erasure, and the files' bytes
    with keeping.database.read() as tx:
        assert cycles.get(tx, year.cycle_id).erased_at
        assert endings(tx, keeping.settings) == []


def test_nothing_goes_that_nobody_was_told_of(year, keeping, clock):
    year.make()
    clock.advance(86400 * 400)
    job.order(keeping, clock())
    assert TaskWorker(keeping).work_due() == 0
    (key,) = due(keeping, clock)
    with keeping.database.begin() as tx:
        ledger.once(tx, key, clock())
    clock.advance(86400 * 2)
    job.order(keeping, clock())
    assert TaskWorker(keeping).work_due() == 0


def test_without_an_archive_nothing_goes_and_people_are_told(year, keeping, clock):
    clock.advance(86400 * 400)
    job.order(keeping, clock())
    assert TaskWorker(keeping).work_due() == 0
    with keeping.database.read() as tx:
        look = Look(keeping, tx, clock())
        said = KINDS[NAME].say(look, list(KINDS[NAME].due(look)))
        (ending,) = endings(tx, keeping.settings)
    assert "没有归档" in said.lines[0]
    assert key_of(ending).endswith("none")


def test_a_damaged_archive_erases_nothing_and_is_told(year, keeping, clock, told):
    number, made = year.make()
    path = keeping.files._path(made.key)
    with keeping.files._system.open(path, "r+b") as file:
        file.seek(500)
        file.write(b"broken")
    with keeping.database.begin() as tx:
        tasks.add(tx, "erase_cycle", {"archive_id": number, "name": "2021"}, "e", clock())
    assert TaskWorker(keeping).work_due() == 1
    assert "核对没有通过" in told("zhouning")
    with keeping.database.read() as tx:
        assert cycles.get(tx, year.cycle_id).erased_at is None


def test_a_purge_takes_the_archives_with_it(year, services, clock):
    number, _ = year.make()
    clock.advance(60)
    with services.database.begin() as tx:
        what = ("fact", "income_total", "误填")
        ask_purge(services, tx, "chenyu", year.form_id, *what, clock())
    with services.database.begin() as tx:
        agree_purge(services, tx, "zhouning", None, clock())
    with services.database.read() as tx:
        assert archives.latest(tx, year.cycle_id) is None
        assert archives.get(tx, number).purged_at
