"""Cantonese and Hakka words, as people in Guangdong type them, in common Chinese."""

from __future__ import annotations

import re

_ANY = re.compile("[嘅咗冇唔毋咪睇揾搵俾畀啲边而幾几点呢佢咩噉咁]")
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("有[冇唔]有?", "有没有"),
        ("系[咪唔]系?", "是不是"),
        ("冇有?", "没有"),
        # 唔 alone only sounds; 唔该 is a thank-you.
        ("[唔毋][系是]", "不是"),
        ("[唔毋](?=[知识使会做得记清明填想够对好])", "不"),
        ("(?<=不)识", "会"),
        ("嘅", "的"),
        ("咗", "了"),
        ("啲", "些"),
        ("睇", "看"),
        ("[揾搵]", "找"),
        ("[俾畀]", "给"),
        ("佢", "他"),
        ("几多", "多少"),
        ("几时", "什么时候"),
        ("边(?:个|位)(?=填|改|动|在|知|负责|做|来|$)", "谁"),
        ("边度|边处", "哪里"),
        ("点解", "为什么"),
        ("点样|(?:^|(?<=[题个项数,，\\s]))点(?=[填算用写搞])", "怎么"),
        ("而家", "现在"),
        ("^呢(?=[个题项度条])", "这"),
        ("咩(?=意思|事|材料|佐证)", "什么"),
    )
)


def mandarin(text: str) -> str:
    """A text in simplified characters with such words in common Chinese.

    >>> mandarin("冇做"), mandarin("有冇"), mandarin("做咗嘅"), mandarin("唔系"), mandarin("唔，有")
    ('没有做', '有没有', '做了的', '不是', '唔，有')
    >>> mandarin("点解要填呢"), mandarin("9点填的"), mandarin("98.31万元")
    ('为什么要填呢', '9点填的', '98.31万元')
    """
    if text.isascii() or not _ANY.search(text):
        return text
    for pattern, plain in _WORDS:
        text = pattern.sub(plain, text)
    return text
