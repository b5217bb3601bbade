"""What every API call passes: faults, token, limits; and the form in which answers leave.

Every answer is HTTP 200 with errcode and errmsg, errors too; only the fault bad_gateway and cut
connections break that, as a network does.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from emulator.cutter import ask_to_cut
from emulator.errors import ApiError, long_text
from emulator.state import State

Body = dict[str, Any]
View = Callable[[], Body | Response]
OUTSIDE_ADDRESS = "203.0.113.7"


@dataclass(frozen=True)
class Call:
    """One API call: who may make it and whether it counts in the basic limits."""

    path: str
    view: View
    needs_token: bool
    counts: bool


class Gate:
    """Registers calls so that each passes the same checks."""

    def __init__(self, state: State, blueprint: Blueprint) -> None:
        self._state = state
        self._blueprint = blueprint

    def add(
        self,
        method: str,
        path: str,
        view: View,
        *,
        needs_token: bool = True,
        counts: bool = True,
    ) -> None:
        call = Call(path, view, needs_token, counts)
        self._blueprint.add_url_rule(f"/{path}", path, lambda: self._answer(call), methods=[method])

    def _answer(self, call: Call) -> Response:
        broken = self._break_before(call.path)
        if broken is not None:
            return broken
        try:
            self._check(call)
            result = call.view()
        except ApiError as error:
            result = self._error(error)
        response = result if isinstance(result, Response) else _as_json(result)
        return self._break_after(call.path, response)

    def _check(self, call: Call) -> None:
        faults = self._state.faults
        if call.needs_token:
            if faults.address_refused:
                raise ApiError(60020)
            self._state.tokens.check(request.args.get("access_token", ""))
            if faults.agent_disabled:
                raise ApiError(50003)
        if call.counts:
            self._state.tokens.count_call()
        wanted = faults.take("api", "errcode", call.path)
        if wanted:
            raise ApiError(wanted.errcode)

    def _break_before(self, path: str) -> Response | None:
        faults = self._state.faults
        slow = faults.take("api", "latency", path)
        if slow:
            self._state.pause(slow.seconds)
        if faults.take("api", "reset_before", path):
            ask_to_cut(request.environ)
            return Response()
        if faults.take("api", "bad_gateway", path):
            return Response("<html><h1>502 Bad Gateway</h1></html>", 502, mimetype="text/html")
        return None

    def _break_after(self, path: str, response: Response) -> Response:
        if self._state.faults.take("api", "reset_after", path):
            ask_to_cut(request.environ)
        if self._state.faults.take("api", "truncated", path):
            body = response.get_data()
            response.set_data(body[: len(body) // 2])
        return response

    def _error(self, error: ApiError) -> Body:
        seconds = int(self._state.clock().timestamp())
        hint = f"{seconds}{secrets.randbelow(10**9):09d}"
        return {
            "errcode": error.errcode,
            "errmsg": long_text(error, hint, OUTSIDE_ADDRESS),
        }


def read_json(state: State) -> tuple[Body, bytes]:
    """The request's JSON object and its bytes; 40035 for anything else."""
    raw = request.get_data()
    try:
        found = json.loads(raw)
    except ValueError as error:
        raise ApiError(40035, "Warning: wrong json format. ") from error
    if not isinstance(found, dict):
        raise ApiError(40035, "Warning: wrong json format. ")
    if b"\\u" in raw:
        state.journal.note("odd", "json_escapes")
    return found, raw


def _as_json(body: Body) -> Response:
    answer = {"errcode": 0, "errmsg": "ok"} | body
    text = json.dumps(answer, ensure_ascii=False)
    return Response(text, 200, content_type="application/json; charset=UTF-8")
