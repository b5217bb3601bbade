"""`jixiao outbox`: what an operator sees and decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result
from structlog.testing import capture_logs

from bot.cli import main
from bot.commands.outbox_words import why
from bot.jobs.outbox import OutboxWorker
from bot.services import Services
from bot.wecom.api import Sent
from bot.wecom.errors import ApiError, Reaction, UnknownOutcome
from dialogs.bubbles import Words
from storage import outbox, tasks
from tests.bot.jobs.conftest import error, post, states


@pytest.fixture
def run(
    services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> Callable[..., Result]:
    settings = services.settings
    clock_file = tmp_path / "clock.json"
    moment = services.clock().isoformat()
    clock_file.write_text(f'{{"shown": "{moment}", "real": 0, "speed": 0}}')
    for name, value in {
        "ENVIRONMENT": "development",
        "CLOCK_FILE": str(clock_file),
        "DATABASE_URL": settings.database_url,
        "FILE_STORE": settings.file_store,
        "CORP_ID": settings.corp_id,
        "AGENT_ID": str(settings.agent_id),
        "SECRET": settings.secret.get_secret_value(),
        "TOKEN": settings.token.get_secret_value(),
        "AES_KEY": settings.aes_key.get_secret_value(),
    }.items():
        monkeypatch.setenv(f"JIXIAO_{name}", value)
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, said: str = "") -> Result:
        return CliRunner().invoke(main, ["outbox", *arguments], input=said)

    return invoke


@pytest.fixture
def stuck(services: Services, api: Any, clock: Any) -> None:
    """chenyu's (1) is of unknown fate, hesui's (2) failed, of which the coordinator was told (3),
    wuheng's (4) waits."""
    api.outcomes = [UnknownOutcome("message/send", "connection lost or too slow"), error(60111)]
    for userid in ("chenyu", "hesui"):
        post(services, Words("秘密的话"), userid=userid)
    worker = OutboxWorker(services)
    with capture_logs():
        worker.send_due()
        clock.advance(100)
        worker.send_due()
    post(services, Words("秘密的话"), userid="wuheng")


@pytest.mark.usefixtures("stuck")
def test_a_list_in_words_without_content(run: Any) -> None:
    shown = run().output
    assert "发送失败 1 条，结果不明 1 条" in shown
    assert "发送失败  发给 hesui" in shown
    assert "结果不明  发给 chenyu" in shown
    assert "秘密的话" not in shown


@pytest.mark.usefixtures("stuck")
@pytest.mark.parametrize(
    ("filters", "whose"),
    [
        (["--state", "failed"], {"hesui"}),
        (["--state", "waiting"], {"wuheng"}),
        (["--state", "waiting", "--state", "unknown"], {"wuheng", "chenyu"}),
        (["--to", "CHENYU"], {"chenyu"}),
        (["--error", "60111"], {"hesui"}),
        (["--since", "2022-05-09"], {"chenyu", "hesui"}),
        (["--since", "2022-05-10"], set()),
        (["--until", "2022-05-09"], set()),
        (["--limit", "1"], {"chenyu"}),
    ],
)
def test_filters(run: Any, filters: list[str], whose: set[str]) -> None:
    shown = run(*filters).output
    assert {name for name in ("chenyu", "hesui", "wuheng") if name in shown} == whose


@pytest.mark.usefixtures("stuck")
def test_one_message_with_its_story(run: Any, services: Services) -> None:
    unknown = run("show", "1").output
    assert "可能已经送到" in unknown
    assert "chenyu" in unknown
    assert "先问本人" in unknown
    failed = run("show", "2").output
    assert "60111" in failed
    assert "可见范围" in failed
    assert "还没发" in run("show", "4").output
    assert "秘密的话" not in unknown + failed
    assert run("show", "99").exit_code == 2


@pytest.mark.usefixtures("stuck")
def test_all_that_failed_is_sent_again_but_what_may_have_arrived_only_if_named(
    run: Any, services: Services
) -> None:
    assert "什么也没有改" in run("requeue", "message", "--all", said="n\n").output
    assert "1 条会再试一次" in run("requeue", "message", "--all", "--yes").output
    assert states(services, "hesui") == ["pending"]
    assert states(services) == ["unknown"]
    run("requeue", "message", "--all", "--state", "unknown", "--yes")
    assert states(services) == ["pending"]


