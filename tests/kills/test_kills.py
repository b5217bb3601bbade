"""The service dies at every point of what it does, and nothing is lost and nothing done twice.

Each play is run once in peace, which counts its points and says what must come of it; then once
for each point, with a death there.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from storage.database import Database
from tests.kills.scene import CONTACT, FINANCE, REVIEWER, Scene, Zygote, furnish, opened
from tests.postgres import PostgresServer

START = datetime.fromisoformat("2022-05-09T09:00:00+08:00")
REMINDED = datetime.fromisoformat("2022-05-31T09:26:00+08:00")
SEND = "after /cgi-bin/message/send"


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    made = Zygote()
    yield made
    made.close()


class Copies:
    """Gives each scene a database of its own, copied from one that was furnished once."""

    def __init__(self, folder: Path, server: PostgresServer | None) -> None:
        self._file, self._server = folder / "template.db", server
        self._numbers = iter(range(10_000))
        database = Database(
            server.create_database("furnished") if server else self._url(self._file)
        )
        furnish(database, START)
        database.close()

    def give(self, folder: Path) -> str:
        """The address of a fresh copy."""
        if self._server is None:
            return self._url(Path(shutil.copy(self._file, folder / "bot.db")))
        name = f"scene_{next(self._numbers)}"
        return self._server.create_database(name, template="furnished")

    def take_back(self, url: str) -> None:
        if self._server:
            self._server.drop_database(url.rpartition("/")[2])

    def close(self) -> None:
        if self._server:
            self._server.drop_database("furnished")

    @staticmethod
    def _url(path: Path) -> str:
        return f"sqlite:///{path}"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def copies(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Copies]:
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    made = Copies(tmp_path_factory.mktemp("furnished"), server)
    yield made
    made.close()


Opening = Callable[[], AbstractContextManager[Scene]]


@pytest.fixture
def stage(zygote: Zygote, copies: Copies, tmp_path: Path) -> Opening:
    """Opens a scene on a fresh copy of the district each time."""
    numbers = iter(range(10_000))

    @contextmanager
    def make() -> Iterator[Scene]:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        url = copies.give(folder)
        with opened(zygote, folder, url, START) as scene:
            yield scene
        copies.take_back(url)

    return make


class AnAnswer:
    """A contact corrects a figure."""

    def before(self, scene: Scene) -> None:
        """Nothing was said before."""

    def act(self, scene: Scene) -> None:
        scene.say(CONTACT, "实际采购金额改成95万元")
        scene.drain()


class ADelivery:
    """The last approval: documents are made and go to finance."""

    def before(self, scene: Scene) -> None:
        scene.say(CONTACT, "送审")
        scene.drain()

    def act(self, scene: Scene) -> None:
        scene.press(REVIEWER, "通过")
        scene.drain()
        assert any(bubble.kind == "file" for bubble in scene.heard(FINANCE))


class APhoto:
    """A photo is fetched from WeChat Work and asked about."""

    def before(self, scene: Scene) -> None:
        scene.say(CONTACT, "你好")
        scene.drain()

    def act(self, scene: Scene) -> None:
        picture = BytesIO()
        Image.new("RGB", (80, 60), "white").save(picture, "JPEG")
        scene.world.send_image(CONTACT, picture.getvalue())
        scene.drain()


class Reminders:
    """The contacts of all departments are reminded."""

    def before(self, scene: Scene) -> None:
        scene.clock.set(REMINDED)

    def act(self, scene: Scene) -> None:
        scene.drain()
        scene.clock.set(REMINDED + timedelta(minutes=11))  # the next minute for it, for who is left
        scene.drain()
        assert len(scene.told()) > 3


PLAYS = {each.__name__: each() for each in (AnAnswer, ADelivery, APhoto, Reminders)}


def peaceful(stage: Opening, play: Any) -> tuple[Counter[Any], dict[str, Any], list[str]]:
    """What comes of a play without a death, and the points of it."""
    with stage() as scene:
        play.before(scene)
        scene.die_after(None)
        play.act(scene)
        return scene.told(), scene.kept(), list(scene.passed)


def die_at(stage: Opening, play: Any, number: int, peace: tuple[Any, Any, Any]) -> None:
    told, kept, points = peace
    with stage() as scene:
        play.before(scene)
        scene.die_after(number)
        play.act(scene)
        where = f"died at {number}: {points[number - 1]}"
        # A run may pass a point or two less, as where what is due is found in one look.
        assert scene.died or len(scene.passed) < number, f"did not die at {number}"
        assert scene.kept() == kept, where
        assert not told - scene.told(), f"lost: {told - scene.told()}, {where}"
        more = scene.told() - told
        assert more.total() <= (points[number - 1] == SEND), f"more: {more}, {where}"


def telling(points: list[str]) -> list[int]:
    """The numbers of the points to die at: all, or without those that come in the same
    surroundings once more, as they do for each of many messages."""
    if os.environ.get("JIXIAO_EVERY_POINT"):
        return list(range(1, len(points) + 1))
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for at in range(len(points)):
        around = tuple(points[max(0, at - 2) : at + 3])
        seen[around] += 1
        if seen[around] == 1:
            found.append(at + 1)
    return found


@pytest.mark.parametrize("copies", ["sqlite"], indirect=True)
def test_an_answer_is_taken_once_wherever_the_service_dies(stage: Opening) -> None:
    play = PLAYS["AnAnswer"]
    peace = peaceful(stage, play)
    assert len(peace[2]) >= 12
    for number in range(1, len(peace[2]) + 1):
        die_at(stage, play, number, peace)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", sorted(PLAYS))
def test_it_is_done_once_wherever_the_service_dies(stage: Opening, name: str) -> None:
    peace = peaceful(stage, PLAYS[name])
    for number in telling(peace[2]):
        die_at(stage, PLAYS[name], number, peace)
