"""XML read safely: no DOCTYPE, no entities of its own, no oversized trees.

The standard parser expands internal entities, so a document type is refused as soon as it
begins. It is found by the parser, not by searching the text: a person may well type
"<!DOCTYPE" into a message.
"""

from xml.etree import ElementTree

from bot.wecom.texts import clean


class MalformedXml(ValueError):
    """The XML is not well-formed or declares a document type."""


class _Builder(ElementTree.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise MalformedXml("a document type is not allowed")


def read(xml: str) -> ElementTree.Element:
    """The root element. Control characters that XML forbids are dropped first, because
    members do type them and the service passes them on. Raises MalformedXml."""
    # Safe: document types, and with them entities, are refused by the builder.
    parser = ElementTree.XMLParser(target=_Builder())  # noqa: S314
    try:
        parser.feed(clean(xml))
        root: ElementTree.Element = parser.close()
    except ElementTree.ParseError as error:
        raise MalformedXml(f"not well-formed (expat error {error.code})") from None
    return root
