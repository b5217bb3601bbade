"""Chinese numerals inside dates as digits."""

from __future__ import annotations

import re

_DIGITS = dict(zip("〇零○一二两三四五六七八九", "0001223456789", strict=True))
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_RUN = r"[〇零○一二两三四五六七八九十廿卅]{1,6}"
# 周五 and 初五 keep theirs: the one is no number, the other is of the lunar calendar.
_BEFORE_UNIT = re.compile(rf"(?<![周期拜初个]){_RUN}(?=个?(?:年|月|日|号|天|周|星期|礼拜))")
# 二O二二 and 二0二二 are typed for 二〇二二.
_ROUND = re.compile("(?<=[一二三四五六七八九〇零])[0Oo○](?=[一二三四五六七八九〇零0Oo○])")
_AFTER_MONTH = re.compile(rf"(?<=月){_RUN}$")


def with_digits(text: str) -> str:
    """The text with the numerals of years, months, days and weeks in digits.

    >>> with_digits("二〇二二年五月廿七日"), with_digits("五月二十七"), with_digits("下周五")
    ('2022年5月27日', '5月27', '下周五')
    """
    typed = _ROUND.sub("〇", text.translate(_FORMAL)).replace("元月", "1月")
    return _AFTER_MONTH.sub(_digits, _BEFORE_UNIT.sub(_digits, typed))


def _digits(match: re.Match[str]) -> str:
    run = match[0].replace("廿", "二十").replace("卅", "三十")
    if "十" not in run:
        # 两三天 is no number; digit by digit are years, and what has a 〇 in it.
        by_digit = (
            len(run) == 1 or match.string[match.end() :][:1] == "年" or set(run) & set("〇零")
        )
        return "".join(_DIGITS[numeral] for numeral in run) if by_digit else match[0]
    tens, _, ones = run.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return match[0]
    return f"{_DIGITS[tens] if tens else 1}{_DIGITS[ones] if ones else 0}"
