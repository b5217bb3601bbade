"""HTTP control of plays.

GET    /emulator/play   state and report of the present or last play
POST   /emulator/play   starts the script given at the start, or the one in the body
DELETE /emulator/play   stops after the present step
"""

from flask import Blueprint, Response, jsonify, request
from pydantic import ValidationError

from emulator.script import Script
from emulator.stage import AlreadyPlaying, Stage


def make_play(stage: Stage) -> Blueprint:
    """The blueprint for one stage."""
    blueprint = Blueprint("play", __name__, url_prefix="/emulator")

    @blueprint.get("/play")
    def state() -> Response:
        return jsonify(stage.as_json() | {"report": stage.report()})

    @blueprint.post("/play")
    def start() -> Response | tuple[Response, int]:
        given = request.get_json(silent=True)
        try:
            stage.start(Script.model_validate(given) if given else None)
        except AlreadyPlaying as error:
            return jsonify({"error": str(error)}), 409
        except (ValidationError, ValueError) as error:
            return jsonify({"error": str(error)}), 400
        return jsonify(stage.as_json())

    @blueprint.delete("/play")
    def stop() -> Response:
        stage.stop()
        return jsonify(stage.as_json())

    return blueprint
