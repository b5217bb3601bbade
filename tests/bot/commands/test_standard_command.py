"""`jixiao standard`: every fact with an example that works, and standards checked in words."""

import json
from pathlib import Path
from shutil import copytree

from click.testing import CliRunner, Result

from bot.cli import main
from scoring.engine import score
from scoring.filing import read_answers
from scoring.loading import load

BUILT_IN = Path(__file__).parents[3] / "scoring" / "standards" / "meijiang-2021"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["standard", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_list() -> None:
    assert "meijiang-2021" in run("list").output


def test_every_fact_is_described() -> None:
    standard = load("meijiang-2021")
    facts = json.loads(run("facts", "--json").output)
    assert {fact["id"] for fact in facts} == set(standard.facts)
    for fact in facts:
        assert fact["example"] is not None
        assert fact["label"]
        assert fact["question"]
        assert fact["question_id"] == standard.question_of[fact["id"]].id
        assert fact["question_number"] == standard.number_of[fact["question_id"]]
        assert bool(fact["options"]) == (fact["type"] == "checklist")
        assert bool(fact["columns"]) == (fact["type"] == "rows")
        assert bool(fact["when"]) == bool(standard.facts[fact["id"]].when)


def test_what_a_value_may_be_is_described() -> None:
    facts = {fact["id"]: fact for fact in json.loads(run("facts", "--json").output)}
    effect, funds = facts["effect_score"], facts["special_funds"]["columns"]
    assert (effect["min"], effect["max"], effect["na"]) == ("0", "10", True)
    assert (funds["self_score"]["min"], funds["self_score"]["max"]) == ("0", "100")
    assert (facts["income_total"]["na"], facts["income_total"]["max"]) == (False, None)


def test_examples_make_a_form_that_can_be_scored() -> None:
    standard = load("meijiang-2021")
    examples = {f["id"]: f["example"] for f in json.loads(run("facts", "--json").output)}
    answers = read_answers(standard, "x.yaml", json.dumps(examples, ensure_ascii=False))
    assert set(answers) == set(standard.facts)
    assert score(standard, answers).settled


def test_facts_for_people() -> None:
    lines = run("facts").output.splitlines()
    at = lines.index("procurement_plan  政府采购计划金额合计（金额）")
    assert '例："100万元"' in "".join(lines[at : at + 4])
    assert "    什么时候问：“有政府采购”答是" in lines[at : at + 6]
    assert any(line.startswith("    E. 在脱贫地区农副产品网络销售平台") for line in lines)


def test_check_of_a_sound_folder() -> None:
    result = run("check", str(BUILT_IN))
    assert result.exit_code == 0
    assert result.output.startswith("OK")
    assert "27个指标" in result.output


def test_check_of_a_broken_folder(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    copytree(BUILT_IN, folder)
    tree = folder / "tree.yaml"
    text = tree.read_text(encoding="utf-8")
    tree.write_text(text.replace("part: carryover_closing", "part: nix", 1), encoding="utf-8")
    line = text[: text.index("part: carryover_closing")].count("\n") + 1
    result = run("check", str(folder))
    assert result.exit_code == 2
    assert f"{tree}:{line}: B1-1用到了没有定义的数据“nix”" in result.output
