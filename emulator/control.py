"""HTTP control of the emulator under /emulator, for the chat page, tests and other programs.

What goes wrong on purpose is switched in `emulator.switchboard`.

GET  /emulator/state                     everything: members, messages by member, journal
GET  /emulator/messages?userid=&since=   bubbles of one member new or changed after a revision
GET  /emulator/feed?since=               the same for all members, with clock, menu and player
GET  /emulator/dialogue?userid=&name=    the conversation so far as a dialogue test (YAML)
GET  /emulator/journal                   dropped, cut and odd things
GET  /emulator/files/MEDIA_ID            what was sent, under its name
POST /emulator/clock                     {"speed": 60} or {"advance": seconds} or {"set": ISO}
POST /emulator/members                   {"userid": …, "name"/"status"/"in_range": …} changes a member,
                                         {"userid": …, "gone": true} deletes the account
POST /emulator/verify                    plays the check of the callback address
"""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, jsonify, request
from pydantic import ValidationError

from emulator.chat import Bubble
from emulator.steering import steer, steerable
from emulator.world import World

Json = dict[str, Any]


def make_control(world: World) -> Blueprint:
    """The blueprint for looking in, and for changing time and people."""
    blueprint = Blueprint("control", __name__, url_prefix="/emulator")

    @blueprint.get("/state")
    def state() -> Response:
        messages = {
            m.userid: [b.as_json() for b in world.seen(m.userid)] for m in world.directory.members()
        }
        return jsonify(head(world) | {"messages": messages, "journal": journal_json(world)})

    @blueprint.get("/messages")
    def messages() -> Response:
        member = world.directory.find(request.args.get("userid", ""))
        if member is None:
            abort(404)
        rev = world.chats.rev
        found = world.seen(member.userid, _since())
        return jsonify({"rev": rev, "messages": [bubble.as_json() for bubble in found]})

    @blueprint.get("/dialogue")
    def dialogue() -> Response:
        member = world.directory.find(request.args.get("userid", ""))
        if member is None:
            abort(404)
        text = world.dialogue(member.userid, request.args.get("name", member.name))
        return Response(text, content_type="text/yaml; charset=utf-8")

    @blueprint.get("/journal")
    def journal() -> Response:
        return jsonify(journal_json(world))

    @blueprint.get("/files/<media_id>")
    def files(media_id: str) -> Response:
        media = world.shelf.kept(media_id)
        if media is None:
            abort(404)
        response = Response(media.content, content_type=media.content_type)
        way = "inline" if media.kind == "image" else "attachment"
        response.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(media.name)}"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    _add_changes(blueprint, world)
    return blueprint


def head(world: World) -> Json:
    """What stands above the chats: time, people, menu, number of journal entries."""
    clock = steerable(world)
    return {
        "rev": world.chats.rev,
        "now": world.clock().isoformat(),
        "speed": clock.speed if clock else 1,
        "steerable": clock is not None,
        "agent_name": world.settings.agent_name,
        "menu": (world.menu or {}).get("button", []),
        "members": [m.model_dump() for m in world.directory.members()],
        "faults": world.faults.as_json(),
        "journal_count": len(world.journal.entries()),
    }


def journal_json(world: World) -> list[Json]:
    return [entry.as_json() for entry in world.journal.entries()]


def changed(world: World, since: int) -> list[Bubble]:
    """Bubbles of all members after a revision, in order."""
    found = [b for m in world.directory.members() for b in world.seen(m.userid, since)]
    return sorted(found, key=lambda bubble: bubble.id)


def _add_changes(blueprint: Blueprint, world: World) -> None:
    @blueprint.post("/clock")
    def clock() -> Response | tuple[Response, int]:
        try:
            steer(world, request.get_json())
        except ValueError as error:
            return jsonify({"error": str(error)}), 400
        return jsonify({"now": world.clock().isoformat()})

    @blueprint.post("/members")
    def members() -> Response | tuple[Response, int]:
        given = dict(request.get_json())
        userid = str(given.pop("userid", ""))
        if world.directory.find(userid) is None:
            abort(404)
        if given.pop("gone", False):
            world.directory.remove(userid)
            return jsonify({"gone": True})
        try:
            return jsonify(world.directory.change(userid, **given).model_dump())
        except ValidationError as error:
            return jsonify({"error": str(error)}), 400

    @blueprint.post("/verify")
    def verify() -> Response:
        check = world.verify_url()
        return jsonify({"ok": check.ok, "reason": check.reason})


def _since() -> int:
    return request.args.get("since", 0, type=int)
