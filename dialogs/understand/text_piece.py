"""Whether a message can be a piece of a text, whether it ends it, and whether it was cut off."""

from __future__ import annotations

import re

from dialogs.understand.letters import says_none
from dialogs.understand.plain_text import bare_words, clean, narrow
from dialogs.understand.spellings import SPELLINGS

FIGURE, TABLE, SHORT, NOTHING = "figure", "table", "short", "nothing"
SHORTEST = 3
"""A long text of that many characters or fewer is asked about."""

CUT_FROM, CUT_TO = 2030, 2048
"""A message of that many bytes was probably cut: WeChat Work passes on 2,048 at most."""

_ENDS = frozenset(
    {*SPELLINGS["done"], "写完了", "写完", "写好了", "说完了", "收好", "保存", "没有要补充的", "没有补充", "没有补充了",
     "不补充了", "没有要补充的了", "就这样", "就这么多", "好了就这些", "可以了"}
)  # fmt: skip
_CLEAR_ENDS = ("完", "完了", "完毕", "发完了", "写完了", "就这些")
_STOPS = "。！？!?；;…”」』）)】》.:："
_LAST_LINE = re.compile(r"(?P<body>.*\S)[ \t]*\n\s*(?P<end>\S{1,8})\s*", re.S)
_LAST_WORD = re.compile(
    rf"(?P<body>.*(?:\S[\s，,；;]+|[{re.escape(_STOPS)}]))(?P<end>{'|'.join(_CLEAR_ENDS)})[\s。.!！]*",
    re.S,
)
_FIGURES = re.compile(
    r"[\d\s,，.、%％‰元万亿角分千百个人件项家次份年月日号约左右共合计¥￥+\-/~—]+", re.S
)
_CHINESE_FIGURE = re.compile(
    r"[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟点]{1,30}(?:元整|圆整|元正|元|块|万|亿|角|分)+"
)
_FRACTION = re.compile(r"百分之[零一二三四五六七八九十百点\d.]+")
_LETTERS = re.compile(r"[A-Za-z]{1,12}")
_WORD = re.compile(r"[^\W_]")
_NOTHING = frozenset(
    {
        "暂无",
        "暂时没有",
        "没什么",
        "没啥",
        "无内容",
        "没有内容",
        "空",
        "没得写",
        "没什么好写的",
        "没有什么",
        "none",
        "/",
        "-",
        "——",
    }
)


def split_text_end(text: str) -> tuple[str, bool]:
    """A message without the 完 behind it, and whether it was there. In one line with the text
    only what no sentence ends with counts.

    >>> split_text_end("推进项目。\\n写完了"), split_text_end("推进项目。完")
    (('推进项目。', True), ('推进项目。', True))
    >>> split_text_end("各项任务全部做完"), split_text_end("项目 结束")
    (('各项任务全部做完', False), ('项目 结束', False))
    """
    typed = clean(text)
    match = _LAST_LINE.fullmatch(typed)
    if match and is_end(match["end"]):
        return match["body"], True
    match = _LAST_WORD.fullmatch(typed)
    if match:
        return match["body"].rstrip(" \t\n，,；;") if match["body"][-1].isspace() else match[
            "body"
        ].rstrip("，,；;"), True
    return typed, False


def is_end(text: str) -> bool:
    """Whether a whole message says that a text is complete.

    >>> is_end("完。"), is_end("写完了"), is_end("完成了任务")
    (True, True, False)
    """
    return bare_words(text) in _ENDS


def is_plain_end(text: str) -> bool:
    """Whether a whole message is 完 or 写完了, which can't be the answer to anything."""
    return bare_words(text) in _CLEAR_ENDS[:-1]


def oddity(text: str, *, is_long: bool) -> str:
    """What makes a message unlikely to be a piece of a text: one of the names above, or "".

    >>> oddity("98.31万元", is_long=False), oddity("没有", is_long=True), oddity("持平", is_long=False)
    ('figure', 'nothing', '')
    """
    typed = narrow(text)
    if says_none(typed) or bare_words(text).lower() in _NOTHING:
        return NOTHING
    if is_figure(text):
        return FIGURE
    if _is_table(clean(text)):
        return TABLE
    if not _WORD.search(typed) or (is_long and len(bare_words(text)) <= SHORTEST):
        return SHORT
    return ""


