"""Every standard that does not hold together is refused with the file and the right line.

Each case changes the built-in standard's own text in one place.
"""

import json
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from scoring.loading import FILES, built_in, from_text, load
from scoring.problems import StandardError
from scoring.source import read_source

BUILT_IN = Path(__file__).parents[2] / "scoring" / "standards" / "meijiang-2021"
T, Q = "tree.yaml", "questionnaire.yaml"


class Case(NamedTuple):
    """A change (`old` → `new`) and the problem it makes: its code and a text on its line."""

    name: str
    file: str
    old: str
    new: str
    code: str
    at: str


SECTION_LINE = "- {id: has, name: 有没有}"
CHECK_LINE = "- {kind: at_most, less: petitions_answered, more: petitions_received}"
CASES = [
    Case("group maximum off", T, "\n  max: 50\n", "\n  max: 49\n", "sum", "  max: 49"),
    Case(
        "maximum of a leaf off",
        T,
        "      name: 预算编制规范性\n      max: 3",
        "      name: 预算编制规范性\n      max: 4",
        "sum",
        "    max: 10",
    ),
    Case("whole maximum off", T, "\nmax: 100", "\nmax: 99", "sum", "max: 99"),
    Case("maximum zero", T, "\nmax: 100", "\nmax: 0", "sum", "max: 0"),
    Case("maximum not a number", T, "\nmax: 100", "\nmax: 很多", "shape", "max: 很多"),
    Case("code twice", T, "code: A1-2", "code: A1-1", "code_twice", "code: A1-1"),
    Case(
        "unknown kind",
        T,
        "{kind: carried, from: B4-1}",
        "{kind: magic, from: B4-1}",
        "unknown_kind",
        "kind: magic",
    ),
    Case(
        "rule without kind",
        T,
        "{kind: carried, from: B4-1}",
        "{from: B4-1}",
        "unknown_kind",
        "rule: {from: B4-1}",
    ),
    Case(
        "unknown parameter",
        T,
        "        keeps: at_most\n",
        "        keep: at_most\n",
        "extra_forbidden",
        "        keep: at_most",
    ),
    Case(
        "parameter of the wrong type",
        T,
        "        per: 0.5\n",
        "        per: 半分\n",
        "shape",
        "per: 半分",
    ),
    Case(
        "undefined fact",
        T,
        "part: carryover_closing",
        "part: carryover_closed",
        "fact_unknown",
        "part: carryover_closed",
    ),
    Case(
        "fact of the wrong type",
        T,
        "part: carryover_closing",
        "part: department_name",
        "fact_type",
        "part: department_name",
    ),
    Case(
        "points do not add up",
        T,
        "{A: 0.6, B: 0.6, C: 0.6, D: 0.6, E: 0.6}",
        "{A: 0.6, B: 0.6, C: 0.6, D: 0.6, E: 0.7}",
        "points_not_maximum",
        "E: 0.7",
    ),
    Case(
        "letters that are not options",
        T,
        "{A: 1.25, B: 1.25, C: 1.25, D: 1.25}",
        "{A: 1.25, B: 1.25, C: 1.25, F: 1.25}",
        "letters_differ",
        "F: 1.25",
    ),
    Case(
        "tiers in the wrong order",
        T,
        "{limit: 10, points: 5}, {limit: 20, points: 3}",
        "{limit: 20, points: 5}, {limit: 10, points: 3}",
        "tiers_not_ordered",
        "      rule:\n        kind: tiers\n        part: carryover_closing",
    ),
    Case("step of zero", T, "step: 5, off: 0.5", "step: 0, off: 0.5", "step_not_positive", "step: 0"),
    Case(
        "unknown column",
        T,
        "weight: amount, score: self_score",
        "weight: amount, score: selfscore",
        "column_unknown",
        "score: selfscore",
    ),
    Case(
        "column of the wrong type",
        T,
        "weight: amount, score: self_score",
        "weight: amount, score: work",
        "fact_type",
        "score: work",
    ),
    Case(
        "carried from nowhere",
        T,
        "{kind: carried, from: B4-1}",
        "{kind: carried, from: B9-9}",
        "origin_unknown",
        "from: B9-9",
    ),
    Case(
        "carried from itself",
        T,
        "{kind: carried, from: B4-1}",
        "{kind: carried, from: C1-1}",
        "carried_round",
        "from: C1-1",
    ),
    Case(
        "carried in a round",
        T,
        "{kind: weighted_mean, rows: special_funds, weight: amount, score: self_score}",
        "{kind: carried, from: C1-1}",
        "carried_round",
        "from: C1-1",
    ),
    Case(
        "missing source",
        T,
        "      source: 2021年度区级部门整体绩效自评报告 二（二）1（1）③\n",
        "",
        "source_missing",
        "- code: A1-3",
    ),
    Case(
        "evidence twice",
        T,
        "id: A1-3-2",
        "id: A1-3-1",
        "evidence_twice",
        "{id: A1-3-1, name: 财政拨款收入决算表",
    ),
    Case(
        "basis unknown",
        T,
        "      basis: derived\n      basis_note: 公式",
        "      basis: guessed\n      basis_note: 公式",
        "shape",
        "basis: guessed",
    ),
    Case(
        "neither rule nor children",
        T,
        "      rule: {kind: carried, from: B4-1}\n",
        "",
        "leaf_or_group",
        "- code: C1-1",
    ),
    Case(
        "test without a name",
        T,
        "yes: [assets_counted], name: 年度内开展资产盘点",
        "yes: [assets_counted]",
        "missing",
        "yes: [assets_counted]",
    ),
    Case(
        "test that is unclear",
        T,
        "{points: 1, yes: [assets_counted]",
        "{points: 1, no: has_rent, yes: [assets_counted]",
        "test_unclear",
        "no: has_rent",
    ),
    Case(
        "fault source unclear",
        T,
        "{no: asset_accounts_agree}",
        "{no: asset_accounts_agree, count: asset_queries_open}",
        "fault_source_unclear",
        "{no: asset_accounts_agree, count",
    ),
    Case(
        "measure unclear",
        T,
        "done: {fact: procurement_actual}",
        "done: {fact: procurement_actual, rows: goals}",
        "measure_unclear",
        "done: {fact: procurement_actual, rows",
    ),
    Case(
        "ratio unclear",
        T,
        "        percent: satisfaction_percent\n",
        "        percent: satisfaction_percent\n        part: income_total\n"
        "        whole: [income_total]\n",
        "ratio_unclear",
        "      rule:\n        kind: tiers\n        percent",
    ),
    Case(
        "draft too long",
        T,
        "cause: 本年度未开展资产盘点。",
        "cause: " + "长" * 601,
        "shape",
        "cause: 长",
    ),
    Case("no basis", T, "      basis: quoted\n      basis_note: 由部门自行判断", "      basis_note: 由部门自行判断", "basis_missing", "    - code: C3-1"),
    Case("a kind that is a list", T, "{kind: carried, from: B4-1}", "{kind: [carried], from: B4-1}", "unknown_kind", "{kind: [carried]"),
    Case("points off below zero", T, "{kind: deduction, per: 1, faults: [{unmet: budget_regular}]}", "{kind: deduction, per: -1, faults: [{unmet: budget_regular}]}", "shape", "per: -1"),
    Case("floor above the maximum", T, "{kind: deduction, per: 1, faults: [{unmet: budget_regular}]}", "{kind: deduction, per: 1, floor: 3, faults: [{unmet: budget_regular}]}", "floor_too_high", "floor: 3"),
    Case("steps that give points", T, "step: 5, off: 0.5", "step: 5, off: -0.5", "shape", "off: -0.5"),
    Case("criterion below zero", T, "{A: 1.25, B: 1.25, C: 1.25, D: 1.25}", "{A: -1.25, B: 3.75, C: 1.25, D: 1.25}", "shape", "A: -1.25"),
    Case("the same limit twice", T, "{limit: 30, points: 1}", "{limit: 20, points: 1}", "tiers_not_ordered", "      rule:\n        kind: tiers\n        part"),
    Case("no name", T, "name: 预算编制规范性", 'name: ""', "shape", 'name: ""'),
    Case("no code", T, "code: A1-2", 'code: ""', "shape", 'code: ""'),
    Case("no day from which it holds", T, "valid_from: 2022-01-01", "valid_from: 明年", "shape", "valid_from: 明年"),
    Case("a year of long ago", T, "year: 2021", "year: 201", "shape", "year: 201"),
    Case("key twice", T, "\nmax: 100", "\nmax: 100\nyear: 2021", "not_yaml", "year: 2021\n\nindicators"),
    Case("broken YAML", T, "\nmax: 100", "\nmax: [100", "not_yaml", ""),
    Case(
        "label of 17 characters",
        Q,
        "E: {label: 在832平台采购",
        "E: {label: 在脱贫地区农副产品网络销售平台采购",
        "label_too_long",
        "E: {label: 在脱贫",
    ),
    Case(
        "yes/no on a card without a short label",
        Q,
        "label: 部门预算已按规定公开, short: 部门预算已公开",
        "label: 部门预算已经按照规定的时间和内容公开",
        "pick_label",
        "label: 部门预算已经按照",
    ),
    Case(
        "unknown key of a fact",
        Q,
        "label: 领导职数, type: text",
        "label: 领导职数, typ: x, type: text",
        "extra_forbidden",
        "label: 领导职数, typ: x",
    ),
    Case("unknown type", Q, "label: 填报日期, type: date", "label: 填报日期, type: dates", "shape", "type: dates"),
    Case(
        "condition on an unknown fact",
        Q,
        "    when: [{fact: has_subunits, equals: true}]",
        "    when: [{fact: has_subunit, equals: true}]",
        "fact_unknown",
        "fact: has_subunit,",
    ),
    Case(
        "condition that is unclear",
        Q,
        "    when: [{fact: has_subunits, equals: true}]",
        "    when: [{fact: has_subunits}]",
        "condition_unclear",
        "when: [{fact: has_subunits}]",
    ),
    Case(
        "condition of the wrong type",
        Q,
        "    when: [{fact: has_subunits, equals: true}]",
        "    when: [{fact: duties, equals: true}]",
        "fact_type",
        "fact: duties, equals",
    ),
    Case(
        "condition on lost points of nothing",
        Q,
        "    when: [{fact: has_subunits, equals: true}]",
        "    when: [{lost: Z9}]",
        "origin_unknown",
        "lost: Z9",
    ),
    Case(
        "condition on itself",
        Q,
        "    when: [{fact: compliance_findings, above: 0}]",
        "    when: [{fact: compliance_kinds, above: 0}]",
        "condition_round",
        "fact: compliance_kinds, above",
    ),
    Case(
        "conditions in a round",
        Q,
        "label: 审计、检查发现的财务问题个数, type: count",
        "label: 财务问题, when: [{fact: compliance_kinds, above: 0}], type: count",
        "condition_round",
        "label: 财务问题, when",
    ),
    Case(
        "example that cannot be read",
        Q,
        "example: 33.05万元",
        "example: 33.05",
        "value",
        "example: 33.05",
    ),
    Case(
        "example of a column that cannot be read",
        Q,
        "min: 0, example: 1306.9万元",
        "min: 0, example: 一千万",
        "value",
        "example: 一千万",
    ),
    Case(
        "otherwise that cannot be read",
        Q,
        "    otherwise: {na: 本年度无资产处置}",
        "    otherwise: 没有",
        "value",
        "otherwise: 没有",
    ),
    Case("a text by unit", Q, "label: 填报人, type: text", "label: 填报人, by_unit: true, type: text", "by_unit_and_type", "label: 填报人, by_unit"),
    Case("resting on an unknown fact", Q, "    rests_on: [rent_paid_on]", "    rests_on: [rent_paid]", "fact_unknown", "rests_on: [rent_paid]"),
    Case("resting on itself", Q, "    rests_on: [rent_paid_on]", "    rests_on: [rent_paid_in_time]", "rests_on_itself", "rests_on: [rent_paid_in_time]"),
    Case("explaining an unknown figure", Q, "{figure: income_fund, ", "{figure: income_funds, ", "fact_unknown", "figure: income_funds"),
    Case("explaining what is no figure", Q, "{figure: income_fund, ", "{figure: has_rent, ", "fact_type", "figure: has_rent"),
    Case("explaining without a base", Q, "explains: {figure: income_fund, base: income_fund_last_year}", "explains: {figure: income_fund}", "missing", "explains: {figure: income_fund}"),
    Case("a cover fact that counts", Q, "  income_total: {by_unit: true,", "  income_total: {cover: true, by_unit: true,", "cover_counts", "income_total: {cover: true"),
    Case("options of a text", Q, "label: 填报人, type: text", "label: 填报人, options: {A: {label: x}}, type: text", "options_and_type", "label: 填报人, options"),
    Case("rows without columns", Q, "label: 填报人, type: text", "label: 填报人, type: rows", "columns_and_type", "label: 填报人, type: rows"),
    Case("a table in a table", Q, "name: {label: 机构名称, type: text,", "name: {label: 机构名称, type: rows,", "column_type", "机构名称, type: rows"),
    Case("asked of all rows but no yes/no", Q, "name: {label: 机构名称, type: text,", "name: {label: 机构名称, entry: all, type: text,", "column_entry", "机构名称, entry: all"),
    Case("unit of money that is none", Q, "type: money, unit: wan, na: false, min: 0, keeper: 财务, stands_in: 上年财政拨款", "type: money, unit: wam, na: false, min: 0, keeper: 财务, stands_in: 上年财政拨款", "unit", "unit: wam"),
    Case("rows below zero", Q, "    min_rows: 1", "    min_rows: -1", "shape", "    min_rows: -1"),
    Case("nothing asked", Q, "ask: 下属二级预算单位有几个？", 'ask: ""', "shape", 'ask: ""'),
    Case("key that is a number", Q, "  duties:\n    label: 主要职责", "  duties:\n    5: x\n    label: 主要职责", "shape", "    5: x"),
    Case("small letter", Q, "      F: {label: 会计核算不规范", "      f: {label: 会计核算不规范", "shape", "      f: {label"),
    Case("unknown section", Q, SECTION_LINE, "", "section_unknown", "- {id: has, section: has"),
    Case("question twice", Q, "- {id: subunits, section", "- {id: cover, section", "question_twice", "- {id: cover, section: cover, facts: [subunits_count]"),
    Case("nickname of two facts", Q, "aliases: [租金, 租金收入", "aliases: [租金, 实际采购金额", "alias_twice", "aliases: [租金, 实际采购金额"),
    Case("fact asked twice", Q, "facts: [subunits_count]", "facts: [subunits_count, duties]", "asked_twice", "facts: [subunits_count, duties]"),
    Case("fact never asked", Q, "facts: [petitions_received, petitions_answered]", "facts: [petitions_received]", "never_asked", "  petitions_answered:"),
    Case("question about an unknown fact", Q, "facts: [subunits_count]", "facts: [subunits_number]", "fact_unknown", "facts: [subunits_number]"),
    Case("unknown check", Q, CHECK_LINE, "- {kind: atmost, less: petitions_answered}", "unknown_check", "- {kind: atmost"),
    Case("check of an unknown fact", Q, CHECK_LINE, "- {kind: at_most, less: petitions, more: petitions_received}", "fact_unknown", "less: petitions,"),
    Case("check with an unknown parameter", Q, CHECK_LINE, "- {kind: at_most, less: petitions_answered, most: petitions_received}", "extra_forbidden", "most: petitions_received"),
    Case("check without a bound", Q, CHECK_LINE, "- {kind: at_most, less: petitions_answered}", "bound_unclear", "- {kind: at_most, less: petitions_answered}"),
    Case("check of an unknown column", Q, "column: self_score, name: name", "column: selfscore, name: name", "column_unknown", "column: selfscore"),
    Case("an alias", Q, SECTION_LINE, "- &a {id: has, name: 有没有}\n- *a", "not_yaml", "- *a"),
]  # fmt: skip


