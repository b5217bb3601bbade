"""Telephone numbers among the texts that hold digits."""

from __future__ import annotations

import re

# An amount or a percentage, which a telephone number is not.
_FIGURE = re.compile(r"\d\s*[万亿元%％]|\d\.\d")


def is_number_to_call(typed: str, least: int) -> bool:
    """Whether a text holds at least so many digits, none of them an amount or a percentage.

    >>> is_number_to_call("0753-2345678 陈宇", 5), is_number_to_call("2587.01万元", 5)
    (True, False)
    """
    return sum(map(str.isdigit, typed)) >= least and not _FIGURE.search(typed)
