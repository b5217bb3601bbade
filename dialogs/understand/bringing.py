"""How people speak of what was brought from files, of last year, and of lists for offices."""

from __future__ import annotations

import re

BRINGING: dict[str, tuple[str, ...]] = {
    "adopt": ("采用", "都采用", "采用这个", "用带入的", "没变化", "没有变化"),
    "singly": ("逐项看", "逐题看", "逐个看", "一项一项看", "一题一题看", "一个一个看", "分开看"),
    "bring": ("带入", "导入", "快速开始", "带入报告", "导入报告", "带入去年报告", "怎么带入"),
    "texts": ("长文本", "网页", "网页填", "网页填写", "在网页上填", "长文本页面"),
    "lists": ("清单", "股室清单", "各股室清单", "要数清单", "发清单"),
    "same": ("同上", "同前", "一样", "跟上面一样"),
    "as_last_year": (
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
    ),
}
_LONGEST = 60
EITHER_WAY = frozenset({"对", "对的", "都对", "没错", "正确", "确认", "没问题"})
"""Words that agree to what is shown and also say yes: unclear where a no is shown."""
_WRONG = re.compile("不对|不是|错|改|除了|不一样|不同|变了|有变|但|不过|只有|就是")
_REST_RIGHT = re.compile(
    "(?:都|全|全部|其他的?|其它的?|其余的?|别的)(?:都|全)?(?:对|没错|没问题|不变|一样|可以)"
)
_LISTS = re.compile(
    r"(?:股室)?清单[\s,，:：]+(?P<named>\S{1,12})"
    r"|(?P<office>财务|采购|资产|业务股室|信访|办公室)(?:的)?清单"
)


def says_partly_wrong(text: str) -> bool:
    """Whether words about several shown values say that something of them is wrong.

    >>> says_partly_wrong("都对，不过领导职数是一正二副"), says_partly_wrong("都对")
    (True, False)
    """
    return len(text) <= _LONGEST and _WRONG.search(text) is not None


def says_rest_right(text: str) -> bool:
    """Whether the same words say that all else is right.

    >>> says_rest_right("8不对，其他都对"), says_rest_right("8题不对")
    (True, False)
    """
    return _REST_RIGHT.search(text.replace("不都", "")) is not None or text.startswith("除了")


def office_of_list(text: str) -> str:
    """The office whose list is asked for, "" where none is.

    >>> office_of_list("清单 财务"), office_of_list("采购的清单"), office_of_list("材料清单")
    ('财务', '采购', '')
    """
    match = _LISTS.fullmatch(text)
    return (match["named"] or match["office"]) if match else ""
