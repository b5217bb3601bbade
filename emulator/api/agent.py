"""agent/get and agent/list."""

from flask import request

from emulator.api.gate import Body, Gate
from emulator.sending import check_agent
from emulator.state import State


def add_calls(gate: Gate, state: State) -> None:
    def get() -> Body:
        check_agent(state, request.args.get("agentid"))
        visible = [{"userid": m.userid} for m in state.directory.members() if m.in_range]
        return _head(state) | {
            "description": "",
            "allow_userinfos": {"user": visible},
            "allow_partys": {"partyid": []},
            "allow_tags": {"tagid": []},
            "close": int(state.faults.agent_disabled),
            "redirect_domain": state.settings.trusted,
            "report_location_flag": 0,
            "isreportenter": int(state.settings.report_enter),
            "home_url": "",
        }

    def list_agents() -> Body:
        return {"agentlist": [_head(state)]}

    gate.add("GET", "agent/get", get)
    gate.add("GET", "agent/list", list_agents)


def _head(state: State) -> Body:
    settings = state.settings
    return {"agentid": settings.agent_id, "name": settings.agent_name, "square_logo_url": ""}
