"""gettoken, the JS-SDK tickets, and the lists of addresses."""

from flask import request

from emulator.api.gate import Body, Gate
from emulator.errors import ApiError
from emulator.state import State


def add_calls(gate: Gate, state: State) -> None:
    def get_token() -> Body:
        token = state.tokens.issue(
            request.args.get("corpid", ""), request.args.get("corpsecret", "")
        )
        return {"access_token": token, "expires_in": state.settings.token_seconds}

    def app_ticket() -> Body:
        if request.args.get("type") != "agent_config":
            raise ApiError(40005)
        return {"ticket": state.tickets.get("agent_config"), "expires_in": 7200}

    def corp_ticket() -> Body:
        return {"ticket": state.tickets.get("corp"), "expires_in": 7200}

    def own_addresses() -> Body:
        return {"ip_list": ["127.0.0.1"]}

    gate.add("GET", "gettoken", get_token, needs_token=False)
    gate.add("GET", "ticket/get", app_ticket)
    gate.add("GET", "get_jsapi_ticket", corp_ticket)
    gate.add("GET", "getcallbackip", own_addresses)
    gate.add("GET", "get_api_domain_ip", own_addresses)
