"""Sizes of files as people read them."""

from __future__ import annotations

from reports.wording import say

_KILOBYTE, _MEGABYTE = 1024, 1024 * 1024


def size_in_words(size: int) -> str:
    """A size as people read it.

    >>> size_in_words(1), size_in_words(20 << 20)
    ('1KB', '20.0MB')
    """
    if size < _MEGABYTE:
        return say("bundle_kilobytes", number=max(1, round(size / _KILOBYTE)))
    return say("bundle_megabytes", number=f"{size / _MEGABYTE:.1f}")
