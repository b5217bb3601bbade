import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import FileClock, clock_of, real_clock
from emulator.clock import FileClock as EmulatorClock


def test_a_clock_file_is_read_as_the_emulator_writes_it(tmp_path: Path) -> None:
    real = [1_772_413_200.0]
    steered = EmulatorClock(tmp_path / "clock.json", real=lambda: real[0])
    ours = FileClock(tmp_path / "clock.json", real=lambda: real[0])
    steered.set(datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
    steered.set_speed(60)
    real[0] += 10
    assert ours() == steered() == datetime(2026, 3, 2, 1, 10, tzinfo=UTC)
    steered.advance(timedelta(days=3))
    assert ours() == steered()


def test_an_offset_is_respected(tmp_path: Path) -> None:
    file = tmp_path / "clock.json"
    shown = {"shown": "2026-03-02T09:00:00+08:00", "real": 0, "speed": 0}
    file.write_text(json.dumps(shown), encoding="utf-8")
    assert FileClock(file)() == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_without_a_file_time_is_real(tmp_path: Path) -> None:
    assert FileClock(tmp_path / "none.json", real=lambda: 0.0)() == datetime(1970, 1, 1, tzinfo=UTC)
    assert clock_of(None) is real_clock
    assert real_clock().tzinfo is UTC
