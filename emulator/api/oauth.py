"""auth/getuserinfo, and its older form, which turn a login code into a person."""

from flask import request

from emulator.api.gate import Body, Gate
from emulator.errors import ApiError
from emulator.state import State

OUTSIDER = "@outsider"
"""Stands for somebody who is no member: the answer then has an openid and no userid."""


def add_calls(gate: Gate, state: State) -> None:
    def spend() -> str:
        code = request.args.get("code", "")
        if not code:
            raise ApiError(40029)
        return state.logins.spend(code)

    def get_user_info() -> Body:
        who = spend()
        if who == OUTSIDER:
            return {"openid": "emulated-openid", "external_userid": "emulated-external"}
        return {"userid": who}

    def get_user_info_old() -> Body:
        who = spend()
        if who == OUTSIDER:
            return {"OpenId": "emulated-openid", "DeviceId": ""}
        return {"UserId": who, "DeviceId": ""}

    gate.add("GET", "auth/getuserinfo", get_user_info)
    gate.add("GET", "user/getuserinfo", get_user_info_old)
