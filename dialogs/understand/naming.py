"""Questions about something that is named: its rule (三公经费怎么算分) or what was answered (租金填的是多少)."""

from __future__ import annotations

import re

from dialogs.understand.politeness import BEFORE, BEHIND
from dialogs.understand.spoken import Command

_NAME = r"(?P<target>[^,，。;；?？!！\s]{2,20}?)"
_RULE = tuple(
    re.compile(f"{BEFORE}{pattern}{BEHIND}[?？]*")
    for pattern in (
        rf"{_NAME}(?:这题|这项|这个|那题|指标|得分|的分)*(?:是|要|按什么|到底)?(?:怎么|如何|咋)(?:样)?(?:计算|算|计|打|评|得|给|扣|来)(?:分|出来)?(?:数)?(?:的)?",
        rf"(?:为什么|为啥|为何|干嘛|凭什么)(?:要|还要|得|需要|要我们)*(?:填|问|报|写|提供)(?!这|那|它|我|你){_NAME}",
        rf"{_NAME}(?:这题|这项|这个|那题|指标)*(?:(?:的)?(?:评分|计分|打分|算分|得分|扣分)(?:规则|标准|办法|依据|口径)|的(?:规则|算法|公式|标准|口径)|(?:的)?(?:规则|标准|依据|算法|公式|口径)(?=是))(?:是)?(?:什么|啥|怎样的|怎么样|多少)?",
        rf"{_NAME}(?:这题|这项|这个|那题|指标)*(?:满分|占|值|总分)(?:是|有)?(?:多少|几)分?",
    )
)
_VALUE = tuple(
    re.compile(f"{BEFORE}{pattern}{BEHIND}[?？]*")
    for pattern in (
        rf"(?:我们?)?(?:前面|之前|刚才|上次|已经)?(?:填|报|写|答|录)(?:的)?{_NAME}(?:是|为)*(?:多少|几|什么|啥|哪些)(?:来着)?",
        rf"(?:我们?(?:的|单位的?)?)?{_NAME}(?:那题|这题|那个|现在|目前|我|我们|的|是|都)*(?:填|报|写|选|答)(?:的|了)(?:是)?(?:多少|什么|啥|几|哪些|哪几项|哪几个)(?:来着)?",
        rf"(?:我们?(?:的|单位的?)?)?{_NAME}(?:那题|这题|现在|目前|的数|金额)*(?:是|有)?多少(?:钱|来着)?",
    )
)
_NOT_A_NAME = re.compile(
    r"(?:这|那|它|本|该|我|你|您|谁|哪|什么|怎么|为|一共|总共|还|现在|目前|到底|大概|得|扣|满分|总|填|评分|计分|打分|得分|扣分|分数|报告|材料|佐证|附件|字|去年|上年|截止|写|要|应该|如果|要是|假如)"
)


def read_naming(typed: str) -> Command | None:
    """A question for a rule (`why`) or an answer (`shown`) of something by name.

    >>> read_naming("三公经费怎么算分"), read_naming("B3-1怎么算的").target
    (Command(name='why', target='三公经费', value=''), 'B3-1')
    >>> read_naming("我前面填的租金是多少"), read_naming("现在多少分"), read_naming("这题怎么算的")
    (Command(name='shown', target='租金', value=''), None, None)
    """
    if len(typed) > 30:
        return None
    for name, patterns in (("why", _RULE), ("shown", _VALUE)):
        for pattern in patterns:
            match = pattern.fullmatch(typed)
            if match and not _NOT_A_NAME.match(match["target"]):
                return Command(name, match["target"].strip("的"), loose=True)
    return None
