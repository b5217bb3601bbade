import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs


@pytest.fixture
def set_up_again() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_lines_are_json_without_secrets(
    capsys: pytest.CaptureFixture[str], set_up_again: None
) -> None:
    logs.set_up("info")
    log = structlog.get_logger()
    with structlog.contextvars.bound_contextvars(turn="abc"):
        log.debug("unheard")
        log.warning("failed", reason="GET /x?access_token=s3cret&userid=li", name="陈宇")
    (line,) = capsys.readouterr().err.splitlines()
    entry = json.loads(line)
    assert (entry["event"], entry["turn"], entry["level"]) == ("failed", "abc", "warning")
    assert "s3cret" not in line
    assert entry["name"] == "陈宇"
    assert entry["timestamp"].endswith("Z")


def test_what_libraries_say_is_a_line_like_ours(
    capsys: pytest.CaptureFixture[str], set_up_again: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging, "lastResort", logging.lastResort)
    logs.set_up("info")
    library = logging.getLogger("some.library")
    monkeypatch.setattr(library, "propagate", False)
    library.warning("GET /x?access_token=%s", "s3cret")
    try:
        raise ValueError("what somebody typed")
    except ValueError:
        library.exception("it broke")
    shown = capsys.readouterr().err
    entries = [json.loads(line) for line in shown.splitlines()]
    assert [entry["library"] for entry in entries] == ["some.library"] * 2
    assert entries[1]["error"] == "ValueError"
    assert "s3cret" not in shown
    assert "typed" not in shown


def test_an_exception_is_its_type_and_place() -> None:
    try:
        raise ValueError("what somebody typed")
    except ValueError as error:
        place = logs.place_of(error)
    assert place["error"] == "ValueError"
    assert place["places"][0].startswith("test_logs.py:")
    assert "typed" not in str(place)
