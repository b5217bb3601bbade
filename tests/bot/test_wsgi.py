import importlib.util
from pathlib import Path

import pytest
import structlog

from bot.app import services_of

WSGI = Path(__file__).parents[2] / "wsgi.py"


def test_the_entry_point_makes_the_app_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "CORP_ID": "ww1",
        "AGENT_ID": "7",
        "SECRET": "s",
        "TOKEN": "t",
        "AES_KEY": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
    }.items():
        monkeypatch.setenv(f"JIXIAO_{name}", value)
    spec = importlib.util.spec_from_file_location("wsgi_under_test", WSGI)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    client = module.app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503  # no schema yet
    services_of(module.app).close()
    structlog.reset_defaults()
