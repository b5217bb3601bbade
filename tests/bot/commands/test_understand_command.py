"""`jixiao understand`: a line in, a line out, whatever the line is."""

import json
from pathlib import Path

from click.testing import CliRunner

from bot.cli import main


def run(*lines: str, file: Path | None = None) -> list[dict[str, object]]:
    text = "\n".join(lines) + "\n"
    if file:
        file.write_text(text, encoding="utf-8")
    arguments = ["understand", str(file)] if file else ["understand"]
    result = CliRunner().invoke(main, arguments, input=None if file else text)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def line(kind: str, text: str, **more: object) -> str:
    return json.dumps({"kind": kind, "text": text, **more}, ensure_ascii=False)


def test_each_kind() -> None:
    told = run(
        line("amount", "27万6773.33元"),
        line("amount", "98.31", unit="万元"),
        line("percent", "百分之九十八点三一"),
        line("count", "一共十二个"),
        line("date", "5月27日", today="2022-06-01"),
        line("yesno", "没有"),
        line("multi", "除了E都是", options=["A", "B", "C", "D", "E"]),
        line("command", "上一题"),
    )
    assert [each.get("value") for each in told] == [
        *("276773.33", "983100", 98.31, 12, "2022-05-27", "no", "ABCD", "back")
    ]


def test_what_is_unclear_is_asked_in_words() -> None:
    [unit, percent] = run(line("amount", "98.31"), line("percent", "120%"))
    assert "98.31万元”或者“98.31元" in str(unit["ask"])
    assert "不能大于100" in str(percent["ask"])
    assert (list(unit), list(percent)) == (["ask"], ["ask"])


def test_from_a_file(tmp_path: Path) -> None:
    assert run(line("count", "３个"), file=tmp_path / "said.jsonl") == [{"value": 3}]


def test_a_broken_line_is_told_and_the_next_one_read() -> None:
    told = run(
        "{",
        "[1]",
        "",
        line("sum", "3"),
        '{"kind": "count"}',
        '{"kind": ["count"], "text": "3"}',
        line("date", "今天", today="gestern"),
        line("multi", "A", options=[1]),
        line("amount", "3元", unit=7),
        "[" * 100_000,
        line("count", "3"),
    )
    assert [list(each) for each in told] == [["error"]] * 9 + [["value"]]
    assert "amount、percent、count" in str(told[2]["error"])


def test_half_a_character_stops_nothing() -> None:
    told = run('{"kind": "count", "text": "\\ud800"}', line("count", "3"))
    assert [list(each) for each in told] == [["ask"], ["value"]]