def texts() -> dict[str, str]:
    return {name: (BUILT_IN / name).read_text(encoding="utf-8") for name in FILES}


def line_of(text: str, part: str) -> int:
    assert part in text, part
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_refused_with_file_and_line(case: Case, tmp_path: Path) -> None:
    files = texts()
    assert files[case.file].count(case.old) >= 1, "the built-in standard has changed"
    files[case.file] = files[case.file].replace(case.old, case.new, 1)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(StandardError) as refused:
        load(tmp_path)
    found = [problem for problem in refused.value.problems if problem.code == case.code]
    assert found, str(refused.value)
    assert {problem.file for problem in found} == {str(tmp_path / case.file)}
    if case.at:
        lines = [problem.line for problem in found]
        assert line_of(files[case.file], case.at) in lines, (lines, str(refused.value))
    for problem in refused.value.problems:
        assert str(problem).startswith(f"{problem.file}:{problem.line}: ")


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    files = texts()
    files[T] = files[T].replace("part: carryover_closing", "part: nothing", 1)
    files[T] = files[T].replace("from: B4-1", "from: B9-9", 1)
    files[Q] = files[Q].replace(CHECK_LINE, "- {kind: at_most, less: nix, more: nox}", 1)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(StandardError) as refused:
        load(tmp_path)
    codes = sorted(problem.code for problem in refused.value.problems)
    assert codes == ["fact_unknown", "fact_unknown", "fact_unknown", "origin_unknown"]


