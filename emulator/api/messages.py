"""message/send and message/recall."""

from emulator.api.gate import Body, Gate, read_json
from emulator.sending import send
from emulator.state import State
from emulator.updating import recall


def add_calls(gate: Gate, state: State) -> None:
    def send_message() -> Body:
        found, raw = read_json(state)
        return send(state, found, raw)

    def recall_message() -> Body:
        found, _ = read_json(state)
        recall(state, str(found.get("msgid") or ""))
        return {}

    # message/send is not counted in the basic limits.
    gate.add("POST", "message/send", send_message, counts=False)
    gate.add("POST", "message/recall", recall_message)
