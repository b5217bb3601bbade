"""HTTP control of what goes wrong, under /emulator; ``python -m emulator fault …`` speaks to it.

GET    /emulator/faults       what is switched on, the seed, and how many callbacks are held back
POST   /emulator/faults       adds one (see emulator.faults.Fault) or a list of them
DELETE /emulator/faults       clears all, switches included, and brings what is held back
POST   /emulator/storm        {"rate": 0.05, "seed": 1, "losses": false}: everything at random
POST   /emulator/switches     {"agent_disabled": true, "address_refused": false} and, by name, what
                              emulator.settings.SWITCHES holds
POST   /emulator/release      brings the callbacks that are held back
POST   /emulator/tokens/invalidate   every access token dies at once (40014)
POST   /emulator/expire       {"what": ["tokens", "media", "logins", "cards"]}: too old from now on
POST   /emulator/away         {"seconds": 5}: nobody listens; connecting is refused, this too
GET    /emulator/record?since=&what=&most=   the whole story (see emulator.record)
"""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, jsonify, request
from pydantic import ValidationError

from emulator.faults import LONGEST_WAIT, Fault
from emulator.storm import storm
from emulator.world import World

Answer = Response | tuple[Response, int]
OWN_SWITCHES = ("agent_disabled", "address_refused")


def make_switchboard(world: World) -> Blueprint:
    """The blueprint for switching faults and for reading the record."""
    blueprint = Blueprint("switchboard", __name__, url_prefix="/emulator")
    for rule, act in _acts(world).items():
        view = partial(_guarded, act)
        blueprint.add_url_rule(f"/{rule}", f"do {rule}", view, methods=["POST"])

    @blueprint.get("/faults")
    def faults() -> Response:
        return _standing(world)

    @blueprint.delete("/faults")
    def clear() -> Response:
        world.faults.clear()
        world.postbag.release()
        return _standing(world)

    @blueprint.get("/record")
    def record() -> Response:
        what, given = request.args.get("what"), request.args
        since, most = given.get("since", 0, type=int), given.get("most", type=int)
        return jsonify(world.record.lines(what, since, most))

    return blueprint


def _acts(world: World) -> dict[str, Callable[[], Response]]:
    return {
        "faults": lambda: _add(world),
        "storm": lambda: _storm(world),
        "switches": lambda: _switch(world),
        "release": lambda: jsonify({"released": world.postbag.release()}),
        "tokens/invalidate": lambda: _invalidate(world),
        "expire": lambda: _expire(world),
        "away": lambda: _go_away(world),
    }


def _guarded(act: Callable[[], Response]) -> Answer:
    try:
        return act()
    except KeyError as missing:
        return jsonify({"error": f"{missing} is not given"}), 400
    except (ValidationError, ValueError, TypeError) as error:
        return jsonify({"error": str(error)}), 400


def _standing(world: World) -> Response:
    return jsonify(world.faults.as_json() | {"held": world.postbag.held})


def _add(world: World) -> Response:
    given = request.get_json()
    wanted = [
        Fault.model_validate(each) for each in (given if isinstance(given, list) else [given])
    ]
    for fault in wanted:
        world.faults.add(fault)
    return _standing(world)


def _storm(world: World) -> Response:
    given = request.get_json()
    wanted = storm(float(given["rate"]), bool(given.get("losses", False)))
    world.faults.reseed(int(given.get("seed", 0)))
    for fault in wanted:
        world.faults.add(fault)
    return _standing(world)


def _switch(world: World) -> Response:
    given = dict(request.get_json())
    own = {name: bool(given.pop(name)) for name in OWN_SWITCHES if name in given}
    world.switch(**given)
    for name, value in own.items():
        setattr(world.faults, name, value)
    return _standing(world)


def _invalidate(world: World) -> Response:
    world.tokens.invalidate()
    return jsonify({"invalidated": True})


def _expire(world: World) -> Response:
    known = {
        "tokens": world.tokens.expire,
        "media": world.shelf.expire,
        "logins": world.logins.expire,
        "cards": world.cards.expire,
    }
    wanted = list(request.get_json()["what"])
    unknown = set(wanted) - set(known)
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))} can't expire; {', '.join(known)} can")
    for name in wanted:
        known[name]()
    return jsonify({"expired": wanted})


def _go_away(world: World) -> Response:
    seconds = float(request.get_json()["seconds"])
    if not 0 < seconds <= LONGEST_WAIT:
        raise ValueError(f"seconds {seconds} is not between 0 and {LONGEST_WAIT}")
    if world.shut is None:
        raise ValueError("there is no door to shut: the emulator was not started as a program")
    world.shut(seconds)
    return jsonify({"away": seconds})
