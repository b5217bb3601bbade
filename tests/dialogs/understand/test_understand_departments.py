"""Departments named in words."""

from __future__ import annotations

import doctest

import pytest

from dialogs.understand import departments
from dialogs.understand.departments import Plain, read_departments

KNOWN = (
    Plain("301", "梅州市梅江区科工商务局", ("科工商务局",)),
    Plain("302", "梅州市梅江区民政局", ("民政局",)),
    Plain("303", "梅州市梅江区水务局"),
    Plain("304", "梅州市梅江区文化广电旅游体育局", ("文旅局",)),
    Plain("305", "梅州市梅江区人力资源和社会保障局"),
    Plain("306", "梅州市梅江区教育局"),
    Plain("307", "梅州市梅江区商务局"),
    Plain("308", "梅州市梅江区城北镇人民政府"),
)


def test_examples_hold() -> None:
    assert doctest.testmod(departments).failed == 0


@pytest.mark.parametrize(
    ("said", "codes", "rest"),
    [
        ("民政局 3天", ["302"], "3天"),
        ("民政局3天", ["302"], "3天"),
        ("302 3天", ["302"], "3天"),
        ("区民政局", ["302"], ""),
        ("梅江区民政局：", ["302"], ""),
        ("民政局、水务局和文旅局 请补报", ["302", "303", "304"], "请补报"),
        ("民政局 水务局 请补报", ["302", "303"], "请补报"),
        ("人社局", ["305"], ""),
        ("民政局 民政局", ["302"], ""),
        ("民政", ["302"], ""),
        ("民政，水务", ["302", "303"], ""),
        ("商务局", ["307"], ""),
        ("科工商务局", ["301"], ""),
        ("民政局 请各单位抓紧", ["302"], "请各单位抓紧"),
        ("民政局 资金使用情况要写清楚", ["302"], "资金使用情况要写清楚"),
        ("全部 请抓紧", ["301", "302", "303", "304", "305", "306", "307", "308"], "请抓紧"),
        ("城北镇 3天", ["308"], "3天"),
        ("3天", [], "3天"),
        ("", [], ""),
    ],
)
def test_names_at_the_beginning(said: str, codes: list[str], rest: str) -> None:
    mention = read_departments(said, KNOWN)
    assert [KNOWN[place].code for place in mention.found] == codes
    assert mention.rest == rest


def test_a_name_of_several_is_not_guessed() -> None:
    two = (Plain("1", "城东区第一中学校"), Plain("2", "城东区第二中学校"))
    (unclear,) = read_departments("中学校", two).unclear
    assert unclear == ("中学校", (0, 1))


def test_a_name_of_nobody_is_named() -> None:
    mention = read_departments("民政局、气象局 3天", KNOWN)
    assert mention.unknown == ("气象局",)
    assert mention.rest == "3天"
