"""HTTP control of what members do, under /emulator; every call answers the passive bubbles.

POST /emulator/say      {"userid", "text"}
POST /emulator/press    {"userid", "message_id", "key", "chosen"?, "force"?}
POST /emulator/submit   {"userid", "message_id", "picked": [ids] or {question: id}, "force"?}
POST /emulator/open     {"userid"}
POST /emulator/menu     {"userid", "key"}
POST /emulator/subscribe, /emulator/unsubscribe   {"userid"}
POST /emulator/event    {"event", "userid"?, "fields"?}, see emulator.events
POST /emulator/message  {"userid", "msgtype", "fields"?}: a message type of one's own making
POST /emulator/send_file?userid=   multipart, part "file": image/* goes as photo, else as file
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request

from emulator.chat import Bubble
from emulator.clicks import Refused
from emulator.media import sniff
from emulator.phrases import phrase
from emulator.world import World

Act = Callable[[dict[str, Any]], list[Bubble]]


def make_doing(world: World) -> Blueprint:
    """The blueprint with one address for each thing a member does."""
    blueprint = Blueprint("doing", __name__, url_prefix="/emulator")
    for name, act in _acts(world).items():
        blueprint.add_url_rule(
            f"/{name}", name, lambda act=act: _answer(lambda: act(_given())), methods=["POST"]
        )

    @blueprint.post("/send_file")
    def send_file() -> Response | tuple[Response, int]:
        return _answer(lambda: _send_upload(world))

    return blueprint


def _acts(world: World) -> dict[str, Act]:
    return {
        "say": lambda given: world.say(str(given["userid"]), str(given["text"])),
        "press": lambda given: world.press(
            str(given["userid"]),
            int(given["message_id"]),
            given["key"],
            chosen=given.get("chosen"),
            force=bool(given.get("force")),
        ),
        "submit": lambda given: world.submit(
            str(given["userid"]),
            int(given["message_id"]),
            given["picked"],
            force=bool(given.get("force")),
        ),
        "open": lambda given: world.open_app(str(given["userid"])),
        "menu": lambda given: world.menu_click(str(given["userid"]), given["key"]),
        "subscribe": lambda given: world.subscribe(str(given["userid"])),
        "event": lambda given: world.happen(
            str(given["event"]), str(given.get("userid", "")), given.get("fields")
        ),
        "message": lambda given: world.send_other(
            str(given["userid"]), str(given["msgtype"]), given.get("fields") or {}
        ),
        "unsubscribe": lambda given: world.unsubscribe(str(given["userid"])),
    }


def _answer(act: Callable[[], list[Bubble]]) -> Response | tuple[Response, int]:
    try:
        return jsonify({"bubbles": [bubble.as_json() for bubble in act()]})
    except Refused as refusal:
        return jsonify({"error": str(refusal), "code": refusal.code}), 409
    except KeyError as missing:
        return jsonify({"error": phrase("refused", "unplayable", names=missing)}), 400


def _given() -> dict[str, Any]:
    found = request.get_json(silent=True)
    return found if isinstance(found, dict) else {}


def _send_upload(world: World) -> list[Bubble]:
    given = request.files.get("file")
    if given is None:
        raise KeyError("file")
    userid, name, content = request.args.get("userid", ""), given.filename or "file", given.read()
    if request.args.get("as") != "file" and sniff(content):
        return world.send_image(userid, content, name)
    return world.send_file(userid, content, name)
