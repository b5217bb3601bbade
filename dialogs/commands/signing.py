"""Commands while leaders look at a form: 线下签批, and the picture for them."""

from __future__ import annotations

from dialogs.approval import turn
from dialogs.bubbles import Words
from dialogs.effects import Picture
from dialogs.replies import elsewhere, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.wording import join, say

PURPOSE = "signature"
PAGE = "sign"


def sign_by_hand(talk: Talk, command: Command) -> Step:
    """线下签批: the next photo is the page that the leader signed on paper."""
    case = talk.case
    if case.form.state != "in_review":
        here = case.form.state == "drafting"
        return repeat(talk, say("sign_not_now") if here else elsewhere(talk))
    link = turn(case.chain)
    # A stand-in has the chat; it is the leaders themselves who sign on paper.
    leaders = link.leaders if link else ()
    wanted = command.target or (leaders[0] if len(leaders) == 1 else "")
    if link is None or wanted not in leaders:
        names = join(list(leaders))
        return repeat(talk, say("sign_which", names=names, example=next(iter(leaders), "")))
    pending = {"kind": "photo", "purpose": PURPOSE, "target": f"{case.form.code}:{wanted}"}
    page = say("sign_page", link=case.links[PAGE]) if case.links.get(PAGE) else ""
    shown = say("link_whom", title=link.title, names=wanted)
    words = say("sign_ask", whom=shown, code=case.form.code, page=page)
    return Step(talk.state.but(pending=pending), (), (Words(words),))


def picture(talk: Talk, command: Command) -> Step:
    """汇报图: one picture of score, losses and doubts, to pass on."""
    return Step(talk.state, (Picture(),), (Words(say("picture_coming")),))
