"""XML as the callbacks use it: written with safe CDATA, read without any trust."""

import re
from xml.etree import ElementTree

ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class XmlError(ValueError):
    """A text that is not the plain XML expected here."""


def cdata(text: str) -> str:
    """The text as CDATA; a `]]>` inside is split, characters illegal in XML are left out."""
    clean = ILLEGAL.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{clean}]]>"


def write(fields: dict[str, object]) -> str:
    """`<xml>` around the fields: numbers bare, texts as CDATA, mappings nested, lists repeated."""
    return f"<xml>{_inner(fields)}</xml>"


def parse(text: str) -> ElementTree.Element:
    """The root element; refuses document types, so that no entity is ever expanded."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise XmlError("document type is not allowed")
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - entities are refused above
    except ElementTree.ParseError as error:
        raise XmlError(f"not XML: {error}") from error


def one(root: ElementTree.Element, name: str) -> str:
    """The text of the only child of that name; XmlError if there is none or more than one."""
    found = root.findall(name)
    if len(found) != 1:
        raise XmlError(f"{len(found)} elements {name} where one is expected")
    return found[0].text or ""


def _inner(fields: dict[str, object]) -> str:
    return "".join(_element(name, value) for name, value in fields.items())


def _element(name: str, value: object) -> str:
    if isinstance(value, list):
        return "".join(_element(name, entry) for entry in value)
    if isinstance(value, dict):
        return f"<{name}>{_inner(value)}</{name}>"
    if isinstance(value, int | float):
        return f"<{name}>{value}</{name}>"
    return f"<{name}>{cdata(str(value))}</{name}>"
