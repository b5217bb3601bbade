"""That a unit has something or has it not, said in passing: 没有租金了, 其实有资产处置."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import narrow, simple

_BEFORE = r"(?:其实|我们?|你好|不对|单位|局里|今年|本年|全年|现在|确实|也|又|还|后来|原来|说错了|[,，\s])*"
_NO = r"(?:并?没有?|无|不再有|去掉|不选|不要)"
_YES = r"(?:是?有|加上|也有|补上|选上|勾上)"
_NAME = r"(?P<name>[^,，。;；\n有没无]{2,12}?)"
_END = r"(?:了|的|啊|呢|哦|吧)*"
_PATTERNS = (
    (False, re.compile(rf"{_BEFORE}{_NO}{_NAME}{_END}")),
    (True, re.compile(rf"{_BEFORE}{_YES}(?:个|点|一点|一些)?{_NAME}{_END}")),
    (False, re.compile(rf"{_BEFORE}{_NAME}(?:我们|今年|现在|其实|也|是|[,，:：\s])*(?:没有|没|无){_END}")),
    (True, re.compile(rf"{_BEFORE}{_NAME}(?:我们|今年|现在|其实|也|是|改成|改为|[,，:：\s])*有{_END}")),
)  # fmt: skip


def said_of_gate(text: str) -> tuple[str, bool] | None:
    """What is spoken of and whether there is any; None where a message says no such thing.

    >>> said_of_gate("没有租金了"), said_of_gate("其实有资产处置")
    (('租金', False), ('资产处置', True))
    >>> said_of_gate("信访今年没有"), said_of_gate("租金改成有"), said_of_gate("98.31万元")
    (('信访', False), ('租金', True), None)
    """
    typed = simple(narrow(text)).strip(" 。.!！~")
    for has, pattern in _PATTERNS:
        if match := pattern.fullmatch(typed):
            return match["name"].strip(), has
    return None
