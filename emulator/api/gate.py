"""What every API call passes: faults, token, limits; and the form in which answers leave.

Every answer is HTTP 200 with errcode and errmsg, errors too; only the faults of `breaking` break
that, as a network does.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from emulator.api.breaking import break_after, break_before
from emulator.errors import ApiError, long_text
from emulator.faults import Kind
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
        faults, who = self._state.faults, self._receivers()
        slow = faults.take("api", "latency", call.path, who)
        if slow:
            self._state.pause(slow.seconds)
        broken = break_before(faults, call.path, who)
        if broken is not None:
            self._record(call, False, None, broken[0])
            return broken[1]
        errcode, struck, response = self._process(call, who)
        spoilt = break_after(faults, call.path, who, response)
        self._record(call, errcode == 0, errcode, spoilt or struck)
        return response

    def _process(self, call: Call, who: str) -> tuple[int, Kind | None, Response]:
        """The errcode, the fault that gave it, and the answer."""
        struck: Kind | None = None
        try:
            with self._state.parallel.one(call.path) as has_room:
                if not has_room:
                    raise ApiError(45033)
                struck = self._strike(call, who)
                self._check(call)
                wanted = self._state.faults.take("api", "errcode", call.path, who)
                if wanted:
                    struck = "errcode"
                    raise ApiError(wanted.errcode)
                result = call.view()
        except ApiError as error:
            return error.errcode, struck, _as_json(self._error(error))
        return 0, struck, result if isinstance(result, Response) else _as_json(result)

    def _strike(self, call: Call, who: str) -> Kind | None:
        """WeChat Work may let every token die before its time."""
        if call.needs_token and self._state.faults.take("api", "token_death", call.path, who):
            self._state.tokens.invalidate()
            return "token_death"
        return None

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

    def _receivers(self) -> str:
        """Who is written to, as `touser` names them; looked for only where a fault asks for it."""
        if not self._state.faults.is_personal or request.method != "POST":
            return ""
        try:
            found = json.loads(request.get_data())
        except ValueError:
            return ""
        return str(found.get("touser", "")) if isinstance(found, dict) else ""

    def _record(self, call: Call, processed: bool, errcode: int | None, fault: Kind | None) -> None:
        self._state.record.add(
            "called", path=call.path, processed=processed, errcode=errcode, fault=fault
        )

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
