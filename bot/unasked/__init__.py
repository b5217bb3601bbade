"""What people are told unasked: reminders (催报), digests (进度简报), escalations.

One kind a file; each says what is due and in which words. The planner does the rest: the hours,
one message for several reasons, no more than three a person and day, each reason once. The order
here is that in a message; the first kind gives it its name.
"""

from __future__ import annotations

from bot.unasked import (
    appealing,
    asked,
    closed,
    deadline,
    digest_daily,
    digest_weekly,
    directory,
    erasing,
    handed,
    late,
    moved,
    nudged,
    opening,
    receiving,
    returning,
    reviewing,
)
from bot.unasked.base import Kind

KINDS: dict[str, Kind] = {
    each.name: each
    for each in (
        opening.KIND,
        nudged.KIND,
        asked.KIND,
        deadline.KIND,
        returning.KIND,
        appealing.KIND,
        handed.KIND,
        late.KIND,
        reviewing.KIND,
        receiving.KIND,
        digest_daily.KIND,
        digest_weekly.KIND,
        directory.KIND,
        erasing.KIND,
        moved.KIND,
        closed.KIND,
    )
}
