"""What people put around an answer: greetings, thanks, smileys, marks, words that only sound."""

from __future__ import annotations

import re
import unicodedata

from dialogs.understand.plain_text import simple

MARKS_YES = "√✓✔✅☑"
MARKS_NO = "×✗✘❌✖"
_THUMBS = "👌👍🆗"
_KEPT = frozenset(MARKS_YES + MARKS_NO + _THUMBS)
_FIRST_PICTURE = "\u2600"
_PICTURES = frozenset({"So", "Sk", "Cs", "Co"})
_DOUBT = re.compile(r"[🤔🤷😕🧐❓❔⁇⁈]|\[(?:疑问|思考|困惑|[Dd]oubt)\]|[?]{2,}")
_NAMED_FACE = re.compile(r"\[(?:[一-鿿]{1,4}|[A-Z][A-Za-z]{2,10})\]")
_SAID_WITH_FACE = {
    "[OK]": "👌",
    "[Ok]": "👌",
    "[好的]": "👌",
    "[强]": "👍",
    "[赞]": "👍",
    "[对]": "√",
    "[错]": "×",
}
_MARKS = "。.!,,、;:~～…^_\"'“”‘’「」『』`|\\"
_ENDS = re.compile(rf"^[\s{re.escape(_MARKS)}]+|[\s{re.escape(_MARKS)}]+$")
_LEAD = re.compile(
    r"^(?:(?:我的?)?(?:回答|答复|答案|回复|答|填|选择|结果)(?:(?:是|为)?\s*[:,]|是|为|(?=[0-9A-Za-z]))"
    r"|(?:您好|你好|老师好?|哈喽|hi|hello|收到|报告|谢谢您?|麻烦了)[\s,。!]+"
    r"|(?:嗯+|恩+|哦+|噢+|喔+|啊+|呃+|额+|唔|那个|那|这个|就|诶|欸|哎|唉|哈+)[\s,。!、~]+)\s*",
    re.I,
)
_TAIL = re.compile(
    r"[\s,。!、~]*(?:谢谢(?:您|你|啦|了|哈|老师|领导)?|多谢|感谢|辛苦(?:了|您了|啦)?"
    r"|麻烦(?:了|您了|你了)|拜托(?:了)?|thanks?|thx|哈哈+|嘿嘿+|呵呵+|嘻嘻+|就这样|就这些)$"
    r"|(?<=\S)[哈哦呢啦哟呀啊哒喔噢呐咯喽耶滴哩捏]+$",
    re.I,
)
_LONGEST = 200


def without_manners(text: str) -> str:
    """A short message in simplified characters and half width, without what is only politeness
    around an answer. A question mark and 吧 stay: they make it doubtful.

    >>> without_manners("嗯，有的呀！！谢谢😂"), without_manners("答：ABD🙏"), without_manners("有？")
    ('有的', 'ABD', '有?')
    >>> without_manners("✅"), without_manners("嗯"), without_manners("有🤔")
    ('✅', '嗯', '有?')
    """
    typed = simple(text)
    if len(typed) > _LONGEST:
        return typed
    typed = _without_pictures(typed)
    while (less := _peeled(typed)) != typed:
        typed = less
    return typed


def _peeled(typed: str) -> str:
    """The text with one more layer taken off; what would leave nothing is left on."""
    for layer in (_ENDS, _LEAD, _TAIL):
        typed = layer.sub("", typed) or typed
    return typed


def _without_pictures(typed: str) -> str:
    for name, meant in _SAID_WITH_FACE.items():
        typed = typed.replace(name, meant)
    typed = _NAMED_FACE.sub("", _DOUBT.sub("?", typed)) or typed
    words = "".join(c for c in typed if not _is_picture(c)).strip()
    return words if words.strip(_THUMBS) == "" else words.strip(_THUMBS).strip()


def _is_picture(char: str) -> bool:
    return char >= _FIRST_PICTURE and char not in _KEPT and unicodedata.category(char) in _PICTURES
