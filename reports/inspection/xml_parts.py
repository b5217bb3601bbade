"""XML read as a stream of elements, without document types, entities or trees in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from reports.inspection.verdict import Refused

_STEP = 1 << 16
_DEEPEST = 2000


class Enough(Exception):
    """A reader has all it wants."""


class Reader:
    """Override what is of interest. Names come without their namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def words(self, text: str) -> None:
        """Text between."""


def walk(data: bytes, reader: Reader) -> None:
    """Reads a part through. Raises Refused: xml_doctype, damaged."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    # Only a document type can define entities and reach for other files.
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = _elements(reader)
    parser.CharacterDataHandler = reader.words
    try:
        for at in range(0, len(data), _STEP):
            parser.Parse(data[at : at + _STEP], at + _STEP >= len(data))
    except Enough:
        return
    except Refused:
        raise
    except (expat.ExpatError, ValueError):  # the latter for codes such as GBK
        raise Refused("damaged") from None


def _elements(
    reader: Reader,
) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise Refused("damaged")
        bare = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        reader.start(name.rpartition(" ")[2], bare)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(name.rpartition(" ")[2])

    return start, end


def _refuse(*_: object) -> None:
    raise Refused("xml_doctype")


class Gathering:
    """Text put together up to a length; raises Enough beyond it."""

    def __init__(self, most: int) -> None:
        self._parts: list[str] = []
        self._left = most

    def add(self, text: str) -> None:
        self._parts.append(text[: self._left])
        self._left -= len(text)
        if self._left <= 0:
            raise Enough

    @property
    def full(self) -> bool:
        """Whether nothing more goes in."""
        return self._left <= 0

    def __str__(self) -> str:
        return "".join(self._parts)
