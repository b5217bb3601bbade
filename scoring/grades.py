"""The grades (优良中差) of a total: a standard's own, or the usual ones where it has none."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib import resources

import yaml

from scoring.tree import Grades, Tree

_WHOLE = Decimal(100)


def grades_of(tree: Tree) -> Grades:
    """The grades of a tree, in its points; the usual four are shares of its maximum."""
    if tree.grades is not None:
        return tree.grades
    usual = _usual()
    bands = [
        band.model_copy(update={"least": band.least * tree.max / _WHOLE}) for band in usual.bands
    ]
    return usual.model_copy(update={"bands": tuple(bands)})


@cache
def _usual() -> Grades:
    text = resources.files(__package__).joinpath("grades.yaml").read_text(encoding="utf-8")
    return Grades.model_validate(yaml.safe_load(text))
