"""汇总 and 归档 in words."""

from __future__ import annotations

import pytest

from dialogs.understand.summing import Sum, read_sum


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("汇总", None),
        ("匯總", None),
        ("汇总表", None),
        ("　汇总！", None),
        ("请把汇总表发我一下，谢谢", None),
        ("2021年汇总", 2021),
        ("汇总 2021", 2021),
        ("汇总2021年度", 2021),
        ("２０２１年度的汇总表", 2021),
        ("生成全区汇总", None),
        ("导出各单位自评得分汇总", None),
        ("各单位排名", None),
        ("帮我出一份汇总", None),
    ],
)
def test_summaries(text, year):
    wish = read_sum(text)
    assert wish is not None
    assert (wish.what, wish.year) == (Sum.SUMMARY, year)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("归档", None),
        ("歸檔", None),
        ("2021年归档", 2021),
        ("把2021年度资料归档一下", 2021),
        ("档案", None),
    ],
)
def test_archives(text, year):
    wish = read_sum(text)
    assert wish is not None
    assert (wish.what, wish.year) == (Sum.ARCHIVE, year)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "汇总怎么看？",
        "要不要归档？",
        "别归档",
        "不用汇总了",
        "通知 全部 请交汇总表",
        "催办 档案局",
        "进度 区档案局",
        "延期 档案局 3天",
        "2021年和2022年汇总",
        "接收 1",
        "档案局",
        "汇总" * 30,
    ],
)
def test_other_things(text):
    assert read_sum(text) is None
