"""A roster in a workbook: what is read, and every kind of mistake with its place."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.inspection import inspect
from reports.reading.claims import Unreadable
from reports.reading.roster import Reading, read_roster
from reports.roster import Department, Person, Post, Roster, Seat, Unit
from reports.roster_book import build_roster_book

DEPARTMENTS = ["部门代码", "部门全称", "简称"]
UNITS = ["所属部门", "单位编号", "单位名称"]
PEOPLE = [
    "姓名",
    "企业微信账号",
    "身份",
    "部门",
    "审核级次",
    "审核职务",
    "股室",
    "平时称呼",
    "邮箱",
]
BOOK: dict[str, list[list[Any]]] = {
    "部门": [
        DEPARTMENTS,
        ["301", "梅江区科工商务局", "科工局、商务局"],
        ["0302", "梅江区民政局", ""],
    ],
    "下属单位": [UNITS, ["科工局", "01", "招商服务中心"], ["301", "", "信息中心"]],
    "人员": [
        PEOPLE,
        ["陈宇", "chenyu", "填报人", "301", "", "", "财务股", "老陈，小陈", "chenyu@example.gov.cn"],
        ["林帆", "linfan", "审核人", "梅江区科工商务局", 2, "主要领导"],
        ["何穗", "hesui", "填报人", "民政局"],
        ["周宁", "zhouning", "统筹", "全部"],
        ["吴衡", "wuheng", "财政", "全部"],
        ["温晴", "wenqing", "同事", "301、0302"],
    ],
}  # fmt: skip
BOOK["部门"][2][2] = "民政局"
Change = Callable[[dict[str, list[list[Any]]]], object]


def book(change: Change | None = None, base: dict[str, list[list[Any]]] = BOOK) -> bytes:
    """The workbook, with something changed in it."""
    sheets = {name: [list(row) for row in rows] for name, rows in base.items()}
    if change:
        change(sheets)
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def read(change: Change | None = None) -> Reading:
    return read_roster(book(change))


def set_cell(sheet: str, row: int, column: int, value: Any) -> Change:
    """Puts a value at a row and column from 1."""

    def change(sheets: dict[str, list[list[Any]]]) -> None:
        line = sheets[sheet][row - 1]
        line += [""] * (column - len(line))
        line[column - 1] = value

    return change


def add(sheet: str, *row: Any) -> Change:
    return lambda sheets: sheets[sheet].append(list(row))


def test_all_of_it_is_read() -> None:
    found = read()
    assert [fault.words for fault in found.faults] == []
    units = (Unit("01", "招商服务中心"), Unit("信息中心", "信息中心"))
    roster = found.roster
    assert roster.departments == {
        "301": Department("301", "梅江区科工商务局", ("科工局", "商务局"), units),
        "0302": Department("0302", "梅江区民政局", ("民政局",)),
    }
    assert roster.people["chenyu"] == Person(
        "chenyu", "陈宇", "财务股", ("老陈", "小陈"), "chenyu@example.gov.cn"
    )
    assert roster.posts == {
        Post("301", "contact", "chenyu"): Seat(),
        Post("301", "reviewer", "linfan"): Seat(2, "主要领导"),
        Post("0302", "contact", "hesui"): Seat(),
        Post("", "coordinator", "zhouning"): Seat(),
        Post("", "finance", "wuheng"): Seat(),
        Post("301", "colleague", "wenqing"): Seat(),
        Post("0302", "colleague", "wenqing"): Seat(),
    }
    assert found.notes == ("还没有审核人的部门：梅江区民政局。填完以后送不了审。",)
    assert found.silent == frozenset()


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        # ---- departments ----
        (set_cell("部门", 2, 1, None), "部门 第2行“部门代码”（A2）：没有填"),
        (set_cell("部门", 2, 2, "  "), "部门 第2行“部门全称”（B2）：没有填"),
        (set_cell("部门", 3, 1, "301"), "部门 第3行“部门代码”（A3）“301”：和第2行用了同一个代码"),
        (set_cell("部门", 3, 1, "三〇一"), "部门 第3行“部门代码”（A3）“三〇一”：部门代码只能用"),
        (set_cell("部门", 3, 2, "梅江区 科工商务局"), "（B3）“梅江区 科工商务局”：和第2行是同一个名称"),
        (set_cell("部门", 3, 3, "商务局"), "部门 第3行“简称”（C3）“商务局”：和第2行是同一个名称"),
        (set_cell("部门", 3, 3, "301"), "部门 第3行“简称”（C3）“301”：和第2行的部门代码一样"),
        (set_cell("部门", 3, 3, "全部"), "部门 第3行“简称”（C3）“全部”：和“全部”是一个意思"),
        (set_cell("部门", 3, 2, "局" * 61), "：太长了，最多60个字"),
        (set_cell("部门", 3, 1, 301.5), "部门 第3行“部门代码”（A3）“301.5”：不是文字"),
        (set_cell("部门", 3, 1, 301001001001001001), "：数字太长"),
        (set_cell("部门", 3, 2, True), "部门 第3行“部门全称”（B3）“True”：不是文字"),
        (set_cell("部门", 3, 2, "#REF!"), "部门 第3行“部门全称”（B3）“#REF!”：公式没有结果"),
        (set_cell("部门", 3, 2, "民政\u200b局"), "里面有看不见的字符"),
        (set_cell("部门", 3, 1, "=300+2"), "部门 第3行“部门代码”（A3）“=300+2”：公式没有结果"),
        (set_cell("部门", 3, 3, "=HYPERLINK(1)"), "部门 第3行“简称”（C3）“=HYPERLINK(1)”：公式"),
        (set_cell("下属单位", 2, 1, "全部"), "（A2）“全部”：下属单位要写明是哪个部门的"),
        # ---- units ----
        (set_cell("下属单位", 2, 1, "水务局"), "下属单位 第2行“所属部门”（A2）“水务局”：“部门”表里没有"),
        (set_cell("下属单位", 2, 1, "科工商局"), "是不是梅江区科工商务局？"),
        (set_cell("下属单位", 2, 3, ""), "下属单位 第2行“单位名称”（C2）：没有填"),
        (set_cell("下属单位", 3, 2, "01"), "下属单位 第3行“单位名称”（C3）“信息中心”：和第2行重复"),
        (set_cell("下属单位", 3, 3, "招商服务中心"), "和第2行重复"),
        (set_cell("下属单位", 2, 2, 0), "下属单位 第2行“单位编号”（B2）“0”：编号0留给部门本级"),
        # ---- people ----
        (set_cell("人员", 2, 1, ""), "人员 第2行“姓名”（A2）：没有填"),
        (set_cell("人员", 2, 2, ""), "人员 第2行“企业微信账号”（B2）：没有填"),
        (set_cell("人员", 2, 2, "陈宇"), "人员 第2行“企业微信账号”（B2）“陈宇”：不是企业微信账号"),
        (set_cell("人员", 2, 2, "chen yu"), "（B2）“chen yu”：不是企业微信账号"),
        (set_cell("人员", 2, 2, "a" * 65), "太长了，最多64个字"),
        (set_cell("人员", 4, 2, "ChenYu"), "人员 第4行“企业微信账号”（B4）“ChenYu”：和第2行的账号“chenyu”只差大小写"),
        (set_cell("人员", 4, 2, "chenyu"), "人员 第4行“姓名”（A4）“何穗”：账号chenyu在第2行写的是“陈宇”"),
        (set_cell("人员", 2, 3, "填表人"), "人员 第2行“身份”（C2）“填表人”：不认识这种身份。请从填报人、审核人、统筹、财政、同事里选"),
        (set_cell("人员", 2, 3, ""), "人员 第2行“身份”（C2）：没有填"),
        (set_cell("人员", 2, 4, ""), "人员 第2行“部门”（D2）：没有填。请补上"),
        (set_cell("人员", 2, 4, "教育局"), "人员 第2行“部门”（D2）“教育局”：“部门”表里没有这个部门"),
        (set_cell("人员", 2, 4, "全部"), "人员 第2行“部门”（D2）“全部”：填报人、审核人和同事要写明"),
        (set_cell("人员", 3, 5, 10), "人员 第3行“审核级次”（E3）“10”：应当是1到9的整数"),
        (set_cell("人员", 3, 5, "第二级"), "（E3）“第二级”：应当是1到9的整数"),
        (set_cell("人员", 2, 5, 1), "人员 第2行“审核级次”（E2）“1”：只有审核人才有审核级次"),
        (set_cell("人员", 3, 6, "职" * 11), "人员 第3行“审核职务”（F3）"),
        (set_cell("人员", 2, 9, "chenyu"), "人员 第2行“邮箱”（I2）“chenyu”：不是邮箱地址"),
        (set_cell("人员", 2, 9, "a@b.cn;c@d.cn"), "不是邮箱地址"),
        (add("人员", "陈宇", "chenyu", "填报人", "科工局"), "人员 第8行“身份”（C8）“填报人”：和第2行重复"),
        (add("人员", "陈宇", "chenyu", "审核人", "301"), "人员 第8行“身份”（C8）“审核人”：这个人在第2行是同一部门的填报人"),
        (add("人员", "陈宇", "chenyu", "同事", "0302", "", "", "办公室"), "人员 第8行“股室”（G8）“办公室”：和第2行写的“财务股”不一样"),
        (set_cell("人员", 5, 4, "财政局"), "没有这个部门。请写部门代码或全称。管全部部门的写“全部”。"),
        (set_cell("人员", 5, 4, "301"), "人员 工作表：没有管全部部门的统筹"),
        # ---- sheets and heads ----
        (lambda sheets: sheets.pop("人员"), "人员 工作表：没有找到工作表“人员”"),
        (lambda sheets: sheets.update({"单位": sheets["部门"]}), "有两张工作表都像“部门”"),
        (set_cell("人员", 1, 3, "什么"), "人员 第1行：缺了“身份”这一列"),
        (set_cell("人员", 1, 7, "姓名"), "人员 第1行：有两列都是“姓名”"),
        (lambda sheets: sheets.update({"部门": [["a", "b"], ["301", "民政局"]]}), "部门 工作表：没有找到表头"),
        (lambda sheets: sheets.update({"人员": [PEOPLE]}), "人员 工作表：一行也没有填"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_its_place(change: Change, wanted: str) -> None:
    words = [fault.words for fault in read(change).faults]
    assert any(wanted in line for line in words), words


def test_merged_cells_lose_nothing_without_a_word() -> None:
    """Only the first of them holds anything: the rank of the second reviewer would be gone."""
    made = openpyxl.load_workbook(io.BytesIO(book()))
    page = made["人员"]
    page["E3"] = 2
    for merged in ("G2:G4", "E3:F3", "E5:E6"):  # the last one lies over nothing
        page.merge_cells(merged)
    buffer = io.BytesIO()
    made.save(buffer)
    words = [fault.words for fault in read_roster(buffer.getvalue()).faults]
    assert [each.partition("，")[0] for each in words] == [
        "人员 第3行“股室”（G3）：和“财务股”合并成了一格",
        "人员 第3行“审核职务”（F3）：和“2”合并成了一格",
        "人员 第4行“股室”（G4）：和“财务股”合并成了一格",
    ]


def test_a_faulty_department_is_one_mistake() -> None:
    """Not one more for everybody who names it."""
    rows = [(f.sheet, f.row) for f in read(set_cell("部门", 3, 1, "三〇一")).faults]
    assert rows == [("部门", 3), ("人员", 7)]  # only a code that nobody has is unknown


def test_a_code_is_read_as_excel_shows_it() -> None:
    made = openpyxl.load_workbook(io.BytesIO(book()))
    made["部门"]["A3"] = 302
    made["部门"]["A3"].number_format = "0000"
    buffer = io.BytesIO()
    made.save(buffer)
    found = read_roster(buffer.getvalue())
    assert not found.faults
    assert list(found.roster.departments) == ["301", "0302"]


def test_the_same_mistake_is_said_once() -> None:
    """However often a cell is looked at."""
    words = [fault.words for fault in read(set_cell("人员", 2, 4, "教育局")).faults]
    assert len(words) == 1
    both = [f.words for f in read(set_cell("人员", 7, 3, "同事、审核人人")).faults]
    assert len(both) == 1


def test_all_mistakes_are_said_at_once() -> None:
    def change(sheets: dict[str, list[list[Any]]]) -> None:
        set_cell("部门", 3, 2, "")(sheets)
        set_cell("人员", 2, 2, "陈宇")(sheets)
        set_cell("人员", 3, 5, "二")(sheets)
        set_cell("人员", 4, 9, "x")(sheets)

    found = read(change).faults
    assert [(fault.sheet, fault.cell) for fault in found] == [
        ("部门", "B3"),
        ("人员", "B2"),
        ("人员", "E3"),
        ("人员", "I4"),
    ]


def test_a_sheet_that_is_missing_is_one_mistake() -> None:
    """Not one for each line that names a department."""
    found = read(lambda sheets: sheets.pop("部门")).faults
    assert [fault.sheet for fault in found] == ["部门"]


def test_what_people_do_to_tables_is_read_tolerantly() -> None:
    """A title above, other names and order of columns, full width, padding, own columns."""

    def change(sheets: dict[str, list[list[Any]]]) -> None:
        people = sheets.pop("人员")
        swapped = [[n, row[1], row[0], *row[2:4]] for n, row in enumerate(people)]
        swapped[0] = ["序号", "帐号", "* 姓 名", "角色", "所在部门（代码或名称）"]
        sheets["人员名单"] = [["2026年自评人员"], [], *swapped, [], ["", "", "（示例）张三"]]
        sheets["人员名单"][3][2] = "陈　宇"
        sheets["人员名单"][3][1] = "ｃｈｅｎｙｕ"
        sheets["单位"] = sheets.pop("部门")
        sheets["单位"][1][0] = 301
        sheets.pop("下属单位")
        sheets["备忘"] = [["与名册无关"]]

    found = read(change)
    assert [fault.words for fault in found.faults] == []
    assert found.roster.people["chenyu"].name == "陈宇"
    assert found.roster.posts[Post("301", "reviewer", "linfan")] == Seat()
    assert "人员名单：没有读这几列：序号。" in found.notes
    assert ("units", "") in found.silent
    assert {("people", "email"), ("people", "rank")} <= found.silent


def test_a_code_with_a_name_is_that_code_unless_the_name_is_another_ones() -> None:
    found = read(set_cell("人员", 2, 4, "301 梅江区科工局（旧名）"))
    assert not found.faults
    assert Post("301", "contact", "chenyu") in found.roster.posts
    (fault,) = read(set_cell("人员", 2, 4, "301 梅江区民政局")).faults
    assert fault.cell == "D2"


def test_what_is_worth_knowing_is_said() -> None:
    def change(sheets: dict[str, list[list[Any]]]) -> None:
        set_cell("人员", 6, 4, "301")(sheets)
        set_cell("人员", 2, 6, "股长")(sheets)
        add("人员", "周宁", "13800138000", "同事", "301")(sheets)

    notes = "".join(read(change).notes)
    assert "1个人写了审核职务，但不是审核人" in notes
    assert "财政吴衡只管梅江区科工商务局" in notes
    assert "有1个账号像手机号" in notes
    assert "名字一样、账号不同的人：周宁" in notes


def test_the_template_is_a_sound_file_whose_examples_are_not_read() -> None:
    template = build_roster_book()
    assert inspect("名册模板.xlsx", template).kind == "xlsx"
    assert template == build_roster_book()
    found = read_roster(template)
    assert [fault.words for fault in found.faults] == [
        "部门 工作表：一行也没有填。名册里至少要有一个部门和一个人。",
        "人员 工作表：一行也没有填。名册里至少要有一个部门和一个人。",
    ]
    sheets = openpyxl.load_workbook(io.BytesIO(template))
    assert sheets.sheetnames == ["部门", "下属单位", "人员", "填写说明"]
    rules = sheets["人员"].data_validations.dataValidation
    assert any("填报人,审核人,统筹,财政,同事" in str(rule.formula1) for rule in rules)


def test_what_is_written_is_read_back_as_it_was() -> None:
    found = read().roster
    assert read_roster(build_roster_book(found)).roster == found
    hostile = Roster(
        {"1": Department("1", "甲局")},
        {"a": Person("a", "=1+1", "@SUM(A1)")},
        {Post("", "coordinator", "a"): Seat(), Post("1", "contact", "a"): Seat()},
    )
    page = openpyxl.load_workbook(io.BytesIO(build_roster_book(hostile)))["人员"]
    assert page["A2"].data_type == page["G2"].data_type == "s"


def test_many_rows_with_empty_ones_between() -> None:
    def change(sheets: dict[str, list[list[Any]]]) -> None:
        for number in range(1500):
            sheets["人员"] += [["员" + str(number), f"u{number}", "同事", "301"], []]

    found = read(change)
    assert found.faults == ()
    assert len(found.roster.people) == 1506


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 old excel"])
def test_what_is_no_workbook_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_roster(data)


VALUES = st.one_of(
    st.none(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(),
    st.sampled_from(
        ["301", "0302", "科工局", "全部", "301、0302", "填报人", "审核人、统筹", "chenyu", "陈宇",
         "2", "（示例）x", "=1+1", "#N/A", "301 别名", " ", "、", "a@b.cn", "姓名", "部门", "\t陈 宇"]
    ),
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
        max_size=70,
    ),
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.sampled_from(list(BOOK)), st.integers(1, 9), st.integers(1, 9), VALUES),
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(CHANGES)
def test_whatever_stands_in_cells_is_read_or_refused(changes: list[Any]) -> None:
    """And what is read without a fault is the same when it is written and read again."""

    def change(sheets: dict[str, list[list[Any]]]) -> None:
        for sheet, row, column, value in changes:
            rows = sheets[sheet]
            rows += [[] for _ in range(row - len(rows))]
            set_cell(sheet, row, column, value)(sheets)

    found = read(change)
    assert all(fault.words for fault in found.faults)
    if not found.faults:
        again = read_roster(build_roster_book(found.roster))
        assert [fault.words for fault in again.faults] == []
        assert again.roster == found.roster
