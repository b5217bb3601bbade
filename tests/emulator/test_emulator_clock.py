"""The shared clock file and the clock for tests."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from emulator.clock import FileClock, ManualClock

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Real:
    def __init__(self) -> None:
        self.seconds = 1_772_413_200.0

    def __call__(self) -> float:
        return self.seconds


def make(path: Path) -> tuple[FileClock, Real]:
    real = Real()
    clock = FileClock(path / "clock.json", real)
    clock.set(START)
    return clock, real


def test_a_new_file_shows_real_time(tmp_path: Path) -> None:
    real = Real()
    clock = FileClock(tmp_path / "clock.json", real)
    assert clock() == datetime.fromtimestamp(real.seconds, UTC)
    assert clock.speed == 1


def test_speed_changes_without_a_jump_and_counts_from_then(tmp_path: Path) -> None:
    clock, real = make(tmp_path)
    real.seconds += 10
    clock.set_speed(60)
    assert clock() == START + timedelta(seconds=10)
    real.seconds += 2
    assert clock() == START + timedelta(seconds=130)
    clock.advance(timedelta(days=3))
    assert clock() == START + timedelta(days=3, seconds=130)
    assert clock.speed == 60


def test_two_processes_see_the_same_time(tmp_path: Path) -> None:
    clock, real = make(tmp_path)
    clock.set_speed(30)
    other = FileClock(tmp_path / "clock.json", real)
    real.seconds += 5
    assert other() == clock() == START + timedelta(seconds=150)


def test_the_file_has_the_documented_form(tmp_path: Path) -> None:
    make(tmp_path)
    found = json.loads((tmp_path / "clock.json").read_text(encoding="utf-8"))
    assert found == {"shown": START.isoformat(), "real": 1_772_413_200.0, "speed": 1.0}
    assert [p.name for p in tmp_path.iterdir()] == ["clock.json"]


def test_senseless_speeds_and_naive_times_are_refused(tmp_path: Path) -> None:
    clock, _ = make(tmp_path)
    with pytest.raises(ValueError, match="speed -1"):
        clock.set_speed(-1)
    with pytest.raises(ValueError, match="no offset"):
        clock.set(START.replace(tzinfo=None))


def test_manual_clock_moves_only_when_told() -> None:
    clock = ManualClock(START)
    assert clock() == clock() == START
    clock.advance(timedelta(hours=1))
    assert clock() == START + timedelta(hours=1)
