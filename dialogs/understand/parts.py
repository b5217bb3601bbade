"""How parts of a form are named in enumerations: 12到15题, 资产和采购, 张三的资产."""

from __future__ import annotations

import re

from dialogs.understand.handing import ENDS, part_of
from dialogs.understand.plain_text import bare_words, simple

_NUMBER = re.compile("第?([0-9]{1,3})题?")
_RANGE = re.compile("第?([0-9]{1,3})题?(?:到|至|-|~|—|–)第?([0-9]{1,3})题?")
_BETWEEN = re.compile(r"[、,;/+\s]+|以及|还有|和|跟|与|及")
_QUOTES = re.compile("[【】\\[\\]「」“”\"'‘’]")
_DASHES = re.compile(r"[\s.·—–_]")
_OF = re.compile("(?P<whom>.+?)(?:的|那里的?|手上的?)(?P<what>.*)")
_TOGETHER = re.compile("(?:一起|一块儿?|分别|共同|都|各自)+$")
_EVERYTHING = {"题", "题目", "那些", "那些题", "所有题", "都", "全部"}
_BEFORE_NAME = re.compile(r"(?:不是|不对|否)?[,\s]*(?:是|让|找|给|叫|交给|换成?)?\s*")
_ACCOUNT = re.compile(
    r"(?P<name>[\u3400-\u9fff·]{2,8})[\s,(]+(?:账号|帐号|工号)?[:\s]*(?P<userid>[A-Za-z0-9][A-Za-z0-9._@-]{1,63})\)?"
)
_NAME = re.compile("[\u3400-\u9fff·]{2,4}")


def plain_name(said: str) -> str:
    """A name without the quotes in and around it.

    >>> plain_name("“三公”经费的"), plain_name("【采购】")
    ('三公经费', '采购')
    """
    return _QUOTES.sub("", simple(said)).strip(" 。的")


def numbers_meant(said: str) -> tuple[int, int] | None:
    """The first and last number of questions; None where no number was named.

    >>> numbers_meant("第12题"), numbers_meant("12到15"), numbers_meant("B3-1")
    ((12, 12), (12, 15), None)
    """
    number, reach = _NUMBER.fullmatch(said), _RANGE.fullmatch(said)
    if number:
        return int(number[1]), int(number[1])
    return (int(reach[1]), int(reach[2])) if reach else None


def code_meant(said: str) -> str:
    """An indicator's code as it is written.

    >>> code_meant("b3.1")
    'B3-1'
    """
    return _DASHES.sub("-", said.upper())


def pieces_of(said: str) -> list[str]:
    """The parts of an enumeration.

    >>> pieces_of("信息公开和资产"), pieces_of("第3题、第5题")
    (['信息公开', '资产'], ['第3题', '第5题'])
    """
    return [piece for piece in map(part_of, _BETWEEN.split(simple(said))) if piece]


def names_of(said: str) -> list[str]:
    """The names of several people who were named at once.

    >>> names_of("张三和李四一起")
    ['张三', '李四']
    """
    return pieces_of(_TOGETHER.sub("", said))


def owner_and_part(said: str) -> tuple[str, str]:
    """Whose it is and what: the part is "" where only a person was named.

    >>> owner_and_part("张三的资产"), owner_and_part("张三的"), owner_and_part("张三")
    (('张三', '资产'), ('张三', ''), ('张三', ''))
    """
    match = _OF.fullmatch(said)
    if match is None:
        return said, ""
    return match["whom"], "" if match["what"] in _EVERYTHING else match["what"]


def bare_name(said: str) -> str:
    """A name without what stands before it in an answer.

    >>> bare_name("不是，是张三"), bare_name("张三。")
    ('张三', '张三')
    """
    return _BEFORE_NAME.sub("", simple(bare_words(said)), count=1)


def is_like_a_name(said: str) -> bool:
    """Whether it is as long as a Chinese name, and nothing else.

    >>> is_like_a_name("孙悟"), is_like_a_name("2587.01万")
    (True, False)
    """
    return _NAME.fullmatch(said) is not None


def read_account(text: str) -> tuple[str, str] | None:
    """A name with an account behind it: the name and the account; None for anything else.

    >>> read_account("张三 zhangsan"), read_account("张三（账号 zs01）"), read_account("张三")
    (('张三', 'zhangsan'), ('张三', 'zs01'), None)
    """
    match = _ACCOUNT.fullmatch(simple(text).strip(ENDS))
    return (match["name"], match["userid"]) if match else None


def says_not(text: str) -> bool:
    """Whether a suggested hand-over is turned down.

    >>> says_not("不用了"), says_not("先不交"), says_not("不是")
    (True, True, False)
    """
    return simple(text).strip(ENDS) in _NOT


_NOT = {
    "不用",
    "不用了",
    "先不用",
    "先不交",
    "不交",
    "不交了",
    "不要",
    "不要了",
    "不必",
    "算了",
    "先不",
    "别",
    "先别",
}
