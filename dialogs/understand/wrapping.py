"""What people say around a figure, told apart from the figure itself.

Only words that change nothing are taken off, and 约 and its like, which are noted. All others stay,
so that no reader takes a figure out of a sentence that it did not understand whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dialogs.understand.numerals import NUMERAL, alike
from dialogs.understand.plain_text import simple

_ABOUT = (
    ("大概", "大约", "大致", "大体", "约莫", "约摸", "约为", "约", "差不多", "近", "~", "≈"),
    (
        "左右",
        "上下",
        "的样子",
        "样子",
        "大概",
        "大约",
        "差不多",
        "(约)",
        "(大约)",
        "(大概)",
        "(左右)",
    ),
)
_HEADS = (
    *("嗯", "哦", "噢", "啊", "额", "呃", "那个", "那", "好的", "好", "您好", "你好", "老师", "对"),
    *("是的", "这个", "这项", "这里", "这题", "此项", "本项", "答案", "答", "回答", "收到"),
    *("我们单位", "我单位", "我们局", "我局", "本单位", "本局", "本部门", "我们", "我", "单位"),
    *("总共", "一共", "合计", "共计", "总计", "总的", "共有", "共", "累计", "全年", "本年度"),
    *("只有", "仅有", "仅", "正好", "刚好", "确定", "确认", "没错", "准确", "那就", "就"),
    *("查到了", "刚查了", "查了", "问到了", "核实了", "核对了", "查过了", "核实过了", "核对过了"),
    *("实际", "是", "为", "就是", "有", "填", "写", "记", "报", "也是", "准确的", "准数", "确切的"),
    *(",", ":", "。", "、", "!", ";", "=", "“", '"', "「", "《", "'", "‘"),
)
_TAILS = (
    *("谢谢您", "谢谢你", "谢谢老师", "谢谢", "多谢", "感谢", "辛苦了", "辛苦", "麻烦了"),
    *("的", "呢", "啊", "哈", "哦", "呀", "嗯", "哟", "啦", "噢", "喔", "没错", "对的", "好的"),
    *(
        "就是这个",
        "就这个",
        "就这些",
        "就这样",
        "了",
        "🙏",
        "😊",
        "😄",
        "😂",
        "🙂",
        "😀",
        "☺",
        "🌹",
    ),
    *("。", ".", ",", "!", "~", ";", "、", "”", '"', "」", "》", "'", "’", "[微笑]", "[呲牙]"),
    *("[OK]", "[抱拳]", "[玫瑰]", "[强]", "[握手]", "[合十]", "👌", "👍"),
)
# 没有了 says that something came to an end.
_ENDED = ("没有了", "没了")
_LONGEST = 80
# NFKC writes 10² as 102 and ① as 1: such figures mean something else than their digits.
_RAISED = re.compile("[²³¹⁰-₟½¼¾⅐-⅞①-⓿㈠-㋿]")
_BEGUN = "0-9一二三四五六七八九两十"
_JOINT = re.compile(rf"(?<![{NUMERAL}])\s+|\s+(?![{_BEGUN}])")
_STOP_IN_FIGURE = re.compile(r"(?<=[0-9])。(?=[0-9])")
_MINUS = str.maketrans("−–—－﹣ー", "------")


@dataclass(frozen=True)
class Wrapped:
    """A figure with what stood around it taken off; `about` where 约 or the like was among that.

    `whole` is all that was written, in half width, with digits written the common way; a space
    is left only where it parts two numbers.
    """

    core: str
    about: bool
    whole: str


def unwrap(text: str, heads: tuple[str, ...] = (), tails: tuple[str, ...] = ()) -> Wrapped | None:
    """The figure in a short message without the words around it; `heads` and `tails` are more
    words that change nothing. None where the message is too long to be a figure, or empty.

    >>> unwrap("嗯，一共大概９８个左右，谢谢", tails=("个",))
    Wrapped(core='98', about=True, whole='嗯,一共大概98个左右,谢谢')
    >>> unwrap("不到98").core
    '不到98'
    """
    if len(text) > 4 * _LONGEST or _RAISED.search(text):
        return None
    whole = _JOINT.sub("", alike(simple(text))).translate(_MINUS)
    whole = _STOP_IN_FIGURE.sub(".", whole).strip()
    if not whole or len(whole) > _LONGEST:
        return None
    core, about = _peeled(whole, heads, tails)
    return Wrapped(core, about, whole)


def _peeled(core: str, heads: tuple[str, ...], tails: tuple[str, ...]) -> tuple[str, bool]:
    """The text without what stands before and behind the figure, and whether 约 was in that."""
    before, behind = (*_ABOUT[0], *heads, *_HEADS), (*_ABOUT[1], *tails, *_TAILS)
    about = False
    while True:
        word = _first(before, core, core.startswith)
        if word:
            core, about = core[len(word) :].strip(), about or word in _ABOUT[0]
            continue
        word = "" if core.endswith(_ENDED) else _first(behind, core, core.endswith)
        if not word:
            return core, about
        core, about = core[: -len(word)].strip(), about or word in _ABOUT[1]


def _first(words: tuple[str, ...], core: str, stands: Callable[..., bool]) -> str:
    """The first of the words that stands at the end of the text which `stands` looks at."""
    # One call for all of them: most figures have nothing around them.
    return next((word for word in words if stands(word)), "") if core and stands(words) else ""
