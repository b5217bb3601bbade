"""message/update_template_card and message/recall."""

from datetime import timedelta
from typing import Any

from emulator.card_rules import check_card
from emulator.cards import ResponseCode
from emulator.chat import Bubble
from emulator.errors import ApiError
from emulator.sending import check_agent
from emulator.state import State

RECALL_WITHIN = timedelta(hours=24)


def update_card(state: State, request: dict[str, Any]) -> dict[str, Any]:
    """The answer to message/update_template_card; the code is used up by an accepted call."""
    with state.sending:
        check_agent(state, request.get("agentid"))
        wanted = _wanted(state, request)
        button, card = request.get("button"), request.get("template_card")
        if card is not None:
            check_card(card, state.surroundings(), update=True)
        elif not isinstance(button, dict) or not button.get("replace_name"):
            raise ApiError(40058, "neither button.replace_name nor template_card")
        record = state.cards.look_up(str(request.get("response_code") or ""))
        record.used = True
        bubbles, invalid = _find_bubbles(state, record, wanted)
        for bubble in bubbles:
            if card is not None:
                state.cards.replace(bubble, card)
            else:
                state.cards.grey(bubble, str((button or {})["replace_name"]))
        return {"invaliduser": invalid} if invalid else {}


def recall(state: State, msgid: str) -> None:
    """Takes a message back from everybody; 40058 for an unknown or too old one."""
    bubbles = state.chats.by_msgid(msgid)
    if not bubbles:
        raise ApiError(40058, "msgid unknown")
    if state.clock() - bubbles[0].time > RECALL_WITHIN:
        raise ApiError(40058, "sent more than 24 hours ago")
    for bubble in bubbles:
        bubble.recalled = True
        state.chats.touch(bubble)


def _wanted(state: State, request: dict[str, Any]) -> list[str]:
    if request.get("atall"):
        return [member.userid for member in state.directory.members()]
    userids = list(request.get("userids") or [])
    parties = request.get("partyids") or []
    if not isinstance(request.get("userids") or [], list) or not isinstance(parties, list):
        raise ApiError(40035, "userids and partyids must be lists")
    if len(userids) > 1000:
        raise ApiError(40032)
    for party in parties:
        if not str(party).isdigit():
            raise ApiError(40035, "partyids must be numbers")
        userids += [member.userid for member in state.directory.of_department(int(party))]
    if not userids:
        raise ApiError(82001)
    return [str(userid) for userid in userids]


def _find_bubbles(
    state: State, record: ResponseCode, wanted: list[str]
) -> tuple[list[Bubble], list[str]]:
    """The cards to change, and the userids for which the code does not hold."""
    bubbles: list[Bubble] = []
    invalid: list[str] = []
    for userid in wanted:
        member = state.directory.find(userid)
        if member is None or member.userid.lower() not in record.userids:
            invalid.append(userid.lower())
            continue
        bubbles += state.chats.cards(member.userid, record.task_id)
    return bubbles, invalid
