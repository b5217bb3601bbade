"""The API under /cgi-bin, one file for each family."""

from flask import Blueprint

from emulator.api import agent, cards, contacts, media, menu, messages, oauth, tokens
from emulator.api.gate import Gate
from emulator.state import State

FAMILIES = (tokens, messages, cards, media, contacts, agent, menu, oauth)


def make_api(state: State) -> Blueprint:
    """The blueprint with every call that the emulator knows."""
    blueprint = Blueprint("api", __name__, url_prefix="/cgi-bin")
    gate = Gate(state, blueprint)
    for family in FAMILIES:
        family.add_calls(gate, state)
    return blueprint
