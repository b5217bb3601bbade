"""The page that opens when a link leads to WeChat Work's login: it sends the person back with a code.

The real client knows who holds it. Here the chat page opens links through ``/emulator/open``,
which leaves a cookie; tests and other clients write ``wwemu_as=USERID`` into the address or the
cookie. Without either, a page asks who is there.
"""

import re
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from emulator.api.oauth import OUTSIDER
from emulator.state import State

COOKIE = "wwemu_as"
ORDER = ["appid", "redirect_uri", "response_type", "scope", "state", "agentid"]
SCOPES = {"snsapi_base", "snsapi_privateinfo"}


def make_login(state: State) -> Blueprint:
    """The blueprint with the authorize page and the opener of links."""
    blueprint = Blueprint("login", __name__)

    @blueprint.get("/connect/oauth2/authorize")
    def authorize() -> str | AnyResponse:
        fault = _fault(state)
        if fault:
            return Response(render_template("refused.html", code=fault), 200)
        _note_order(state)
        who = request.args.get(COOKIE) or request.cookies.get(COOKIE) or ""
        member = state.directory.find(who)
        if member is None and who != OUTSIDER:
            return _ask_who(state)
        return redirect(_back(state.logins.make(member.userid if member else OUTSIDER)))

    @blueprint.get("/emulator/open")
    def open_link() -> str | AnyResponse:
        url = request.args.get("url", "")
        if urlsplit(url).scheme not in {"http", "https"}:
            return Response(render_template("refused.html", code=45034), 200)
        userid = request.args.get("userid", "")
        if request.cookies.get(COOKIE, userid) != userid:
            return _other_client()
        response = redirect(url)
        response.set_cookie(COOKIE, userid, samesite="Lax")
        return response

    return blueprint


def _other_client() -> AnyResponse:
    """Each member's client keeps its own cookies; this one browser forgets those of the member
    before, and opens the link again."""
    response = redirect(request.full_path)
    response.headers["Clear-Site-Data"] = '"cookies"'
    response.delete_cookie(COOKIE)
    return response


def _fault(state: State) -> int | None:
    """The code of the error page that the client would show, or None."""
    given = request.args
    if given.get("appid") != state.settings.corp_id:
        return 40013
    if given.get("response_type") != "code" or given.get("scope") not in SCOPES:
        return 40058
    if not re.fullmatch(r"[A-Za-z0-9]{0,128}", given.get("state", "")):
        return 84025
    if urlsplit(given.get("redirect_uri", "")).netloc != state.settings.trusted:
        return 50001
    return None


def _note_order(state: State) -> None:
    names = [name for name in request.args if name in ORDER]
    if names != sorted(names, key=ORDER.index):
        state.journal.note("odd", "authorize_order", names=", ".join(names))


def _ask_who(state: State) -> str:
    here = request.full_path.rstrip("&")
    choices = [(m.name, m.role, f"{here}&{COOKIE}={m.userid}") for m in state.directory.members()]
    return render_template("who.html", choices=choices, outsider=f"{here}&{COOKIE}={OUTSIDER}")


def _back(code: str) -> str:
    target = request.args["redirect_uri"]
    query = urlencode({"code": code, "state": request.args.get("state", "")})
    base, hash_mark, fragment = target.partition("#")
    return base + ("&" if "?" in base else "?") + query + hash_mark + fragment
