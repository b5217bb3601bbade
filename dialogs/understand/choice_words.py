"""The words with which people choose from a list, each as one sign.

I options by letter, number or place    A all       R the rest      P a yes, √, done
N a no, ×, not done                     X except    x behind except L lacking
O only                                  B nothing is lacking        C a comma or full stop
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dialogs.understand.choice_places import NUMERALS, UNIT, number, place_at

_VERB = (
    r"(?:按时完成|按规定公开|按要求公开|按计划完成|按时|按期|及时|按规定|按要求|做到|做好|做完|做|完成|公开|公布|公示"
    r"|达到|达成|达标|符合|满足|相符|一致|具备|落实|实现|涉及|存在|属于|合格|包含|包括|开展|执行|选上|选择|选(?!项)|打[勾钩]|勾选|勾)"
)
_BEFORE_NOT = "(?=[没不未无冇])"
_SPECIAL: tuple[tuple[str, str], ...] = (
    ("A", rf"(?:任何)?(?:一|哪){UNIT}(?:都|也){_BEFORE_NOT}|[啥]都{_BEFORE_NOT}|什么[都也]{_BEFORE_NOT}|啥也{_BEFORE_NOT}"),
    ("AN", rf"(?:没有|没|无)(?:任何)?一?{UNIT}(?:是|有)?{_VERB}?的?$|无一{_VERB}?$|NONE$"),
    ("B", rf"(?:一{UNIT})?(?:都|也)?(?:不|没)有?[少缺差落漏](?:的|了)?$"),
    ("A", "ALL"),
    ("P", "OK"),
)  # fmt: skip
_WORDS: tuple[tuple[str, str], ...] = (
    ("C", r"\s*[,;。!\n]+\s*"),
    ("", r"[\s、&+.()\[\]:=/]+|和|及|与|跟|以及|还有|加上|外加|加|并且"),
    ("Q", r"有没有|是不是|有无|是否|没(?:有)?(?:问题|毛病|意见|错|异议|关系|空|事)"),
    ("x", r"除外|以外|之外|外"),
    ("X", r"除了|除去|除开|除掉|除却|除|刨去|撇开|排除"),
    ("L", r"(?:就|只|仅|还|只是|就是|唯独)?(?:差|缺少?|少|欠|漏)(?:了|个)?|不(?:含|包括|包含)"),
    ("A", rf"以上|全部|全都|全体|所有的?{UNIT}?|每一?{UNIT}都?|各{UNIT}|统统|通通|全选|样样|全|都|均|皆"),
    ("O", r"只有|仅有|就只有|唯一有?|唯有|唯独|就是|只是|只|仅|就|单"),
    (
        "N",
        rf"(?:(?:没有|没能|未能|尚未|没|未|无|冇|木有)(?:是|有|能)?{_VERB}?|不(?:是|有|能)?{_VERB}|不是|否)"
        r"(?:到|好|成|过|上)?(?:的|了)?|[×✗✘❌✖]",
    ),
    ("P", rf"(?:齐全|有|是|对|齐|行|可以|{_VERB})(?:到|好|完)?(?:了)?(?:的)?|[√✓✔✅☑]"),
    ("", r"我们|咱们|我|本单位|单位|部门|这边|这里|今年|这一?[项个条点块]|这些|这块|方面|也|已经|已|还|确实|目前|暂时|分别|选项|情况|的"),
)  # fmt: skip
_BY_SIGN = tuple((sign, re.compile(pattern)) for sign, pattern in _WORDS)
_SPECIAL_BY_SIGN = tuple((sign, re.compile(pattern)) for sign, pattern in _SPECIAL)
_REST = re.compile(
    rf"(?:其他|其它|其余|剩下|剩余|别的|另外|余下|剩)的?(?P<count>\d+|[{NUMERALS}]+)?{UNIT}?的?"
)
_COUNT = re.compile(rf"(?:这|共|一共)?(?P<count>\d{{1,3}}|[{NUMERALS}]+){UNIT}")


@dataclass
class Signs:
    """A message as signs, with the options of each I and the size of each R (0: not said);
    `spaced` are the I whose options have only a space between them, `ended` is the last one's end.

    >>> signs = Signs("除了E都有", "ABCDE")
    >>> signs.read(), signs.row
    (True, 'XIAP')
    >>> Signs("好像AB", "ABCDE").read()
    False
    """

    typed: str
    options: Sequence[str]
    row: str = ""
    items: list[frozenset[int]] = field(default_factory=list)
    rests: list[int] = field(default_factory=list)
    spaced: set[int] = field(default_factory=set)
    ended: int = -1

    def read(self) -> bool:
        """Whether every word of the message is one of these."""
        at = 0
        while at < len(self.typed):
            end = self._counted(at) or self._special(at) or self._place(at) or self._rest(at)
            end = end or self._word(at)
            if not end:
                return False
            at = end
        self.row = self.row.strip("C")
        return "Q" not in self.row and not self._halved()

    def _counted(self, at: int) -> int:
        """E这一项, AC两项 and 五项都 of five count what stands there already."""
        match = _COUNT.match(self.typed, at)
        if match is None:
            return 0
        count = number(match["count"])
        if self.row.endswith("I") and count == len(self.items[-1]):
            return match.end()
        if count == len(self.options) and (at == 0 or self.row.endswith("A")):
            self.row += "" if self.row.endswith("A") else "A"
            return match.end()
        return 0

    def _halved(self) -> bool:
        """Whether A B没有 may as well say that A is in: only a space stands before B."""
        ends = [at for at, sign in enumerate(self.row) if sign == "I"]
        return any(self.row[ends[item] + 1 :][:1] == "N" for item in self.spaced)

    def _special(self, at: int) -> int:
        return self._first_of(_SPECIAL_BY_SIGN, at)

    def _word(self, at: int) -> int:
        return self._first_of(_BY_SIGN, at)

    def _first_of(self, words: Sequence[tuple[str, re.Pattern[str]]], at: int) -> int:
        for sign, pattern in words:
            match = pattern.match(self.typed, at)
            if match and match.end() > at:
                self.row += "" if sign in ("A", "C") and self.row.endswith(sign) else sign
                return match.end()
        return 0

    def _place(self, at: int) -> int:
        listed = self.row.endswith("I")
        before = self.typed[:at].rstrip()
        # ABC四项 counts what stands there; 1、2、4项 calls one more.
        called = listed and not re.search("[A-Z]$", before)
        found = place_at(self.typed, at, self.options, called)
        if found is None:
            return 0
        end, indices = found
        if listed:
            self.items[-1] |= indices
            self.spaced |= {len(self.items) - 1} if self.ended == len(before) < at else set()
        else:
            self.items.append(indices)
            self.row += "I"
        self.ended = end
        return end

    def _rest(self, at: int) -> int:
        match = _REST.match(self.typed, at)
        if match is None:
            return 0
        self.rests.append(number(match["count"] or ""))
        self.row += "R"
        return match.end()


def word_length(typed: str, at: int) -> int:
    """How long the word is that stands there; 0 where it is none of these."""
    patterns = [pattern for _, pattern in (*_SPECIAL_BY_SIGN, *_BY_SIGN)]
    found = [match.end() for pattern in (*patterns, _REST) if (match := pattern.match(typed, at))]
    return max(found, default=at) - at
