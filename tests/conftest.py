"""What tests of several rooms share: a real PostgreSQL, and Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.postgres import PostgresServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Nothing is asked of the network but what a page asks.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL of this test process. Where none is installed, what needs it fails."""
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running browser; `scripts/browser` puts Chromium there. Slow tests only."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    assert program, "no Chromium here: run scripts/browser"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()
