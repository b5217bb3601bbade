"""What finance is told of a delivery besides the report: whether it is late, where the evidence is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogs.talk import PLACE
from dialogs.wording import join, say, shortened

_MOST_NAMES, _LONGEST_NAME = 5, 40


@dataclass(frozen=True)
class Parcel:
    """A version on its way: `late` are working days after the deadline, None for one in time.

    `files` counts those in the bundle of evidence (0: there is none), `size` is the bundle's in
    words, `fits` whether a chat takes it, `link` the page with all files ("" without pages),
    `unreadable` the names of files that are not in it.
    """

    deadline: datetime | None = None
    late: int | None = None
    files: int = 0
    size: str = ""
    fits: bool = True
    link: str = ""
    unreadable: tuple[str, ...] = ()


def late_line(late: int | None, deadline: datetime | None) -> str:
    """How late a version is; "" for one in time."""
    if late is None or deadline is None:
        return ""
    day = deadline.astimezone(PLACE)
    code = "delivery_late" if late else "delivery_late_little"
    return say(code, days=late, month=day.month, day=day.day, time=f"{day:%H:%M}")


def bundle_line(parcel: Parcel) -> str:
    """Where the evidence is."""
    if not parcel.files:
        return say("delivery_no_bundle")
    code = "delivery_bundle_link" if parcel.link else "delivery_bundle_large"
    code = "delivery_bundle" if parcel.fits else code
    return say(code, files=parcel.files, size=parcel.size, link=parcel.link)


def parcel_lines(parcel: Parcel) -> list[str]:
    """All of it, a line each."""
    lines = [late_line(parcel.late, parcel.deadline), bundle_line(parcel)]
    if parcel.unreadable:
        names = [shortened(name, _LONGEST_NAME) for name in parcel.unreadable[:_MOST_NAMES]]
        count = len(parcel.unreadable)
        lines.append(say("delivery_unreadable", count=count, names=join(names)))
    return [line for line in lines if line]
