"""The list of materials (材料清单) in words: how many are there, which are missing, where to give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.case import Gathered, Waiting
from dialogs.talk import Talk
from dialogs.wording import join, say
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.wanted import Wanted, missing, wanted

PAGE = "materials"
CONFIRMED = "submit_materials"
"""The kind of the pending question whether to send in without mandatory materials."""
_SHOWN = 5


@dataclass(frozen=True)
class Stock:
    """What is wanted and what of it is missing, mandatory items first."""

    total: int
    missing: tuple[Wanted, ...]
    unsorted: int

    @property
    def given(self) -> int:
        return self.total - len(self.missing)

    @property
    def mandatory(self) -> tuple[Wanted, ...]:
        """The missing items that finance insists on."""
        return tuple(each for each in self.missing if each.item.mandatory)


def stock(standard: Standard, sheet: ScoreSheet, gathered: Gathered) -> Stock:
    """Counts what is wanted against what has been given."""
    items = wanted(standard, sheet)
    return Stock(len(items), tuple(missing(items, gathered.items)), gathered.unsorted)


def stock_of(talk: Talk) -> Stock:
    """The stock of the form that a contact talks about."""
    return stock(talk.case.standard, talk.sheet, talk.case.gathered)


def name_of(each: Wanted, *, marked: bool = False) -> str:
    """An item as it is called in the chat, with its code; `marked` says that it is mandatory."""
    code = "material_mandatory" if marked and each.item.mandatory else "material"
    return say(code, id=each.id, name=each.item.name)


def names_of(items: Sequence[Wanted]) -> str:
    """The first items by name, and how many there are if that is not all."""
    names = [name_of(each, marked=True) for each in items[:_SHOWN]]
    more = say("material_more", count=len(items)) if len(items) > _SHOWN else ""
    return join(names) + more


def link_of(talk: Talk) -> str:
    """The plain address of the page for materials; "" where there is none."""
    return talk.case.links.get(PAGE, "")


def way(talk: Talk) -> str:
    """How files can be given."""
    link = link_of(talk)
    if not link:
        return say("materials_no_page")
    if talk.case.form.state != "drafting":
        return say("materials_closed", link=link)
    return say("materials_link", link=link)


def count_line(found: Stock) -> str:
    """How many are there and how many are missing."""
    if not found.missing:
        return say("materials_complete", total=found.total)
    return say("materials_count", total=found.total, given=found.given, left=len(found.missing))


def welcome_line(talk: Talk) -> str:
    """What a new contact must know before they try to send a file."""
    link = link_of(talk)
    return say("welcome_files_page", link=link) if link else say("welcome_files")


def progress_lines(talk: Talk) -> list[str]:
    """The line that 进度 has for materials; none without a page to give them on."""
    found = stock_of(talk)
    if not link_of(talk) or not found.missing:
        return []
    return [say("progress_materials", left=len(found.missing))]


def submitted_line(talk: Talk) -> str:
    """What is still to be handed in after 送审. Without a page all is handed in another way, so
    nobody here knows what is missing."""
    left = len(stock_of(talk).missing)
    return say("submitted_materials", left=left) if left and link_of(talk) else ""


def desk_lines(waiting: Waiting, sheet: ScoreSheet) -> list[str]:
    """What a reviewer or finance is told about a form's evidence."""
    link = waiting.links.get(PAGE, "")
    if not link and not waiting.gathered.items:
        return []
    found = stock(waiting.standard, sheet, waiting.gathered)
    look = [say("materials_on_desk_link", link=link)] if link else []
    if not found.missing:
        return [count_line(found), *look]
    must = join([name_of(each) for each in found.mandatory])
    mandatory = say("materials_on_desk_mandatory", names=must) if must else ""
    numbers = {"total": found.total, "given": found.given, "left": len(found.missing)}
    return [say("materials_on_desk", mandatory=mandatory, **numbers), *look]
