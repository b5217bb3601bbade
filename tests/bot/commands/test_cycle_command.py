"""`jixiao cycle` and `jixiao calendar`: shown first, done after a yes, refused in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.services import Services
from bot.settings import Settings
from storage import calendar_days, cycle_events, cycles, forms


@pytest.fixture
def run(services: Services, settings: Settings, tmp_path: Path, monkeypatch: Any) -> Any:
    """Runs a command on the example district; the clock stands on 9 May 2022."""
    clock = tmp_path / "clock.json"
    clock.write_text('{"shown": "2022-05-09T09:00:00+08:00", "real": 0, "speed": 0}')
    environment = {
        "ENVIRONMENT": "development",
        "CLOCK_FILE": str(clock),
        "DATABASE_URL": settings.database_url,
        "FILE_STORE": settings.file_store,
        "CORP_ID": "wwemu0001",
        "AGENT_ID": "1000002",
        "SECRET": "s3cret-value",
        "TOKEN": "tok3n",
        "AES_KEY": settings.aes_key.get_secret_value(),
        "API_BASE": settings.api_base,
    }
    monkeypatch.chdir(tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(f"JIXIAO_{name}", value)

    def invoke(*arguments: str, input: str = "") -> Result:
        result = CliRunner().invoke(main, list(arguments), input=input)
        assert "Traceback" not in result.output
        return result

    return invoke


def test_a_deadline_is_moved_after_a_yes(run: Any, services: Services) -> None:
    no = run("cycle", "move", "6月20日", input="n\n")
    assert "6月15日（周三）18:00 → 6月20日（周一）18:00" in no.output
    assert "没有改动" in no.output
    yes = run("cycle", "move", "+3", "--yes")
    assert "改好了" in yes.output
    with services.database.read() as tx:
        cycle = cycles.current(tx)
        assert cycle is not None
        assert cycle.deadline.day == 20
        (event,) = cycle_events.of_cycle(tx, cycle.id)
    assert event.actor == "system"
    same = run("cycle", "move", "2022-06-20", "--yes")
    assert same.exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("move", "someday"),
        ("move", "2022-05-01", "--yes"),
        ("move", "6月20日", "--year", "1999"),
        ("plan", "whatever"),
        ("extend", "火星局", "--to", "3"),
        ("extend", "水务局"),
        ("extend", "水务局", "--to", "3", "--cancel"),
        ("reopen", "77"),
        ("open", "--year", "2022", "--standard", "nowhere", "--deadline", "2022-10-20"),
        ("open", "--year", "2021", "--standard", "meijiang-2021", "--deadline", "2022-10-20"),
        ("open", "--year", "2022", "--standard", "meijiang-2021", "--deadline", "x"),
    ],
)
def test_what_can_not_be_is_refused_in_words(run: Any, arguments: tuple[str, ...]) -> None:
    result = run("cycle", *arguments)
    assert result.exit_code == 2
    assert result.output.strip()


def test_departments_are_extended_and_the_extension_taken_back(
    run: Any, services: Services, form_id: int
) -> None:
    assert (
        "6月20日（周一）" in run("cycle", "extend", "301", "水务局", "--to", "3天", "--yes").output
    )
    with services.database.read() as tx:
        form = forms.get(tx, form_id)
        assert form is not None
        assert form.extended_to is not None
    assert "延到6月20日" in run("cycle", "show").output
    assert run("cycle", "extend", "301", "--cancel", "--yes").exit_code == 0
    with services.database.read() as tx:
        form = forms.get(tx, form_id)
        assert form is not None
        assert form.extended_to is None


def test_the_plan_of_reminders(run: Any) -> None:
    assert "10、5、3、1" in run("cycle", "plan").output
    assert run("cycle", "plan", "7,3 当天1次", "--yes").exit_code == 0
    shown = run("cycle", "show").output
    assert "提前7、3个工作日" in shown
    assert "改提醒计划" in shown


def test_an_exercise_from_its_beginning_to_its_end(run: Any) -> None:
    opening = ("open", "--year", "2022", "--standard", "meijiang-2021", "--opens", "2023-03-01")
    opened = run("cycle", *opening, "--deadline", "2023-04-20 12:00", "--plan", "5、2", "--yes")
    assert opened.exit_code == 0, opened.output
    assert "提前5、2个工作日" in opened.output
    assert "2023年4月20日（周四）12:00" in run("cycle", "list").output
    assert run("cycle", "close").exit_code == 2
    assert "还有4个单位没有报" in run("cycle", "close", "--year", "2021", "--yes").output
    assert "1  2021年度部门整体支出绩效自评（已结束）" in run("cycle", "list").output
    assert run("cycle", "reopen", "1", "--yes").exit_code == 0


def test_the_calendar_is_loaded_shown_and_cleared(
    run: Any, services: Services, tmp_path: Path
) -> None:
    file = tmp_path / "days.csv"
    file.write_text("2022-06-16,放假,龙舟赛\n2022-06-18,上班\n", encoding="utf-8")
    first = run("calendar", "load", str(file), input="y\n")
    assert "6月16日（周四）：上班 → 放假（龙舟赛）" in first.output
    again = run("calendar", "load", str(file))
    assert (again.exit_code, "不用改" in again.output) == (0, True)
    assert "龙舟赛" in run("calendar", "show").output
    assert run("calendar", "clear", "2022-06-16", "--yes").exit_code == 0
    with services.database.read() as tx:
        assert [str(each.day) for each in calendar_days.all_of_them(tx)] == ["2022-06-18"]
    assert run("calendar", "clear").exit_code == 2
    run("calendar", "clear", "--all", "--yes")
    with services.database.read() as tx:
        assert calendar_days.all_of_them(tx) == []


def test_a_wrong_calendar_changes_nothing(run: Any, services: Services, tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("2022-06-16,放假\n6月18日,上班\n", encoding="utf-8")
    result = run("calendar", "load", str(file), "--yes")
    assert result.exit_code == 2
    assert "第2行" in result.output
    assert run("calendar", "load", str(tmp_path / "no.csv")).exit_code == 2
    with services.database.read() as tx:
        assert calendar_days.all_of_them(tx) == []
