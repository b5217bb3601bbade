from datetime import UTC, datetime

import pytest

from bot.routing import Course, chosen_of, course_of, desk_of_card, event_of, hat_for
from bot.wecom.inbound import Inbound
from dialogs.case import Role
from dialogs.events import Chosen, Event, Opened, Said, Unreadable

NOW = datetime(2022, 5, 9, tzinfo=UTC)
CONTACT, REVIEWER, FINANCE = Role.CONTACT, Role.REVIEWER, Role.FINANCE
COORDINATOR = Role.COORDINATOR


def inbound(kind: str, **more: object) -> Inbound:
    return Inbound(kind, str(more.pop("sender", "li")), NOW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "course"),
    [
        (inbound("text", text="x"), Course.TALK),
        (inbound("voice"), Course.VOICE),
        (inbound("location"), Course.TALK),
        (inbound("unknown"), Course.TALK),
        (inbound("event", event="enter_agent"), Course.TALK),
        (inbound("event", event="subscribe"), Course.TALK),
        (inbound("event", event="click", event_key="x"), Course.TALK),
        (inbound("event", event="template_card_event"), Course.CLICK),
        (inbound("event", event="location"), Course.SILENT),
        (inbound("event", event="view"), Course.SILENT),
        (inbound("event", event="unsubscribe"), Course.SILENT),
        (inbound("event", event="change_contact", sender="sys"), Course.SILENT),
        (inbound("event", event="batch_job_result", sender="sys"), Course.SILENT),
        (inbound("text", sender=""), Course.SILENT),
        (inbound("event", event="close_inactive_agent", sender="sys"), Course.ALARM),
        (inbound("event", event="inactive_alert"), Course.ALARM),
        (inbound("event", event="of_next_year"), Course.STRANGE),
    ],
)
def test_the_course_of_each_kind(message: Inbound, course: Course) -> None:
    assert course_of(message) is course


@pytest.mark.parametrize(
    ("message", "event"),
    [
        (inbound("text", text=" 12 "), Said(" 12 ")),
        (inbound("event", event="enter_agent"), Opened()),
        (inbound("event", event="subscribe"), Opened()),
        (inbound("event", event="click", event_key="进度"), Said("进度")),
        (inbound("image"), Unreadable("image")),
        (inbound("file"), Unreadable("file")),
        (inbound("unknown", extra={"MsgType": "sticker"}), Unreadable("sticker")),
    ],
)
def test_what_a_message_says(message: Inbound, event: Event) -> None:
    assert event_of(message) == event


def test_a_click_is_a_button_or_what_was_ticked() -> None:
    button = inbound("event", event_key="yes", card_type="button_interaction")
    assert chosen_of(button, "ask:q") == Chosen("ask:q", ("yes",))
    ticks = inbound("event", card_type="vote_interaction", selections={"ask:q": ("A", "C")})
    assert chosen_of(ticks, "ask:q") == Chosen("ask:q", ("A", "C"))
    nothing = inbound("event", event_key="submit", card_type="vote_interaction")
    assert chosen_of(nothing, "ask:q") == Chosen("ask:q", ())


def test_the_desk_of_a_card() -> None:
    assert desk_of_card("review:1:0") is REVIEWER
    assert desk_of_card("finance:1:1") is FINANCE
    assert desk_of_card("ask:cover") is None


@pytest.mark.parametrize(
    ("roles", "event", "waits", "hat"),
    [
        ({CONTACT}, Said("x"), None, CONTACT),
        ({REVIEWER}, Said("x"), None, REVIEWER),
        ({COORDINATOR}, Said("x"), None, COORDINATOR),
        ({FINANCE, COORDINATOR}, Said("x"), None, FINANCE),
        (set(), Said("x"), None, None),
        # Several hats: contact first, unless the words are those of a decision.
        ({CONTACT, REVIEWER}, Said("12"), None, CONTACT),
        ({CONTACT, REVIEWER}, Said("通过"), None, REVIEWER),
        ({CONTACT, REVIEWER}, Said(" 退回 数字不对"), None, REVIEWER),
        ({CONTACT, REVIEWER}, Said("待审"), None, REVIEWER),
        ({CONTACT, FINANCE}, Said("接收"), None, FINANCE),
        ({CONTACT}, Said("通过"), None, CONTACT),
        ({CONTACT, COORDINATOR}, Said("通过"), None, CONTACT),
        ({REVIEWER, FINANCE}, Said("接收"), None, FINANCE),
        ({CONTACT, REVIEWER}, Opened(), None, CONTACT),
        # A desk that asked for words gets them.
        ({CONTACT, REVIEWER}, Said("第3题要改"), REVIEWER, REVIEWER),
        ({CONTACT}, Said("第3题要改"), REVIEWER, CONTACT),
        # A card says it itself.
        ({CONTACT, REVIEWER}, Chosen("review:1:0", ("approve",)), None, REVIEWER),
        ({CONTACT, REVIEWER}, Chosen("ask:q", ("yes",)), REVIEWER, CONTACT),
        ({CONTACT}, Chosen("review:1:0", ("approve",)), None, None),
        ({REVIEWER}, Chosen("ask:q", ("yes",)), None, None),
    ],
)
def test_which_hat_is_worn(
    roles: set[Role], event: Event, waits: Role | None, hat: Role | None
) -> None:
    assert hat_for(frozenset(roles), event, waits) is hat
