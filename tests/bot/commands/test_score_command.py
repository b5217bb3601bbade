"""`jixiao score`: a table for people, JSON for programs, and bad files told in words."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

EXAMPLES = Path(__file__).parents[3] / "examples"
REFERENCE = str(EXAMPLES / "reference-case.yaml")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def test_table_for_people() -> None:
    result = run("score", REFERENCE)
    assert result.exit_code == 0
    [rate] = [line for line in result.output.splitlines() if line.startswith("B3-1")]
    assert "政府采购执行率" in rate
    assert "98.31万元÷100万元＝98.31%，3分×98.31%＝2.95分" in rate
    [whole] = [line for line in result.output.splitlines() if "合计  " in line]
    assert whole.split() == ["合计", "95.45", "100"]
    assert "没有发现问题" in result.output.splitlines()[-1]


def test_json_for_programs() -> None:
    result = run("score", REFERENCE, "--json")
    assert result.exit_code == 0
    plain = json.loads(result.output)
    assert plain["total"] == "95.45"
    assert plain["reachable"] == ["95.45", "95.45"]
    assert (len(plain["groups"]), len(plain["indicators"])) == (14, 27)
    assert plain["groups"]["A"] == "18.5"
    assert plain["indicators"]["A1-3"] == "2.5"
    assert (plain["open"], plain["findings"]) == ({}, [])


def test_unfinished_form(tmp_path: Path) -> None:
    facts = tmp_path / "half.yaml"
    facts.write_text("has_procurement: false\nassets_counted: true\n", encoding="utf-8")
    plain = json.loads(run("score", str(facts), "--json").output)
    # B3-1 3 and B3-2 5 do not apply, B5-3 1. A point of A1-2 is safe, but unanswered.
    assert plain["total"] == "9"
    assert plain["reachable"] == ["10", "100"]
    assert plain["open"]["A1-2"] == ["1", "3"]
    assert "B5-3" not in plain["open"]
    table = run("score", str(facts)).output
    assert "还没有填完：现在至少10分，最多可以到100分" in table
    assert "还缺：财政拨款收入合计（决算数）、财政拨款收入调整预算数" in table


def test_findings_are_told(tmp_path: Path) -> None:
    text = (EXAMPLES / "reference-case.yaml").read_text(encoding="utf-8")
    facts = tmp_path / "wrong.yaml"
    facts.write_text(
        text.replace("income_general: 2587.01万元", "income_general: 2586.23万元"),
        encoding="utf-8",
    )
    assert "- [必须改] “财政拨款收入合计（决算数）”（第12题）填的是2587.01万元" in (
        run("score", str(facts)).output
    )
    [finding] = json.loads(run("score", str(facts), "--json").output)["findings"]
    assert finding["key"] == "total:income_total"
    assert finding["severity"] == "blocker"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [", "不是正确的 YAML"),
        ("\x00", "控制字符"),
        ("- 1", "数据名: 值"),
        ("income_totl: 1万元", "income_total"),
        ("income_total: 12", "看不出单位"),
        ("goals: {na: 没有, x: 1}\nhas_rent: 3", "true 或 false"),
    ],
)
def test_bad_files(tmp_path: Path, text: str, words: str) -> None:
    facts = tmp_path / "bad.yaml"
    facts.write_text(text, encoding="utf-8")
    result = run("score", str(facts))
    assert result.exit_code == 2
    assert f"{facts}:" in result.output
    assert words in result.output


def test_no_such_file_and_no_such_standard(tmp_path: Path) -> None:
    for arguments in ([str(tmp_path / "nix.yaml")], [REFERENCE, "--standard", "nowhere"]):
        result = run("score", *arguments)
        assert result.exit_code == 2
        assert "找不到" in result.output
