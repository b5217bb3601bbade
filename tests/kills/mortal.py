"""A service that can be told where to die: ``python -m tests.kills.mortal``.

Reads one order a line, forks for each, and writes one line for what came of it. A child begins
with nothing but the settings, as a process that was just started does, and dies by ``os._exit``
at the point it was told, in the middle of everything. Points are numbered as they are passed:
before and after each commit, each call of WeChat Work's interface, each file stored, and at the
beginning and end of the order. Nothing in the product knows of them.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from tempfile import TemporaryDirectory
from typing import Any

import requests
from sqlalchemy import Connection

from bot.app import create_app
from bot.jobs.dated import make_dated
from bot.jobs.tick import Ticker
from bot.logs import set_up
from bot.services import Services, make_services
from bot.settings import Settings
from bot.turns import Turns
from bot.wecom.inbound import Inbound
from storage.database import Database
from storage.files import FileStore
from tests.kills.scene import CONTACT, furnish

DEAD = 77
Json = dict[str, Any]


class Points:
    """Counts the points that are passed, and ends the process at one of them."""

    def __init__(self, last: int | None) -> None:
        self.names: list[str] = []
        self._last = last

    def reach(self, name: str) -> None:
        """Passes a point, or dies there."""
        self.names.append(name)
        if len(self.names) == self._last:
            # The name is for who reads the outcome: a dead process says nothing itself.
            os.write(2, f"died at {len(self.names)}: {name}\n".encode())
            os._exit(DEAD)


def watch(points: Points) -> None:
    """Puts points into the seams of the product."""
    begin, put, send = Database.begin, FileStore.put, requests.Session.send

    @contextmanager
    def begin_with_points(self: Database) -> Iterator[Connection]:
        with begin(self) as tx:
            yield tx
            points.reach("before a commit")
        points.reach("after a commit")

    @wraps(put)
    def put_with_points(self: FileStore, data: bytes, name: str) -> str:
        key = put(self, data, name)
        points.reach("after a file was stored")
        return key

    @wraps(send)
    def send_with_points(self: Any, request: Any, **more: Any) -> Any:
        call = request.path_url.partition("?")[0]
        points.reach(f"before {call}")
        response = send(self, request, **more)
        points.reach(f"after {call}")
        return response

    Database.begin = begin_with_points  # type: ignore[method-assign]
    FileStore.put = put_with_points  # type: ignore[method-assign]
    requests.Session.send = send_with_points  # type: ignore[method-assign]


def live(order: Json) -> Json:
    """Does one order as a new process."""
    set_up("error")
    points = Points(order.get("die_at"))
    watch(points)
    services = make_services(Settings(_env_file=None, **order["settings"]))
    points.reach("at the beginning")
    outcome = receive(services, order) if order["do"] == "receive" else tick(services)
    points.reach("at the end")
    return {**outcome, "points": points.names}


def receive(services: Services, order: Json) -> Json:
    """Answers one callback."""
    client = create_app(services=services).test_client()
    answer = client.open(order["url"], method=order["method"], data=order["body"].encode())
    return {"status": answer.status_code, "body": answer.get_data(as_text=True)}


def tick(services: Services) -> Json:
    """Does once all that is due."""
    return {"worked": Ticker(services, make_dated()).tick()}


def warm() -> None:
    """Does a turn and makes documents, so that what is read once is not read by each child."""
    now = datetime(2022, 5, 9, 1, 0, tzinfo=UTC)
    with TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None,
            environment="development",
            database_url=f"sqlite:///{folder}/warm.db",
            file_store=f"{folder}/files",
            corp_id="wwemu0001",
            agent_id=1000002,
            secret="s3cret",
            token="tok3n",
            aes_key="jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
            api_base="http://127.0.0.1:9/cgi-bin/",
            log_level="error",
        )
        services = make_services(settings, lambda: now)
        furnish(services.database, now)
        create_app(services=services)
        said = Inbound("text", CONTACT, now, text="你好")
        Turns(services).take(said, "warm")
        services.close()


def serve() -> None:
    """Forks for each order; the child's outcome goes out as one line, `{"died": true}` if none."""
    warm()
    for line in sys.stdin:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            os.write(writer, json.dumps(live(json.loads(line))).encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            told = pipe.read()
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) not in (0, DEAD):
            told = json.dumps({"broke": os.waitstatus_to_exitcode(status)})
        print(told or json.dumps({"died": True}), flush=True)


if __name__ == "__main__":
    serve()
