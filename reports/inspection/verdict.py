"""What an inspection gives: the file as it may be kept, or a refusal with the reason in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.wording import phrases, say

MEGABYTE = 1024 * 1024


class Refused(ValueError):
    """A file that is not taken: a code of the catalogue (`inspection_…`) and its numbers.

    What was found and what to do about it is `words`.
    """

    def __init__(self, code: str, **numbers: object) -> None:
        super().__init__(code)
        self.code, self.numbers = code, numbers

    @property
    def words(self) -> str:
        """The sentence for the person who brought the file."""
        return say(f"inspection_{self.code}", **self.numbers)


@dataclass(frozen=True)
class Limits:
    """How much is taken and how far is read; whoever wants others gives their own.

    Sizes in bytes. `text` is how many characters are read out of a file, `xml` the size up to
    which a part is read for its text.
    """

    sizes: Mapping[str, int] = field(
        default_factory=lambda: {
            "docx": 30 * MEGABYTE,
            "xlsx": 30 * MEGABYTE,
            "pdf": 60 * MEGABYTE,
            "ofd": 60 * MEGABYTE,
            "image": 20 * MEGABYTE,
            "zip": 200 * MEGABYTE,
        }
    )
    unpacked: int = 400 * MEGABYTE
    xml: int = 64 * MEGABYTE
    ratio: int = 200
    ratio_from: int = 2 * MEGABYTE  # below this nothing is a bomb, however well it packs
    members: int = 2000
    pixels: int = 120_000_000
    text: int = 1_000_000
    pdf_pages: int = 200
    pdf_objects: int = 100_000
    pdf_page_bytes: int = 4 * MEGABYTE

    @property
    def largest(self) -> int:
        """The size above which nothing is even looked at."""
        return max(self.sizes.values())


LIMITS = Limits()


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept.

    kind: docx, xlsx, pdf, ofd, image or zip.
    suffix: what its name should end in, with the dot; the content decides.
    text: what could be read as text, bounded; "" for images and for scans in a PDF.
    pages: of a PDF or OFD, else None.
    private: how many identity-card, bank-card and mobile numbers stand in it, by kind.
    """

    kind: str
    suffix: str
    content_type: str
    text: str = ""
    pages: int | None = None
    private: Mapping[str, int] = field(default_factory=dict)


def known_as(code: str) -> str:
    """What people call a kind of file."""
    return str(phrases()[f"inspection_kind_{code}"])
