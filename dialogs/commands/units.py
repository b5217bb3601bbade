"""下属单位: which units have given their figures, and who is missing."""

from __future__ import annotations

from dialogs.replies import repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.units import unit_facts
from dialogs.wording import join, say

_DONE, _OPEN = "\u2714", "\u25cb"
_SHOWN = 3


def units(talk: Talk, command: Command) -> Step:
    """Lists the units with how many of their figures there are, and names what is missing."""
    if not talk.case.units:
        return repeat(talk, say("unit_none"))
    facts, standard = unit_facts(talk), talk.case.standard
    lines = [say("unit_title", units=len(talk.case.units), count=len(facts))]
    for unit in talk.case.units:
        missing = [standard.facts[n].label for n in facts if n not in unit.figures]
        numbers = {"name": unit.name, "given": len(facts) - len(missing), "count": len(facts)}
        code = "unit_line_missing" if missing else "unit_line"
        mark = _OPEN if missing else _DONE
        lines.append(say(code, mark=mark, missing=join(missing[:_SHOWN]), **numbers))
    page = talk.case.links.get("units")
    return repeat(talk, "\n".join([*lines, say("unit_page", link=page) if page else ""]).strip())