def test_missing_file(tmp_path: Path) -> None:
    (tmp_path / T).write_text(texts()[T], encoding="utf-8")
    with pytest.raises(StandardError) as refused:
        load(tmp_path)
    assert [p.file for p in refused.value.problems] == [
        f"{tmp_path}/questionnaire.yaml",
        f"{tmp_path}/outline.yaml",
    ]


def test_file_in_another_encoding(tmp_path: Path) -> None:
    for name, text in texts().items():
        (tmp_path / name).write_bytes(text.encode("gbk" if name == T else "utf-8", "replace"))
    with pytest.raises(StandardError) as refused:
        load(tmp_path)
    assert [p.code for p in refused.value.problems] == ["not_utf8"]


def test_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    for name, text in texts().items():
        (tmp_path / name).write_text(text, encoding="utf-8-sig")
    assert load(tmp_path).name == load("meijiang-2021").name


def test_built_in_standards_load() -> None:
    assert "meijiang-2021" in built_in()
    for name in built_in():
        standard = load(name)
        assert from_text(standard.text).hash == standard.hash


def test_unknown_standard() -> None:
    with pytest.raises(StandardError):
        load("nowhere-1999")


def test_a_rule_stands_on_the_third_level(tmp_path: Path) -> None:
    """Reports and score sheets print three levels; a rule elsewhere would not be seen there."""
    files = texts()
    tree = read_source(T, files[T]).data
    group = next(g for g in tree["indicators"][2]["children"] if g["code"] == "C3")
    (leaf,) = group["children"]
    group.update({**leaf, "code": "C3"})
    del group["children"]
    files[T] = yaml.safe_dump(json.loads(json.dumps(tree, default=str)), allow_unicode=True)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(StandardError) as refused:
        load(tmp_path)
    assert "rule_level" in {problem.code for problem in refused.value.problems}


def test_parts_are_called_by_their_code_and_in_chinese(tmp_path: Path) -> None:
    files = texts()
    files[T] = files[T].replace("keeps: at_most", "keeps: most", 1)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(StandardError) as refused:
        load(tmp_path)
    assert str(refused.value).endswith(
        "B1-1.rule.keeps：现在是“most”，应当是at_most、at_least之一。"
    )
