"""Commands in people's own words: 材料在哪交, 还差什么, 这题不知道问谁, 我明天再弄."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import narrow, simple
from dialogs.understand.politeness import BEFORE, BEHIND
from dialogs.understand.vocabulary import told_by_words
from dialogs.understand.wordings import WORDED

_LONGEST = 24
_MARKS = " 。.!?~…,;"
_THIS = r"(?:这|这个|这题|这一题|这道题|这项|这里|我)?"
_END = r"(?:啊|呀|呢|吗|嘛|了|的|吧|哦)?"
_WHEN = r"(?:明天|后天|改天|回头|下午|晚上|晚点|下周|周[一二三四五]|过几天|有空)"
_ASKED: tuple[tuple[str, str], ...] = (
    (
        "materials",
        r".{0,6}?(?:材料|佐证|附件|资料|照片)(?:都|是|该|要|应该)*"
        r"(?:在哪|去哪|往哪|到哪|交哪|发哪|传哪|放哪|怎么|如何|交到哪|发到哪|传到哪)(?:里|儿)?"
        r"(?:交|传|发|上传|提交|放)?",
    ),
    (
        "materials",
        r".{0,6}?(?:要|需要|交|得交|差|缺)(?:交|准备)?(?:什么|哪些|啥|多少)(?:佐证)?(?:材料|资料)",
    ),
    (
        "progress",
        r"(?:我)?(?:还|都)?(?:差|缺|剩|有)(?:什么|啥|哪些|几题|多少题|几项)(?:没填|没有填|要填|没弄)?",
    ),
    (
        "progress",
        r"(?:截止(?:到|是|时间是)?|到|最晚)?(?:哪天|哪一天|几号|什么时候)(?:之前)?(?:截止|要交|交)?",
    ),
    (
        "unknown",
        rf"{_THIS}(?:也)?(?:不知道|不晓得|不清楚)?(?:该|要|应该|得)?(?:去)?(?:问|找)(?:谁|哪个|哪位)(?:问|要)?",
    ),
    ("why", rf"{_THIS}(?:要|该|应该)?(?:怎么|咋)(?:填|弄|写|答|搞)"),
    ("why", rf"{_THIS}(?:看不懂|没看懂|不明白|是什么意思|啥意思|什么意思|是啥)"),
    ("score", r"(?:为啥|为什么|怎么|哪里|哪儿|在哪)(?:被|会)?(?:扣分|扣了分|扣的分|扣了)"),
    ("score", r"(?:一共|总共)?扣了?(?:多少|几)分"),
    (
        "texts",
        r"(?:能不能|可不可以|可以|能|怎么|我要|我想)?在?(?:电脑|网页|网站|网上)(?:上)?(?:怎么|能不能|可以)?(?:填|写|弄|打字|粘贴)",
    ),
    ("bring", r"(?:我)?(?:有|用|能用|能不能用|怎么用)(?:没有)?(?:去年|上年)的(?:报告|自评报告|表)"),
    (
        "bring",
        r"(?:去年|上年)的(?:报告|自评报告|表|内容)?(?:在哪|怎么用|能用|怎么导入|怎么带入|可以用)(?:里|儿)?",
    ),
    (
        "later",
        rf"(?:[^,，]{{1,12}}[,，]我{_WHEN}再[填弄]|(?:我|那我)?(?:先下班|下班)?(?:了)?[,，]?(?:我)?{_WHEN}(?:再)(?:弄|填|说|来|继续|搞|看|做))",
    ),
    ("later", r"(?:我)?(?:先|今天先|今天就)?(?:不弄|不填|填到这|到这|到这里|下班)"),
    (
        "continue",
        r"(?:我)?(?:又|刚)?(?:回来|来)(?:了)?(?:[,，]?(?:继续|接着)(?:填|来|弄)?)|(?:我)?(?:又|刚)?回来",
    ),
    ("continue", r"(?:我们)?接着(?:填|来|弄|上次的)?(?:填|来|弄)?"),
    ("progress", r"(?:我)?上次(?:填|弄|做|说)?(?:到)(?:哪里|哪儿|哪|第几题)"),
    ("list", r"(?:刚才|上面)?(?:这|那|最后)?(?:一)?(?:条|个|行)?(?:我)?发错"),
    ("own", r"(?:还是|那)?(?:我|我自己|自己)来?(?:填|写|发)"),
    ("skip", r"(?:先)?(?:跳过|跳)(?:吧|这题|这个|这一题)"),
)
_PATTERNS = tuple((name, re.compile(pattern + _END)) for name, pattern in _ASKED)
_WORDED = tuple(
    (name, re.compile(f"{BEFORE}(?:{pattern}){BEHIND}")) for name, pattern in WORDED.items()
)
_QUESTION = re.compile(r"(?:能不能|可不可以|能否|可否)[^\n]{2,30}|[^\n]{2,40}(?:[?？]+|[吗呢])")


def asked_in_words(text: str) -> str:
    """The command that a short message asks for in other words than its spellings, "" if none.

    >>> asked_in_words("材料在哪交？"), asked_in_words("这题不知道问谁"), asked_in_words("办公室")
    ('materials', 'unknown', '')
    """
    plain = narrow(text)
    if len(plain) > _LONGEST:
        return ""
    for typed in dict.fromkeys(each.strip(_MARKS) for each in (plain, simple(text))):
        for name, pattern in (*_WORDED, *_PATTERNS):
            if pattern.fullmatch(typed):
                return name
    return told_by_words(simple(text).strip(_MARKS))


def is_question(text: str) -> bool:
    """Whether a message is nothing but a short question, which no text or row of a report is.

    >>> is_question("这里要写全称吗？"), is_question("开展了“我为企业办实事”活动")
    (True, False)
    """
    return _QUESTION.fullmatch(narrow(text).strip(" 。.!~")) is not None
