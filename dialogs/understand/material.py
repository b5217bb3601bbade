"""Which items of the list of materials (材料清单) a file name or a caption names, if that is certain."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from dialogs.understand.plain_text import before_bracket, narrow
from scoring.wanted import Wanted

_BETWEEN = re.compile(r"[-_—–－.．·/ ]+")
_CODE_END = r"(?![0-9A-Z]|-[0-9A-Z](?![0-9A-Z]))"
_NO_WORD = re.compile(r"[^0-9a-z\u3400-\u9fff]+")
# What a file name says besides the name of the thing.
_ASIDE = re.compile(
    r"(?:19|20)\d\d年?度?|附件\d*|扫描件?|盖章版?|定稿|终稿|最终版?|复印件|电子版|原件|照片|图片|副本|pdf版"
)
_MARKS = re.compile(r"[A-Za-z0-9\s,、]{1,20}")
_CAPTION = re.compile(
    r"^(?:这|那)?(?:张|个|份|些|几张)?(?:照片|图片?|图|材料)?(?:都)?(?:是|为|归到?|放到?)"
)
_LEAST = 4
_LEAST_SAID = 3
_SHARE = 0.5
_MISTAKEN = re.compile(
    r"(?:这|那)?(?:张|个)?(?:照片|图片?)?(?:我)?(?:发错|传错|拍错)(?:照片|图|人|地方)?了?"
    r"|(?:这|那)?(?:张|个)?(?:照片|图片?)?(?:不是|不算)材料.{0,6}"
    r"|(?:把)?(?:这|那|刚才)?(?:张|个|那张|这张|的)?(?:照片|图片?)?(?:不要|不用|删掉|删除?|撤回)(?:吧|掉|了)*"
)


@dataclass(frozen=True)
class Named:
    """`items` are certain; `candidates` are likely, to be offered first when somebody is asked."""

    items: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


def items_in_path(path: str, items: Mapping[str, Wanted]) -> Named:
    """What a file is for by its path (`/` between the folders): its own name first, then the
    folders from the inside out. Long and strange paths are read like others."""
    parts = [part for part in path.replace("\\", "/").split("/") if part.strip()]
    names = [PurePosixPath(parts[-1]).stem, *reversed(parts[:-1])] if parts else []
    likely: list[str] = []
    among = dict(items)
    for name in names[:6]:
        found = items_in_text(name[:200], among)
        if found.items:
            return found
        if found.candidates:
            # A folder of an indicator says among which of its items the file's name chooses.
            among = {id: among[id] for id in found.candidates}
            again = items_in_text(names[0][:200], among)
            if again.items:
                return again
            likely = likely or list(found.candidates)
    return Named((), tuple(likely))


def items_in_text(text: str, items: Mapping[str, Wanted]) -> Named:
    """What a name or a few words mean.

    A code is certain, as is an item's whole name; part of a name is if only one item has it.
    The code or name of an indicator is certain where it wants a single item.
    """
    by_code = _by_code(text, {id: (id,) for id in items})
    if by_code:
        return Named(by_code)
    indicators = _by_indicator(items)
    named = _by_name(text, items)
    by_code = _by_code(text, indicators)
    inside = tuple(id for id in named if id in by_code)
    if inside or (named and not by_code):
        return Named(inside or named)
    likely = by_code or _by_indicator_name(text, items)
    if by_code:
        part = _by_part(text, {id: items[id] for id in by_code})
        return Named(part or (likely if len(likely) == 1 else ()), likely)
    return Named(_by_part(text, items) or (likely if len(likely) == 1 else ()), likely)


def items_in_caption(text: str, items: Mapping[str, Wanted]) -> tuple[str, ...]:
    """The items that words beside a photo name: few words, and certain ones."""
    words = _CAPTION.sub("", narrow(text).strip("。.!！"))
    if len(words) > 30:
        return ()
    return items_in_text(words, items).items or _by_piece(words, items)


def says_mistaken(text: str) -> bool:
    """Whether words beside a photo say that it was sent by mistake.

    >>> says_mistaken("发错了"), says_mistaken("不是材料，删了吧"), says_mistaken("资产盘点表")
    (True, True, False)
    """
    return _MISTAKEN.fullmatch(narrow(text).strip("。.!！~")) is not None


def has_only_marks(text: str) -> bool:
    """Whether a text is nothing but letters and numbers of options.

    >>> has_only_marks("A、c"), has_only_marks("98.5")
    (True, False)
    """
    return _MARKS.fullmatch(narrow(text)) is not None


def _by_indicator(items: Mapping[str, Wanted]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for id, each in items.items():
        code = each.indicator.code
        found[code] = (*found.get(code, ()), id)
    return found


def _by_code(text: str, codes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What stands behind the codes in a text, however their parts are joined."""
    written = _BETWEEN.sub("-", narrow(text).upper())
    found: dict[str, None] = {}
    for code, ids in codes.items():
        if re.search(rf"(?<![0-9A-Z]){re.escape(code.upper())}{_CODE_END}", written):
            found |= dict.fromkeys(ids)
    return tuple(found)


def _bare(text: str) -> str:
    return _NO_WORD.sub("", narrow(text).lower())


def _core(text: str) -> str:
    """A file's name without years, copies and the like."""
    return _bare(_ASIDE.sub("", narrow(text).lower()))


def _names(each: Wanted) -> Iterator[str]:
    """How an item is called: in full, and without what stands in brackets behind."""
    full, short = _bare(each.item.name), _bare(before_bracket(each.item.name))
    yield full
    if short != full and len(short) >= _LEAST:
        yield short


def _by_name(text: str, items: Mapping[str, Wanted]) -> tuple[str, ...]:
    """The items whose names stand in a text; of two names one within the other the longer."""
    bare = _bare(text)
    found: dict[str, list[str]] = {}
    for id, each in items.items():
        name = next((name for name in _names(each) if name in bare), None)
        if name:
            found.setdefault(name, []).append(id)
    longest = [name for name in found if not any(name in o and name != o for o in found)]
    meant = {id for name in longest for id in _exact(bare, name, found[name], items)}
    return tuple(id for id in items if id in meant)


def _exact(
    bare: str, name: str, ids: Sequence[str], items: Mapping[str, Wanted]
) -> Collection[str]:
    """Where a short name fits several items, those whose full name it is."""
    full = [id for id in ids if _bare(items[id].item.name) == name]
    return full or ids


def _by_part(text: str, items: Mapping[str, Wanted]) -> tuple[str, ...]:
    """The only item whose name has the words of the text in their order, if they make up enough
    of it."""
    core = _core(text)
    if len(core) < _LEAST:
        return ()
    fitting = [
        id
        for id, each in items.items()
        if any(_in_order(core, name) and len(core) >= _SHARE * len(name) for name in _names(each))
    ]
    return tuple(fitting) if len(fitting) == 1 else ()


def _by_piece(words: str, items: Mapping[str, Wanted]) -> tuple[str, ...]:
    """The only item in whose name a short word stands as it is: 盘点表."""
    core = _core(words)
    fitting = [id for id, each in items.items() if core in _bare(each.item.name)]
    return tuple(fitting) if len(core) >= _LEAST_SAID and len(fitting) == 1 else ()


def _in_order(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _by_indicator_name(text: str, items: Mapping[str, Wanted]) -> tuple[str, ...]:
    bare = _bare(text)
    found = [
        id
        for id, each in items.items()
        if any(_bare(n) in bare for n in (each.indicator.name, *each.indicator.aliases))
    ]
    return tuple(found)
