"""A long text that is sent in several messages: the pieces as they wait, and the text they make.

What waits is kept in the order in which it came, so that 撤销 takes back the last thing. Most are
messages as they were typed. Marked ones hold what a text began with or what a change made of it;
the mark is a character that no cleaned message has.
"""

from __future__ import annotations

from dialogs.understand.text_piece import looks_cut

Parts = tuple[str, ...]

_MARK = "\x1e"
_OVER, _AFTER, _NOW = _MARK + "over:", _MARK + "after:", _MARK + "now:"
_BASE = 12


def begun(base: str, text: str = "", *, after: bool = False) -> Parts:
    """What waits at the beginning. `base` is the mark of the answer that stands ("" for none);
    with `after` the text goes on behind `text`, else it takes its place.

    >>> text_of((*begun("", ""), "a", "b")), text_of((*begun("0123456789ab", "x", after=True), "y"))
    ('a\\nb', 'x\\ny')
    """
    if not base and not after:
        return ()
    return (f"{_AFTER}{base:{_BASE}}{text}",) if after else (f"{_OVER}{base}",)


def changed(parts: Parts, text: str) -> Parts:
    """The pieces after a change that left `text`."""
    return (*parts, _NOW + text)


def text_of(parts: Parts) -> str:
    """The text that the pieces make: a paragraph for each message; what was cut off goes on.

    >>> text_of(("a", "b"))
    'a\\nb'
    """
    text = before = ""
    for part in parts:
        if part.startswith(_AFTER):
            text, before = part[len(_AFTER) + _BASE :], ""
        elif part.startswith(_NOW):
            text, before = part[len(_NOW) :], ""
        elif not part.startswith(_OVER):
            text, before = joined(text, part, before), part
    return text


def joined(text: str, piece: str, before: str = "") -> str:
    """A text with one more message behind it; `before` is the message that came last."""
    if not text:
        return piece
    return text + piece if looks_cut(before) else f"{text}\n{piece}"


def base_of(parts: Parts) -> str:
    """The mark of the answer that stood when the first piece came, "" for none."""
    first = parts[0] if parts else ""
    if first.startswith(_AFTER):
        return first[len(_AFTER) : len(_AFTER) + _BASE].strip()
    return first.removeprefix(_OVER) if first.startswith(_OVER) else ""


def goes_on(parts: Parts) -> bool:
    """Whether the pieces go on behind what stood before, and don't take its place."""
    return bool(parts) and parts[0].startswith(_AFTER)


def rebased(parts: Parts, base: str, text: str = "", *, after: bool = False) -> Parts:
    """The same words, now told apart from another answer that stands."""
    return (*begun(base, text, after=after), text_of(parts))


def without_last(parts: Parts) -> Parts:
    """The pieces without the last thing that came; nothing where only the beginning is left.

    >>> without_last(("a", "b")), without_last(begun("0123456789ab") + ("a",))
    (('a',), ())
    """
    left = parts[:-1]
    return () if all(part.startswith((_OVER, _AFTER)) for part in left) else left


def last_of(parts: Parts) -> str:
    """The last message as it was typed; "" where a change came last."""
    return parts[-1] if parts and not parts[-1].startswith(_MARK) else ""
