"""Half a minute of what `make soak` does for ten, on each database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_nothing_is_lost_and_nothing_comes_twice(database: str) -> None:
    command = [sys.executable, "-m", "tests.soak", "--database", database, "--minutes", "0.5"]
    done = subprocess.run(
        [*command, "--departments", "20"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["said"] > 50
    assert sum(told["deaths"].values()) > 3
    assert told["database_falls"] == (database == "postgresql")
