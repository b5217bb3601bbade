"""The leader's picture on its way: ordered with the card, drawn by the worker, sent as an image."""

from __future__ import annotations

import io
import json
from typing import Any

from PIL import Image

from bot.acts.approve import approve
from bot.acts.picture import picture
from bot.acts.send_in import send_in
from bot.jobs.outbox import OutboxWorker
from bot.jobs.tasks import TaskWorker
from bot.jobs.work import KINDS
from bot.services import Services
from storage import files, reviewers, tasks


def images(services: Services, userid: str) -> list[str]:
    """The keys of the pictures that were queued for somebody."""
    query = "SELECT payload, file_key FROM outbox WHERE userid = ? AND kind = 'upload+send'"
    with services.database.begin() as tx:
        rows = tx.exec_driver_sql(query, (userid,)).all()
    return [row[1] for row in rows if json.loads(row[0])["msgtype"] == "image"]


def test_the_picture_follows_the_card(services: Services, filled: int, clock: Any) -> None:
    with services.database.begin() as tx:
        reviewers.place(tx, "luping", 1, 2, "主要领导")
        send_in(services, tx, "chenyu", filled, clock())
    assert images(services, "linfan") == []  # nothing is drawn inside a turn
    assert TaskWorker(services).work_due() == 1
    (key,) = images(services, "linfan")
    assert images(services, "luping") == []
    with services.database.read() as tx:
        stored = files.get(tx, key)
    assert stored is not None
    assert stored.name == "梅州市梅江区科工商务局2021年度自评汇报图.png"
    assert Image.open(io.BytesIO(services.files.get(key))).width == 1080
    with services.database.begin() as tx:
        approve(services, tx, "linfan", filled, clock())
    TaskWorker(services).work_due()
    assert len(images(services, "luping")) == 1


def test_it_is_uploaded_as_an_image(services: Services, filled: int, clock: Any, api: Any) -> None:
    kinds: list[str] = []
    upload = api.upload

    def noting(name: str, content: bytes, kind: str) -> Any:
        kinds.append(kind)
        return upload(name, content, kind)

    api.upload = noting
    with services.database.begin() as tx:
        picture(tx, "chenyu", filled, clock(), turn_id=3)
        picture(tx, "chenyu", filled, clock(), turn_id=3)
    assert TaskWorker(services).work_due() == 1
    OutboxWorker(services).send_due()
    assert kinds == ["image"]
    body = json.loads(api.payloads[-1])
    assert (body["msgtype"], body["image"]["media_id"]) == ("image", "media1")


def test_a_crash_after_drawing_sends_it_once(services: Services, filled: int, clock: Any) -> None:
    from datetime import timedelta

    with services.database.begin() as tx:
        picture(tx, "chenyu", filled, clock(), turn_id=3)
        (task,) = tasks.claim(tx, clock(), 1, timedelta(minutes=1))
    for _ in range(2):
        KINDS["leader_picture"].run(services, task)
    assert len(images(services, "chenyu")) == 1


def test_who_waits_for_it_is_told_that_there_is_none(
    services: Services, filled: int, clock: Any
) -> None:
    from datetime import timedelta

    with services.database.begin() as tx:
        picture(tx, "chenyu", filled, clock(), turn_id=3)
        (task,) = tasks.claim(tx, clock(), 1, timedelta(minutes=1))
        KINDS["leader_picture"].given_up(services, tx, task, clock())
        query = "SELECT payload FROM outbox WHERE userid = 'chenyu'"
        assert "汇报图没有做成" in tx.exec_driver_sql(query).scalar_one()
