"""A row of a table that is to stand elsewhere, in words: 第3条放最前面, 第2条和第3条换一下."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.understand.pasted import small_number
from dialogs.understand.plain_text import narrow

_N = r"第?\s*(?P<{}>[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}})\s*(?:条|行|项|个)"
_PUT = r"(?:放|移|挪|排|提|调|换|拉|搬|移动|调整)(?:到|在|去|至)?"
_FIRST = r"(?:最?前面?|最?上面?|开头|第一位|首位)"
_LAST = r"(?:最?后面?|最?下面?|末尾|最末)"
_MOVE = re.compile(
    rf"(?:请|帮我|麻烦)?(?:把|将)?{_N.format('row')}的?{_PUT}"
    rf"(?:(?P<first>{_FIRST})|(?P<last>{_LAST})|{_N.format('to')}的?(?P<side>前面?|之前|上面|后面?|之后|下面|位置)?)(?:去|吧|来)?"
)
_SWAP = re.compile(
    rf"(?:请|帮我|麻烦)?(?:把|将)?{_N.format('row')}(?:和|跟|与|、){_N.format('to')}"
    r"(?:的)?(?:对调|互换|调换|换一下|交换|调一下|位置换一下|换个位置|顺序换一下)(?:位置|顺序|一下)?(?:吧)?"
)
_ABOUT = re.compile(r"^第\s*(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*(?:条|行|项)")
END = -1


@dataclass(frozen=True)
class Move:
    """Row `row` (from 1) is to be row `to` (END for the last); or both change places."""

    row: int
    to: int
    swaps: bool = False


def read_move(text: str) -> Move | None:
    """Where a row is to stand; None where a message says nothing of the kind.

    >>> read_move("第3条放最前面"), read_move("把第1条移到第3条后面")
    (Move(row=3, to=1, swaps=False), Move(row=1, to=3, swaps=False))
    >>> read_move("第2条和第3条换一下"), read_move("第2条改成35万")
    (Move(row=2, to=3, swaps=True), None)
    """
    typed = narrow(text).strip(" 。.!！~")
    if swapped := _SWAP.fullmatch(typed):
        return Move(small_number(swapped["row"]), small_number(swapped["to"]), swaps=True)
    match = _MOVE.fullmatch(typed)
    if match is None:
        return None
    row = small_number(match["row"])
    if match["first"] or match["last"]:
        return Move(row, 1 if match["first"] else END)
    to, side = small_number(match["to"]), match["side"] or ""
    behind = side.startswith(("后", "之后", "下"))
    # What stands before its new place moves up by one when it is taken out.
    to += int(behind and row > to) - int(side.startswith(("前", "之前", "上")) and row < to)
    return Move(row, max(to, 1))


def speaks_of_row(text: str) -> bool:
    """Whether words begin with the number of a row, as what is wanted of it does.

    >>> speaks_of_row("第3条不太对"), speaks_of_row("第三产业发展")
    (True, False)
    """
    return _ABOUT.match(narrow(text)) is not None