@pytest.mark.usefixtures("stuck")
def test_what_is_given_up_leaves_the_list_and_is_never_sent(
    run: Any, services: Services, api: Any, clock: Any
) -> None:
    before = len(api.payloads)
    assert run("give-up", "message", "4").exit_code == 0
    assert "2 条不再发了" in run("give-up", "message", "--all", "--yes").output
    assert "没有卡住" in run().output
    assert "不再发了" in run("show", "4").output
    clock.advance(600)
    OutboxWorker(services).send_due()
    assert len(api.payloads) == before
    assert run("give-up", "message", "4").exit_code == 2, "it is given up already"
    assert run("requeue", "message", "4").exit_code == 0, "and can be taken back"
    OutboxWorker(services).send_due()
    assert states(services, "wuheng") == ["sent"]


def test_what_is_just_being_sent_cannot_be_given_up(
    run: Any, services: Services, clock: Any
) -> None:
    post(services, Words("一"))
    with services.database.begin() as tx:
        outbox.claim(tx, "w", clock(), 1, timedelta(minutes=1))
    assert run("give-up", "message", "1").exit_code == 2


def test_several_tasks_at_once(run: Any, services: Services, clock: Any) -> None:
    with services.database.begin() as tx:
        for number in (1, 2, 3):
            tasks.add(tx, "preview", {"form_id": 1}, f"k{number}", clock())
            tasks.give_up(tx, number, clock(), "ValueError")
    assert run("give-up", "task", "1", "2").exit_code == 0
    assert run("requeue", "task", "--all", "--yes").exit_code == 0
    assert "没有卡住" in run().output
    assert run("requeue", "task", "1").exit_code == 2


@pytest.mark.parametrize(
    "wrong",
    [
        ["requeue", "message"],
        ["requeue", "message", "1", "--all"],
        ["requeue", "message", "1", "--to", "chenyu"],
        ["give-up", "task", "--all", "--to", "chenyu"],
    ],
)
def test_what_is_not_clear_changes_nothing(run: Any, wrong: list[str]) -> None:
    result = run(*wrong)
    assert result.exit_code == 2
    assert "请" in result.output or "条件" in result.output


def test_a_pause_is_shown_with_what_to_do_and_ended_by_hand(
    run: Any, services: Services, api: Any, clock: Any
) -> None:
    api.outcomes = [error(60020)]
    post(services, Words("一"))
    worker = OutboxWorker(services)
    with capture_logs():
        worker.send_due()
    shown = run().output
    for part in ("暂停发送", "60020", "企业可信IP", "1.2.3.4", "jixiao outbox resume"):
        assert part in shown
    assert worker.send_due() == 0
    assert "马上会试一次" in run("resume").output
    with capture_logs():
        worker.send_due()
    assert states(services) == ["sent"]
    assert "没有暂停" in run("resume").output
    assert "上次暂停" in run().output


def test_a_wrong_secret_is_said_not_to_be_tried_by_itself(
    run: Any, services: Services, clock: Any
) -> None:
    with capture_logs():
        services.incidents.note(
            ApiError("gettoken", 40001, "invalid credential", Reaction.PAUSE_ALL), clock()
        )
    shown = run().output
    assert "不会自己再试" in shown
    assert "jixiao.env" in shown


@pytest.mark.parametrize(
    ("noted", "meant"),
    [
        ("message/send: errcode 60111: userid not found", "可见范围"),
        ("message/send: errcode -1: system busy", "一直忙"),
        ("the member has no licence for the app", "许可"),
        ("message/send: connection lost or too slow: ReadTimeout", "可能已经送到"),
        ("message/send: no connection: NewConnectionError", "连不上"),
        ("its worker did not report back", "可能已经送到"),
        ("message/send: errcode 40058: invalid", "程序的问题"),
        ("FileDamaged", "文件"),
    ],
)
def test_each_reason_has_words(noted: str, meant: str) -> None:
    assert meant in why(noted)


def test_what_arrived_after_all_says_when(run: Any, services: Services, api: Any) -> None:
    api.outcomes = [Sent("m", "", frozenset())]
    post(services, Words("一"))
    OutboxWorker(services).send_due()
    assert "发出" in run("show", "1").output
