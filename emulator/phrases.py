"""The sentences that the chat page shows about the emulator itself, from phrases.yaml by code."""

from functools import cache
from importlib.resources import files

import yaml


def phrase(group: str, code: str, **values: object) -> str:
    """The sentence with its values filled in; KeyError for an unknown code or a missing value."""
    return _catalogue()[group][code].format(**values)


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    text = files("emulator").joinpath("phrases.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found
