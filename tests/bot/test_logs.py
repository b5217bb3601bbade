import json
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


def test_an_exception_is_its_type_and_place() -> None:
    try:
        raise ValueError("what somebody typed")
    except ValueError as error:
        place = logs.place_of(error)
    assert place["error"] == "ValueError"
    assert place["places"][0].startswith("test_logs.py:")
    assert "typed" not in str(place)
