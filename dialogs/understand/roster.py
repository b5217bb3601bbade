"""名册 in words: the page where it is changed, or comparing it with WeChat Work's directory."""

from __future__ import annotations

import re
from enum import StrEnum

from dialogs.understand.manners import without_manners


class RosterWish(StrEnum):
    """What is wanted of the roster."""

    PAGE = "page"
    CHECK = "check"


_LONGEST = 30
_ENDS = " 。.!！?？~…"
_POLITE = r"(?:请|麻烦|帮我|帮忙|我想要?|我要|想要?|要|怎么|如何|在哪里?|哪里|去哪|把|[,，:：])*"
_WHICH = r"(?:新的?|一份|一下|全部|全区|人员|部门|单位|自评|整本|现在的?|最新的?|这次的?)*(?:的)?"
_LIST = rf"{_WHICH}(?:名册|花名册|名单)"
_CHANGE = r"(?:导入|上传|更新|更换|替换|换|修改|改|维护|编辑|传)(?:一下|一份)?"
_TAIL = r"(?:的)?(?:网页|页面|链接|地址|模板|模版|表|表格)?(?:在哪里?|一下|吧|呢|发给我|给我)*"
_PAGE = re.compile(
    rf"{_POLITE}(?:{_CHANGE}{_LIST}|{_LIST}(?:要|怎么|如何|在哪里?)*(?:{_CHANGE}|模板|模版)"
    # 花名册 or 名单 by itself is the list of people in the chat.
    rf"|(?:下载|导出|查看?|看看?|打开|发我?|给我)*(?:一下)?{_WHICH}名册){_TAIL}"
)
_DIRECTORY = r"(?:企业微信|企微|微信)?(?:的)?(?:通讯录|通信录)"
_COMPARE = r"(?:同步)?(?:核对|对照|比对|检查)(?:一下|一遍)?"
_WITH = rf"(?:和|与|跟|拿)?{_DIRECTORY}"
_CHECK = re.compile(
    rf"{_POLITE}(?:{_COMPARE}(?:{_LIST}|人员|账号|帐号|{_DIRECTORY})(?:{_WITH})?"
    rf"|(?:{_LIST})?{_WITH}{_COMPARE})(?:一下|一遍|吧)*"
)


def read_roster_wish(text: str) -> RosterWish | None:
    """What a message wants of the roster; None for one about other things.

    >>> read_roster_wish("导入名单"), read_roster_wish("名册"), read_roster_wish("核对一下通讯录！")
    (<RosterWish.PAGE: 'page'>, <RosterWish.PAGE: 'page'>, <RosterWish.CHECK: 'check'>)
    >>> read_roster_wish("名单"), read_roster_wish("通知 全部 请更新名册")
    (None, None)
    """
    typed = re.sub(r"\s+", "", without_manners(text)).strip(_ENDS)
    if not typed or len(typed) > _LONGEST:
        return None
    if _CHECK.fullmatch(typed):
        return RosterWish.CHECK
    return RosterWish.PAGE if _PAGE.fullmatch(typed) else None