def is_figure(text: str) -> bool:
    """Whether words are nothing but figures with their units.

    >>> is_figure("2620.74万"), is_figure("人员经费3万")
    (True, False)
    """
    typed = narrow(text)
    if any(pattern.fullmatch(typed) for pattern in (_CHINESE_FIGURE, _FRACTION, _LETTERS)):
        return True
    return bool(_FIGURES.fullmatch(typed)) and any(sign.isdigit() for sign in typed)


def _is_table(typed: str) -> bool:
    lines = [line for line in typed.split("\n") if line.strip()]
    cells = [line.count("\t") for line in lines]
    return sum(count > 0 for count in cells) >= 2 or max(cells, default=0) >= 2


def looks_cut(text: str) -> bool:
    """Whether a message stops in the middle just where WeChat Work cuts long ones.

    >>> looks_cut("长" * 682), looks_cut("长" * 681 + "。"), looks_cut("长" * 600)
    (True, False, False)
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    return CUT_FROM <= size <= CUT_TO and text.rstrip()[-1:] not in _STOPS


_LENGTH = re.compile(
    r".{0,12}(?:多少|几百?|多长|多少个)(?:个)?(?:字|长|篇幅|段)?.{0,8}|.{0,12}(?:字数|篇幅).{0,12}|.{0,8}(?:写|要)多长.{0,6}"
)


def asks_length(question: str) -> bool:
    """Whether a question is about how long the text is to be.

    >>> asks_length("这里要写多少字？"), asks_length("写到哪一年？")
    (True, False)
    """
    typed = narrow(question).strip(" ?。")
    return bool(_LENGTH.fullmatch(typed)) and any(
        word in typed for word in ("字", "长", "篇幅", "段")
    )


_PREFIXED = frozenset({"na", "send_back", "sign_by_hand", "purge", "delete", "skip", "submit"})
_LONG, _SENTENCE = 40, 10
_MARKS = re.compile("[，,。；;：:、]")


def is_prose(text: str, command: str) -> bool:
    """Whether what looks like a command is rather a sentence of a text: it is long, or goes on
    behind the command's word as nobody speaks to a machine.

    >>> is_prose("不适用于本单位的条款已经清理完毕。", "na"), is_prose("不知道，问财务", "unknown")
    (True, False)
    """
    typed = clean(text)
    if "\n" in typed or len(typed) > _LONG or len(_MARKS.findall(typed)) >= 3:
        return True
    if command not in _PREFIXED:
        return False
    return typed[-1:] in "。；" and len(typed) >= _SENTENCE


_CHOICES: dict[str, frozenset[str]] = {
    "take": frozenset({"是", "是的", "对", "就写这个", "照写", "就这样写", "就这么写", "照原样记", "收下", "记下", "确实是", "没错", "这一题", "这题", "这题的", "是正文", "正文"}),
    "drop": frozenset({"不", "不是", "否", "不用", "不用记", "不要", "不要了", "别记", "丢掉", "丢了吧", "算了", "发错了", "我发错了", "不记"}),
    "keep": frozenset({"留着", "先留着", "保留", "别丢"}),
    "mine": frozenset({"用我的", "我的", "换掉", "换掉原来的", "替换", "用这段", "用新的"}),
    "after": frozenset({"接在后面", "加在后面", "接在原来的后面", "都要", "合在一起", "接着写", "接上一条", "上一条", "上条", "接上条"}),
    "theirs": frozenset({"用原来的", "原来的", "留着原来的", "用网页的", "网页的", "用他的", "用她的", "不要我的", "留着"}),
    "all": frozenset({"都改", "全改", "全部改", "都换", "全部", "改", "改文字", "换"}),
}  # fmt: skip


def chosen_in_words(text: str, offered: tuple[str, ...]) -> str:
    """Which of the offered choices a message names, "" for none.

    >>> chosen_in_words("换掉原来的", ("mine", "after")), chosen_in_words("好", ("mine",))
    ('mine', '')
    """
    typed = bare_words(text)
    return next((name for name in offered if typed in _CHOICES[name]), "")
