"""message/send: from a request to bubbles, with every silent loss that the real service has."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from emulator.card_lengths import long_texts
from emulator.card_rules import calls_back, check_card
from emulator.contents import Contents
from emulator.errors import ApiError
from emulator.faults import Kind
from emulator.receivers import find_receivers
from emulator.settings import Member
from emulator.state import State

USUAL_INTERVAL = 1800
LONGEST_INTERVAL = 14_400
LOSSES: tuple[Kind, ...] = ("drop", "invaliduser")
Request = dict[str, Any]


def send(state: State, request: Request, body: bytes) -> dict[str, Any]:
    """The answer to a message/send; `body` is the request as it came, for the duplicate check."""
    with state.sending:
        check_agent(state, request.get("agentid"))
        receivers = find_receivers(request, state.directory)
        msgtype = str(request.get("msgtype") or "")
        content = _check_content(state, request, msgtype)
        if not state.day.take("app", len(receivers.members)):
            raise ApiError(45009)
        msgid = secrets.token_urlsafe(48)
        answer = {"msgid": msgid} | receivers.as_answer() | _warn(state, request)
        if msgtype == "template_card":
            answer |= _register_card(state, content, receivers.members)
        unseen = _unseen(state, request, body, receivers.members)
        shown = _show(state, receivers.members, msgtype, content, msgid, unseen)
        state.record.add(
            "sent",
            msgid=msgid,
            msgtype=msgtype,
            task_id=content.get("task_id"),
            sha256=hashlib.sha256(body).hexdigest(),
            shown=shown,
            unseen=unseen,
        )
        return answer | _told(state, unseen)


def check_agent(state: State, agent_id: object) -> None:
    """Raises unless the id is that of the one app."""
    if agent_id is None:
        raise ApiError(41011)
    text = str(agent_id)
    if isinstance(agent_id, bool) or not text.isdigit():
        raise ApiError(40056)
    if int(text) != state.settings.agent_id:
        raise ApiError(301002)


def _warn(state: State, request: Request) -> dict[str, str]:
    """A number written as text is understood all the same, but the answer grumbles."""
    if not isinstance(request.get("agentid"), str):
        return {}
    state.journal.note("odd", "agentid_text")
    return {"errmsg": "ok. Warning: wrong json format. "}


def _check_content(state: State, request: Request, msgtype: str) -> dict[str, Any]:
    given = request.get(msgtype)
    if msgtype == "template_card" and not state.settings.cards_supported:
        raise ApiError(40008)
    if msgtype != "template_card":
        return Contents(state.shelf, state.journal).check(msgtype, given)
    card = check_card(given, state.surroundings())
    state.cards.refuse_known(card.get("task_id"))
    for path, size, most in long_texts(card):
        state.journal.note("long", "text_long", path=path, size=size, most=most)
    return card


def _register_card(state: State, card: Request, members: list[Member]) -> dict[str, str]:
    task_id = card.get("task_id")
    if task_id:
        state.cards.register(task_id)
    if not calls_back(card):
        return {}
    code = state.cards.issue(str(task_id), [member.userid for member in members])
    return {"response_code": code}


def _unseen(state: State, request: Request, body: bytes, members: list[Member]) -> dict[str, str]:
    """Whom the message does not reach although the answer is ok, and why: a fault, or a repeat."""
    everybody = [member.userid for member in members]
    for kind in LOSSES:
        fault = state.faults.take("api", kind, "message/send", "|".join(everybody))
        if fault:
            struck = [fault.userid] if fault.userid else everybody
            lost = [userid for userid in everybody if userid.lower() in map(str.lower, struck)]
            for userid in lost:
                state.journal.note("dropped", f"fault_{kind}", userid)
            return dict.fromkeys(lost, f"fault_{kind}")
    if not request.get("enable_duplicate_check"):
        return {}
    seconds = min(_interval(request), LONGEST_INTERVAL)
    if state.repeats.seen(hashlib.sha256(body).hexdigest(), timedelta(seconds=seconds)):
        state.journal.note("dropped", "repeated", seconds=seconds)
        return dict.fromkeys(everybody, "repeated")
    return {}


def _told(state: State, unseen: dict[str, str]) -> dict[str, Any]:
    """What of it the app is told."""
    invalid = [userid.lower() for userid, why in unseen.items() if why == "fault_invaliduser"]
    repeated = state.settings.repeat_errcode if "repeated" in unseen.values() else 0
    told: dict[str, Any] = {"invaliduser": "|".join(invalid)} if invalid else {}
    return told | ({"errcode": repeated, "errmsg": "repeated message"} if repeated else {})


def _interval(request: Request) -> int:
    given = request.get("duplicate_check_interval") or USUAL_INTERVAL
    if not isinstance(given, int):
        raise ApiError(40035, "duplicate_check_interval")
    return given


def _show(
    state: State,
    members: list[Member],
    msgtype: str,
    content: dict[str, Any],
    msgid: str,
    unseen: dict[str, str],
) -> dict[str, int]:
    """The bubble of each member who gets to see it; who is over a limit comes into `unseen`."""
    shown: dict[str, int] = {}
    for member in members:
        if member.userid in unseen:
            continue
        why = _over_limit(state, member, msgtype)
        if why:
            unseen[member.userid] = why
            continue
        bubble = state.chats.add(member.userid, "bot", msgtype, content, how="send", msgid=msgid)
        shown[member.userid] = bubble.id
    return shown


def _over_limit(state: State, member: Member, msgtype: str) -> str:
    for window, code in ((state.minute, "over_minute"), (state.hour, "over_hour")):
        if not window.take(member.userid):
            state.journal.note("dropped", code, member.userid, limit=window.limit, msgtype=msgtype)
            return code
    return ""
