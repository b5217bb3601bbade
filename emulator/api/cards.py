"""message/update_template_card."""

from emulator.api.gate import Body, Gate, read_json
from emulator.state import State
from emulator.updating import update_card


def add_calls(gate: Gate, state: State) -> None:
    def update() -> Body:
        found, _ = read_json(state)
        return update_card(state, found)

    gate.add("POST", "message/update_template_card", update)
