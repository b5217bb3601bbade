"""The emulator as one WSGI app: API, login, control, chat page."""

from pathlib import Path

from flask import Flask, Response, jsonify, render_template, request

from emulator.api import make_api
from emulator.control import changed, head, make_control
from emulator.cutter import Cutter
from emulator.doing import make_doing
from emulator.login import make_login
from emulator.play import make_play
from emulator.script import Script
from emulator.stage import Stage
from emulator.switchboard import make_switchboard
from emulator.world import World

HERE = Path(__file__).parent


def create_app(world: World, script: Script | None = None) -> Flask:
    """The app for this world; with a script the page shows the play button."""
    app = Flask("emulator", root_path=str(HERE))
    stage = Stage(world, script)
    for make in (make_api, make_login, make_control, make_doing, make_switchboard):
        app.register_blueprint(make(world))
    app.register_blueprint(make_play(stage))

    @app.get("/")
    def page() -> str:
        return render_template("page.html", agent_name=world.settings.agent_name)

    @app.get("/emulator/feed")
    def feed() -> Response:
        since = request.args.get("since", 0, type=int)
        shown = head(world) | {"player": stage.as_json()}
        return jsonify(shown | {"messages": [b.as_json() for b in changed(world, since)]})

    app.wsgi_app = Cutter(app.wsgi_app)  # type: ignore[method-assign]
    return app
