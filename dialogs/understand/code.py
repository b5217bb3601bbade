"""Whether what somebody typed may be a version code (版本码); the check is somebody else's."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import narrow

LONGEST = 60
_CODE = re.compile(r"(?<![0-9a-z])[a-z][0-9a-z]{3}[\s\-_—–]{0,3}[0-9a-z]{2}(?![0-9a-z])", re.I)


def looks_like_code(text: str) -> bool:
    """Whether a short message has four and two letters or digits that begin with a letter.

    >>> looks_like_code("已盖章，h4t2 8k"), looks_like_code("2587.01万元"), looks_like_code("好的")
    (True, False, False)
    """
    return len(text) <= LONGEST and bool(_CODE.search(narrow(text)))
