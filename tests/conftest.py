"""What tests of several rooms share: a real PostgreSQL, and Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.postgres import PostgresServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples each time: what CI finds can be found again.
settings.register_profile("ci", derandomize=True)

# Nothing is asked of the network but what a page asks.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


GIVEN = "JIXIAO_TEST_DATABASE"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgresql",
        action="store_true",
        help="the service's tests on a PostgreSQL started for them, instead of SQLite",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Each test process has a server of its own: each empties its database again and again."""
    if config.getoption("--postgresql") and GIVEN not in os.environ and _runs_tests(config):
        server = PostgresServer().__enter__()
        config.add_cleanup(lambda: server.__exit__())
        config.add_cleanup(lambda: os.environ.pop(GIVEN, None))
        os.environ[GIVEN] = server.create_database("tests")
    if os.environ.get("CI"):
        settings.load_profile("ci")


def _runs_tests(config: pytest.Config) -> bool:
    """Whether this process runs tests itself, or has others do it."""
    return hasattr(config, "workerinput") or not config.getoption("numprocesses", None)


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
