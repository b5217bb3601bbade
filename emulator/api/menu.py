"""menu/create, menu/get and menu/delete."""

from flask import request

from emulator.api.gate import Body, Gate, read_json
from emulator.errors import ApiError
from emulator.menu import check_menu
from emulator.sending import check_agent
from emulator.state import State


def add_calls(gate: Gate, state: State) -> None:
    def create() -> Body:
        check_agent(state, request.args.get("agentid"))
        found, _ = read_json(state)
        state.menu = check_menu(found)
        return {}

    def get() -> Body:
        check_agent(state, request.args.get("agentid"))
        if state.menu is None:
            raise ApiError(46003)
        return state.menu

    def delete() -> Body:
        check_agent(state, request.args.get("agentid"))
        state.menu = None
        return {}

    gate.add("POST", "menu/create", create)
    gate.add("GET", "menu/get", get)
    gate.add("GET", "menu/delete", delete)
