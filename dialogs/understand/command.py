"""Commands in words: what a person wants that is not an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dialogs.understand.plain_text import narrow

# Each command with the ways in which it is written; the first is the official one.
SPELLINGS: dict[str, tuple[str, ...]] = {
    "help": ("帮助", "?", "菜单", "怎么用", "怎么填", "help", "指令", "命令"),
    "progress": (
        "进度",
        "还剩多少",
        "还有多少",
        "填到哪了",
        "还差多少",
        "到哪了",
        "还差哪些",
        "缺什么",
        "还缺什么",
        "截止",
        "截止日期",
        "截止时间",
        "什么时候截止",
        "几号截止",
    ),
    "back": (
        "上一题",
        "返回",
        "回上一题",
        "上一步",
        "前一题",
        "退回上一题",
        "填错了",
        "写错了",
        "刚才填错了",
        "刚才写错了",
        "上一题错了",
        "刚才那题错了",
    ),
    "skip": (
        "跳过",
        "先跳过",
        "下一题",
        "略过",
        "先不填",
        "不填",
        "不想填",
        "不填了",
        "拒绝",
        "以后再填",
        "过",
        "稍后再填",
        "先放着",
        "pass",
    ),
    "edit": ("修改", "更正", "改", "我要改", "改答案", "改一下"),
    "why": (
        "为什么",
        "为啥",
        "为何",
        "依据",
        "规则",
        "怎么算的",
        "怎么算",
        "为什么要问",
        "评分标准",
        "什么意思",
    ),
    "score": ("得分", "分数", "多少分", "现在多少分", "看得分", "我的得分", "看分"),
    "preview": ("预览", "看报告", "草稿", "预览报告", "看草稿", "看看报告"),
    "submit": ("送审", "提交", "提交审核", "报送", "送领导审核", "提交送审"),
    "undo": ("撤销", "撤消", "取消上一条", "撤销上一条", "撤回上一条"),
    "withdraw": ("撤回", "撤回送审", "取消送审"),
    "cancel": ("取消", "算了", "不改了"),
    "continue": (
        "继续",
        "继续填",
        "继续填报",
        "开始",
        "开始填报",
        "重发",
        "再发一遍",
        "你好",
        "您好",
        "在吗",
        "hi",
        "hello",
    ),
    "done": ("完", "完了", "好了", "没有了", "没了", "发完了", "结束", "就这些", "完毕"),
    "list": ("列表", "看看", "看一下", "列出来"),
    "clear": ("清空", "重来", "重新填", "全部删除"),
    "agree": (
        "对",
        "是",
        "好",
        "可以",
        "用",
        "用这个",
        "没问题",
        "都对",
        "对的",
        "是的",
        "确认",
        "好的",
        "行",
        "ok",
        "就用草稿",
        "用草稿",
        "按草稿",
    ),
    "text_only": ("文字模式", "不要卡片", "只要文字"),
    "cards": ("卡片模式", "要卡片"),
    "offline": ("线下报送", "线下报", "线下提供", "涉密", "线下"),
    "unknown": ("不知道", "不清楚", "不懂", "不会", "不确定", "我不知道", "不太清楚", "没数据"),
    "same": (
        "同上",
        "同前",
        "一样",
        "跟去年一样",
        "和去年一样",
        "与去年一样",
        "跟上年一样",
        "和上年一样",
        "与上年一样",
        "同去年",
        "同上年",
        "照去年",
        "照旧",
        "跟上面一样",
    ),
    "wait": (
        "稍等",
        "等一下",
        "等等",
        "等下",
        "我查一下",
        "查一下",
        "我问一下",
        "我去问问",
        "马上",
        "等会",
        "等会儿",
    ),
    "thanks": (
        "谢谢",
        "谢谢你",
        "谢谢您",
        "多谢",
        "辛苦了",
        "好的谢谢",
        "好的,谢谢",
        "收到",
        "知道了",
        "明白",
        "明白了",
    ),
    "file": (
        "发了",
        "已发",
        "已发送",
        "发过去了",
        "文件",
        "附件",
        "文件发了",
        "文件已发",
        "附件已发",
        "传了",
        "已传",
        "上传了",
        "已上传",
        "传过去了",
        "见附件",
        "详见附件",
    ),
    "approve": ("通过", "同意", "审核通过", "批准"),
    "accept": ("接收", "收到接收", "同意接收"),
    "waiting": ("待审", "待办", "有哪些", "列出待办"),
}
_BY_WORD = {narrow(word).lower(): name for name, words in SPELLINGS.items() for word in words}

_EDIT = re.compile(r"(?:修改|更正|改一下|我要改|我想改|改)\s*(?:第\s*)?(?P<target>.+?)\s*(?:题)?")
_SET = re.compile(
    r"(?:(?:修改|更正|把|将)\s*)?(?P<target>.+?)\s*(?:改成|改为|更正为|应该是|应为|换成)\s*(?P<value>.+)",
    re.S,
)
_SET_LAST = re.compile(
    r"(?:不对|错了|不是|填错了|写错了|(?:刚才|刚刚|上面|上一)(?:的|那个|那题|个|题|条)?(?:填|写)?(?:的|错了|不对)?)"
    r"[\s,，。、]*(?:改成|改为|更正为|应该是|应为|换成|是)\s*(?P<value>.+)",
    re.S,
)
_NOT_OLD = re.compile(r"\s*[,，、]?(?:而)?不是.{1,30}$")
_WHOM = r"(?P<target>[^,，。?？\s]{2,10}?)(?:才知道|才行|再说)?"
_UNKNOWN = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:这个|我)?(?:也)?(?:不知道|不清楚|不太清楚|不懂|不确定)[\s,，。、]*"
        rf"(?:我)?(?:要|得|需要|先)?(?:去)?问(?:一下|问)?(?!题){_WHOM}",
        rf"(?:我|这个)?(?:要|得|需要|先)(?:去)?问(?:一下|问)?(?!题){_WHOM}",
        r"(?:去)?问(?:一下)?(?P<target>财务|会计|出纳|人事|办公室|领导|同事|业务股室|采购)",
    )
)
_DELETE = re.compile(r"(?:删除?|去掉)\s*(?:第)?\s*(?P<target>[0-9]{1,3})\s*(?:条|行|项|个)?")
_NOT_APPLICABLE = re.compile(r"不适用(?:[\s,，:：、。]*(?P<reason>.*))?", re.S)
_SEND_BACK = re.compile(r"(?:退回|退回修改|不通过|不同意)[\s,，:：、。]*(?P<words>.*)", re.S)


LAST = "刚才"
"""The target of a correction that names nothing: what was answered last."""


@dataclass(frozen=True)
class Command:
    """A command: its name, what it is about, and the new value that came with it.

    `spaced`: 修改 stood apart from its target, as nobody writes it in prose.
    """

    name: str
    target: str = ""
    value: str = ""
    spaced: bool = field(default=False, compare=False, repr=False)


def read_command(text: str) -> Command | None:
    """The command that the whole message is, or None.

    >>> read_command("上一题。").name, read_command("修改第12题").target
    ('back', '12')
    >>> read_command("实际采购金额改成98.5万元")
    Command(name='set', target='实际采购金额', value='98.5万元')
    """
    typed = narrow(text).strip(" 。.!！~")
    name = _BY_WORD.get(typed.lower()) or _BY_WORD.get(narrow(text).lower())
    if name:
        return Command(name)
    if len(typed) > 120:
        return None
    for pattern, kind in ((_DELETE, "delete"), (_NOT_APPLICABLE, "na"), (_SEND_BACK, "send_back")):
        match = pattern.fullmatch(typed)
        if match:
            found = match.groupdict()
            return Command(kind, found.get("target") or "", _rest(found))
    for pattern in _UNKNOWN:
        match = pattern.fullmatch(typed)
        if match:
            return Command("unknown", match["target"])
    return _correction(typed)


def _correction(typed: str) -> Command | None:
    match = _SET_LAST.fullmatch(typed)
    if match:
        return Command("set", LAST, _NOT_OLD.sub("", match["value"]).strip())
    match = _SET.fullmatch(typed)
    if match and len(match["target"]) <= 30 and "\n" not in match["target"]:
        value = _NOT_OLD.sub("", match["value"]).strip()
        return Command("set", match["target"].strip(" ,，"), value)
    match = _EDIT.fullmatch(typed)
    if match and len(match["target"]) <= 30 and "\n" not in typed:
        return Command("edit", match["target"].strip(), spaced=bool(_SPACED.match(typed)))
    return None


_SPACED = re.compile(r"(?:修改|更正)\s")
_LAST_WORD = re.compile(r"(?s)(?:(.*\S)\s+)?(\S*)")


def split_end(text: str) -> tuple[str, bool]:
    """A message without the 完 at its end, on a line of its own or apart, and whether it was there.

    >>> split_end("甲\\n乙\\n完"), split_end("甲；乙 完")
    (('甲\\n乙', True), ('甲；乙', True))
    """
    body, last = _LAST_WORD.fullmatch(text.rstrip()).groups()  # type: ignore[union-attr]
    if body and narrow(last).strip(" 。.!！") in SPELLINGS["done"]:
        return body, True
    return text, False


def _rest(found: dict[str, str | None]) -> str:
    return (found.get("reason") or found.get("words") or "").strip()
