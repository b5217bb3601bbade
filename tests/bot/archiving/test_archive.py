"""The archive of a cycle: what is in it, that nothing is left out, and what is noticed of damage."""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256

import pytest

from bot.archiving.making import NotWhole, Overtaken, make_archive, note_archive
from bot.archiving.manifest import MANIFEST, SUMS
from bot.archiving.verifying import verify
from bot.summary import NoSuchCycle
from storage import archives, cycle_events, deliveries, purges
from storage.whole import TECHNICAL, tables_of_forms


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def rewritten(data: bytes, change) -> bytes:
    """The zip with `change(name, content)` instead of each content; None leaves a member out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                out.writestr(name, content)
    return target.getvalue()


def codes(data: bytes) -> set[str]:
    return {fault.code for fault in verify(io.BytesIO(data)).faults}


def test_an_archive_has_everything_of_every_department(year, services):
    _, made = year.make()
    there = names(year.content(made))
    assert [name for name in there if "合同.pdf" in name]
    assert [name for name in there if "报送第1版" in name and name.endswith(".docx")]
    assert sum(name.endswith("/data.json") for name in there) == made.manifest.departments == 4
    assert {MANIFEST, SUMS, "自评年度/汇总.xlsx", "往来消息/messages.jsonl"} <= set(there)
    with services.database.read() as tx:
        keys = {key for each in deliveries.of_form(tx, year.form_id) for key in each.files}
    assert keys | {year.evidence_key} <= made.manifest.keys()
    assert made.manifest.missing == ()


def test_the_words_of_the_tables_are_in_it(year):
    _, made = year.make()
    with zipfile.ZipFile(io.BytesIO(year.content(made))) as archive:
        folder = next(n for n in archive.namelist() if n.endswith("科工商务局/data.json"))
        data = json.loads(archive.read(folder))
        messages = archive.read("往来消息/messages.jsonl").decode()
        history = archive.read(folder.replace("data.json", "填报历史.csv")).decode("utf-8-sig")
        answers = archive.read(folder.replace("data.json", "填报数据.csv")).decode("utf-8-sig")
    assert data["reviewed_scores"][0]["points"] == "3.50"
    assert "只应该在档案里" in data["form_events"][0]["words"]
    assert "只应该在档案里" in messages
    assert "陈宇" in history
    assert "2587.01" in answers


def test_every_table_about_forms_is_in_it_by_itself():
    known = {each.name for each in tables_of_forms()}
    assert {"answer_events", "deliveries", "evidence", "reviewed_scores", "waivers"} <= known
    assert frozenset({"cards"}) == TECHNICAL


def test_the_same_data_give_the_same_and_sums_can_be_checked(year):
    _, first = year.make()
    _, second = year.make()
    assert first.manifest.data_of_forms() == second.manifest.data_of_forms()
    with zipfile.ZipFile(io.BytesIO(year.content(first))) as archive:
        for line in archive.read(SUMS).decode().splitlines():
            digest, _, path = line.partition("  ")
            assert sha256(archive.read(path)).hexdigest() == digest


def test_it_is_noted_once_made(year, services):
    number, made = year.make()
    with services.database.read() as tx:
        found = archives.latest(tx, year.cycle_id)
        assert (found.id, found.sha256, found.size) == (number, made.sha256, made.size)
        assert cycle_events.of_cycle(tx, year.cycle_id)[-1].act == "archived"


def test_what_is_lost_is_named_and_not_passed_over(year, services):
    services.files.erase(year.evidence_key)
    _, made = year.make()
    (gone,) = made.manifest.missing
    assert gone.key == year.evidence_key
    verdict = verify(io.BytesIO(year.content(made)))
    assert verdict.whole
    assert not verdict.complete


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda name, data: None if "data.json" in name else data, "absent"),
        (lambda name, data: data + b" " if name.endswith("cycle.json") else data, "changed"),
        (lambda name, data: data[:-1] + b"x" if name.endswith(".pdf") else data, "changed"),
        (lambda name, data: data + b"x" if name == SUMS else data, "changed"),
        (lambda name, data: None if name == MANIFEST else data, "no_manifest"),
        (lambda name, data: b"{}" if name == MANIFEST else data, "no_manifest"),
        (
            lambda name, data: (
                data.replace(b'"format": 1', b'"format": 9') if name == MANIFEST else data
            ),
            "newer",
        ),
    ],
)
def test_whatever_is_changed_is_noticed(year, change, code):
    _, made = year.make()
    data = year.content(made)
    assert verify(io.BytesIO(data)).complete
    assert code in codes(rewritten(data, change))


def test_what_was_slipped_in_is_noticed(year):
    _, made = year.make()
    target = io.BytesIO(year.content(made))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("more.txt", "x")
    assert codes(target.getvalue()) == {"extra"}


@pytest.mark.parametrize("cut", [0, 10, 3000])
def test_half_a_file_is_no_archive(year, cut):
    _, made = year.make()
    assert codes(year.content(made)[:cut]) == {"no_zip"}


def test_a_flipped_byte_of_any_member_is_noticed(year):
    _, made = year.make()
    data = year.content(made)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [each for each in archive.infolist() if each.file_size]
    for each in members:
        head = data[each.header_offset : each.header_offset + 30]
        name, extra = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
        at = each.header_offset + 30 + name + extra + each.compress_size // 2
        broken = bytearray(data)
        broken[at] ^= 0xFF
        assert not verify(io.BytesIO(broken)).whole, each.filename


def test_a_purge_meanwhile_spoils_it(year, services, clock):
    made = make_archive(services, year.cycle_id, "周宁")
    clock.advance(1)
    with services.database.begin() as tx:
        order = purges.ask(tx, year.form_id, "fact", "income_total", "x", "chenyu", clock())
        purges.agree(tx, order, "linfan", clock())
    with pytest.raises(Overtaken), services.database.begin() as tx:
        note_archive(tx, made, "zhouning", clock())


def test_a_cycle_that_is_none_has_no_archive(services):
    with pytest.raises(NoSuchCycle):
        make_archive(services, 999, "周宁")


def test_what_cannot_be_read_back_is_not_kept(year, services, monkeypatch):
    monkeypatch.setattr("bot.archiving.making.verify", lambda file: verify(io.BytesIO(b"")))
    with pytest.raises(NotWhole):
        make_archive(services, year.cycle_id, "周宁")
