"""The app's menu in WeChat Work: what its entries say or open.

Source: path 90231 (menu/create): one to three entries, five below one, two levels.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.settings import Settings
from bot.web import PAGES
from bot.web.links import link

MAIN_BYTES, SUB_BYTES = 16, 40


class Entry(BaseModel):
    """One entry: it says something, opens a page, or (on the first level) holds others."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1)]
    say: str = Field("", max_length=40)
    page: str = ""
    entries: Annotated[tuple[Entry, ...], Field(max_length=5)] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if sum(map(bool, (self.say, self.page, self.entries))) != 1:
            raise PydanticCustomError("menu_kind", "one of say, page and entries")
        for entry in self.entries:
            if entry.entries:
                raise PydanticCustomError("menu_levels", "a third level")
            _check_name(entry, SUB_BYTES)
        return self


class Menu(BaseModel):
    """The whole menu."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    entries: Annotated[tuple[Entry, ...], Field(min_length=1, max_length=3)]

    @model_validator(mode="after")
    def _short(self) -> Self:
        for entry in self.entries:
            _check_name(entry, MAIN_BYTES)
        return self


def _check_name(entry: Entry, limit: int) -> None:
    if len(entry.name.encode()) > limit:
        raise PydanticCustomError("menu_name", "{name}", {"name": entry.name})


def read_menu(file: str | None) -> Menu:
    """The menu in a file, or the house's own. Raises OSError, UnicodeDecodeError, yaml's
    YAMLError, and pydantic's ValidationError, which names every fault."""
    if file:
        text = Path(file).read_text(encoding="utf-8")
    else:
        text = resources.files("bot").joinpath("menu.yaml").read_text(encoding="utf-8")
    return Menu(entries=yaml.safe_load(text))


def menu_of(settings: Settings, menu: Menu) -> dict[str, Any]:
    """The menu as WeChat Work takes it. Entries whose page this service doesn't have, and all
    that open a page where there is no public address, are left out."""
    buttons = [_button(settings, entry) for entry in menu.entries]
    return {"button": [button for button in buttons if button]}


def _button(settings: Settings, entry: Entry) -> dict[str, Any] | None:
    if entry.entries:
        below = [_button(settings, each) for each in entry.entries]
        kept = [button for button in below if button]
        return {"name": entry.name, "sub_button": kept} if kept else None
    if entry.say:
        return {"type": "click", "name": entry.name, "key": entry.say}
    address = link(settings, entry.page) if entry.page in PAGES else ""
    return {"type": "view", "name": entry.name, "url": address} if address else None
