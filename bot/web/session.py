"""Who is signed in, in a signed cookie that ends after a time without a request."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

from flask import request, session

from bot.settings import Settings
from bot.web.keys import mark_of
from bot.web.links import FOR

TOKEN_FIELD = "csrf_token"  # noqa: S105
TOKEN_HEADER = "X-CSRF-Token"  # noqa: S105
_RENEWED_AFTER = 60


def sign_in(userid: str, now: datetime) -> None:
    """Begins a session; nothing of one before it is left."""
    session.clear()
    session["userid"] = userid
    session["seen"] = int(now.timestamp())
    session["token"] = secrets.token_urlsafe(24)


def signed_in(settings: Settings, now: datetime) -> str | None:
    """The member of the session, None if there is none or it was unused for too long."""
    userid, seen = session.get("userid"), session.get("seen")
    if not isinstance(userid, str) or not isinstance(seen, int):
        return None
    unused = now.timestamp() - seen
    if unused > settings.session_hours * 3600:
        return None
    if unused > _RENEWED_AFTER:
        session["seen"] = int(now.timestamp())
    return userid


def is_for_another(settings: Settings, userid: str) -> bool:
    """Whether the opened link was written for somebody else."""
    wanted = request.args.get(FOR, "")
    return bool(wanted) and not _same(wanted, mark_of(settings, userid))


def csrf_token() -> str:
    """The session's token, to be sent along with all that changes something."""
    return str(session.get("token", ""))


def is_ours() -> bool:
    """Whether a request that changes something comes from a page of this session."""
    given = request.headers.get(TOKEN_HEADER) or request.form.get(TOKEN_FIELD, "")
    return bool(csrf_token()) and _same(given, csrf_token())


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
