"""The demonstration as a person meets it: processes, sockets, a page, a play to the end."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
ROOT = Path(__file__).parents[2]
CONTACT, FINANCE = "chenyu", "wuheng"
TWO_MINUTES = 120


@pytest.fixture
def page(tmp_path: Path) -> Iterator[str]:
    """A running demonstration; gives the address of its chat page."""
    jixiao = Path(sys.executable).with_name("jixiao")
    command = [str(jixiao), "demo", "--no-browser", "--folder", str(tmp_path / "demo")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the demonstration named no address"
        address = found.group().rstrip("/")
        yield address
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    with pytest.raises(requests.ConnectionError):  # the emulator ends with it
        get(f"{address}/emulator/play")


def get(address: str) -> Any:
    session = requests.Session()
    session.trust_env = False
    return session.get(address, timeout=10).json()


def post(address: str, **data: Any) -> None:
    session = requests.Session()
    session.trust_env = False
    session.post(address, json=data, timeout=10).raise_for_status()


def test_the_whole_case_is_played_in_under_two_minutes(page: str) -> None:
    post(f"{page}/emulator/play")
    begun = time.monotonic()
    while get(f"{page}/emulator/play")["running"]:
        assert time.monotonic() - begun < TWO_MINUTES, get(f"{page}/emulator/play")
        time.sleep(0.5)
    report = get(f"{page}/emulator/play")["report"]
    assert (report["stopped_by"], report["dropped"], report["error"]) == ("stop_when", 0, "")
    said = get(f"{page}/emulator/messages?userid={CONTACT}")["messages"]
    assert any("95.45分" in str(message["content"]) for message in said)
    received = get(f"{page}/emulator/messages?userid={FINANCE}")["messages"]
    names = [m["content"]["name"] for m in received if m["kind"] == "file"]
    # The PDF is there where LibreOffice is.
    assert {name.rsplit(".", 1)[1] for name in names} - {"pdf"} == {"docx", "xlsx"}
