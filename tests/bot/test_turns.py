import json
from dataclasses import replace
from typing import Any

from structlog.testing import capture_logs

from bot.postbox import invisible
from bot.services import Services
from dialogs.bubbles import Buttons, Choice, Words
from dialogs.case import Case, Desk, Role
from dialogs.effects import Accept, Approve, RecordAnswer, SendIn
from dialogs.events import Chosen, Event, Said
from dialogs.states import VERSION, State
from dialogs.step import Step
from scoring.values import Text
from storage import answers, cards, conversations, forms, outbox, people, turns

Line = Reply = MakeLine = Any
CHOICES = (Choice("yes", "是"), Choice("no", "否"))


def queued(services: Services, userid: str = "chenyu") -> list[dict[str, Any]]:
    """What waits for a person, as payloads."""
    with services.database.begin() as tx:
        rows = tx.exec_driver_sql(
            "SELECT payload FROM outbox WHERE userid = ? ORDER BY id", (userid,)
        )
        return [json.loads(row[0]) for row in rows]


def card_step(state: State, event: Event, case: Case, now: object) -> Step:
    """Asks a card, and repeats what was chosen."""
    if isinstance(event, Chosen):
        return Step(state, (), (Words(f"chosen {event.card} {event.options}"),))
    if isinstance(event, Said) and event.text == "否":
        effect = RecordAnswer({"phone": Text("12345")}, "否")
        return Step(state, (effect,), (Words("noted"),))
    return Step(state.but(asked="q"), (), (Buttons("ask:q", "title", "note", CHOICES),))


def card_of(services: Services, userid: str = "chenyu") -> str:
    with services.database.read() as tx:
        return cards.open_of(tx, userid)[-1].task_id


# ---- clicks ----


def test_a_click_greys_the_card_and_the_outbox_brings_the_next(
    services: Services, make_line: MakeLine, reply: Reply
) -> None:
    line = make_line(replace(services, machine=card_step))
    assert reply(line.say("chenyu", "x")) == ""
    task_id = card_of(services)
    assert reply(line.click("chenyu", task_id, "yes")) == "已选 是"
    assert queued(services)[-1]["text"]["content"] == "chosen ask:q ('yes',)"
    with services.database.read() as tx:
        card = cards.get(tx, task_id)
        assert card is not None
        assert card.state == "clicked"


def test_a_retried_click_greys_again_and_does_nothing_else(
    services: Services, make_line: MakeLine, reply: Reply
) -> None:
    line = make_line(replace(services, machine=card_step))
    line.say("chenyu", "x")
    task_id = card_of(services)
    labels = [reply(line.click("chenyu", task_id, "no")) for _ in range(2)]
    assert labels == ["已选 否", "已选 否"]
    assert len(queued(services)) == 2


def test_somebody_elses_card_does_nothing(
    services: Services, make_line: MakeLine, reply: Reply
) -> None:
    line = make_line(replace(services, machine=card_step))
    line.say("chenyu", "x")
    with capture_logs() as lines:
        assert reply(line.click("hesui", card_of(services), "yes")) == ""
    assert [entry["event"] for entry in lines] == ["click_on_unknown_card"]
    assert queued(services, "hesui") == []


def test_an_account_in_other_letters_is_the_same_person(
    services: Services, make_line: MakeLine, reply: Reply
) -> None:
    line = make_line(replace(services, machine=card_step))
    line.say("ChenYu", "x")
    assert reply(line.click("CHENYU", card_of(services), "yes")) == "已选 是"
    with services.database.read() as tx:
        assert people.person(tx, "ChenYu") is None
    assert queued(services, "ChenYu") == []


def test_a_card_that_was_never_sent_does_nothing(line: Line, reply: Reply) -> None:
    assert reply(line.click("chenyu", "made-up", "yes")) == ""


def test_an_answer_in_words_greys_the_open_card_and_is_still_passive(
    services: Services, make_line: MakeLine, reply: Reply
) -> None:
    line = make_line(replace(services, machine=card_step))
    line.say("chenyu", "x")
    send_all(services)
    task_id = card_of(services)
    fact = fact_of(services, "text")

    def recording(state: State, event: Event, case: Case, now: object) -> Step:
        return Step(state, (RecordAnswer({fact: Text("甲")}, "否"),), (Words("noted"),))

    line = make_line(replace(services, machine=recording))
    line.number = 50
    assert reply(line.say("chenyu", "否")) == "noted"
    assert queued(services)[-1] == {"task_id": task_id, "label": "已用文字回答"}


# ---- hats ----


def test_a_reviewers_words_go_to_the_desk(line: Line, reply: Reply) -> None:
    assert reply(line.say("linfan", "你好")) == "reviewer: Said(text='你好')"


def test_finance_and_coordinator_have_desks(line: Line, reply: Reply) -> None:
    assert reply(line.say("wuheng", "你好")).startswith("finance:")
    assert reply(line.say("zhouning", "你好")).startswith("coordinator:")


def test_a_desk_sees_the_forms_of_its_concern(
    services: Services, make_line: MakeLine, clock: Any, form_id: int
) -> None:
    seen: dict[str, list[str]] = {}

    def looking(state: State, event: Event, desk: Desk, now: object) -> Step:
        seen[desk.role] = [waiting.form.department for waiting in desk.forms]
        return Step(state, (), (Words("ok"),))

    with services.database.begin() as tx:
        forms.set_state(tx, form_id, "drafting", "in_review", clock())
        forms.set_state(tx, form_id + 1, "drafting", "delivered", clock())
    line = make_line(replace(services, desk=looking))
    for userid in ("linfan", "luping", "wuheng", "zhouning"):
        line.say(userid, "x")
        if userid == "luping":
            assert seen[Role.REVIEWER] == []
        elif userid == "linfan":
            assert seen[Role.REVIEWER] == ["梅州市梅江区科工商务局"]
    assert seen[Role.FINANCE] == ["梅州市梅江区民政局"]
    assert len(seen[Role.COORDINATOR]) == 4


def test_a_desk_that_waits_for_words_gets_them_before_the_interview(
    services: Services, make_line: MakeLine, reply: Reply
) -> None:
    def asking(state: State, event: Event, desk: Desk, now: object) -> Step:
        if state.pending:
            return Step(State(), (), (Words(f"reason: {event}"),))
        return Step(state.but(pending={"kind": "send_back"}), (), (Words("why?"),))

    with services.database.begin() as tx:
        people.grant(tx, "linfan", "contact", 1)
    line = make_line(replace(services, desk=asking))
    line.say("linfan", "x")  # asked which hat
    send_all(services)
    assert "Opened()" in reply(line.say("linfan", "1"))
    assert reply(line.say("linfan", "退回")) == "〔审核人〕\nwhy?"
    assert reply(line.say("linfan", "数字不对")) == "〔审核人〕\nreason: Said(text='数字不对')"
    assert "Said(text='y')" in reply(line.say("linfan", "y"))


def test_who_goes_on_with_the_interview_owes_the_desk_no_words(
    services: Services, make_line: MakeLine, reply: Reply
) -> None:
    def asking(state: State, event: Event, desk: Desk, now: object) -> Step:
        if state.pending:
            return Step(State(), (), (Words(f"reason: {event}"),))
        return Step(state.but(pending={"kind": "send_back"}), (), (Words("why?"),))

    with services.database.begin() as tx:
        people.grant(tx, "linfan", "contact", 1)
    line = make_line(replace(services, desk=asking, machine=card_step))
    line.say("linfan", "x")
    send_all(services)
    line.say("linfan", "1")
    send_all(services)
    task_id = card_of(services, "linfan")
    assert reply(line.say("linfan", "退回")) == "〔审核人〕\nwhy?"
    line.click("linfan", task_id, "yes")
    send_all(services)
    line.say("linfan", "12万元")
    assert queued(services, "linfan")[-1]["msgtype"] == "template_card"


# ---- state and refusals ----


def test_what_is_half_said_is_kept(services: Services, make_line: MakeLine, form_id: int) -> None:
    line = make_line(replace(services, machine=card_step))
    line.say("chenyu", "x")
    with services.database.read() as tx:
        kept = conversations.load(tx, "chenyu", form_id)
    assert kept is not None
    assert (kept["asked"], kept["version"]) == ("q", VERSION)


def test_a_refused_act_leaves_state_and_says_why(
    services: Services, make_line: MakeLine, reply: Reply, form_id: int
) -> None:
    def sending(state: State, event: Event, case: Case, now: object) -> Step:
        return Step(state.but(asked="sent"), (SendIn(),), (Words("sent in"),))

    line = make_line(replace(services, machine=sending))
    assert "先补齐再送审" in reply(line.say("chenyu", "送审"))
    with services.database.read() as tx:
        assert conversations.load(tx, "chenyu", form_id) is None
        form = forms.get(tx, form_id)
        assert form is not None
        assert form.state == "drafting"


def test_of_several_effects_all_are_done_or_none(
    services: Services, make_line: MakeLine, form_id: int
) -> None:
    fact = fact_of(services, "text")

    def both(state: State, event: Event, case: Case, now: object) -> Step:
        return Step(state, (RecordAnswer({fact: Text("甲")}, "甲"), SendIn()), ())

    make_line(replace(services, machine=both)).say("chenyu", "x")
    with services.database.read() as tx:
        assert answers.present(tx, form_id) == {}


def test_a_desk_cannot_act_on_somebody_elses_form(
    services: Services, make_line: MakeLine, reply: Reply, clock: Any, form_id: int
) -> None:
    def approving(state: State, event: Event, desk: Desk, now: object) -> Step:
        return Step(state, (Approve(form_id),), (Words("approved"),))

    with services.database.begin() as tx:
        forms.set_state(tx, form_id, "drafting", "in_review", clock())
    line = make_line(replace(services, desk=approving))
    assert "没有权限" in reply(line.say("luping", "通过"))
    assert reply(line.say("linfan", "通过")) == "approved"


def test_finance_cannot_accept_what_was_not_delivered(
    services: Services, make_line: MakeLine, reply: Reply, form_id: int
) -> None:
    def accepting(state: State, event: Event, desk: Desk, now: object) -> Step:
        return Step(state, (Accept(form_id),), (Words("accepted"),))

    line = make_line(replace(services, desk=accepting))
    assert reply(line.say("wuheng", "接收")) == (
        "这份自评现在是“填报中”，不能接收。没有改动任何内容。"
    )


# ---- order ----


def test_one_short_text_is_passive_and_waits_for_nothing(
    services: Services, line: Line, reply: Reply
) -> None:
    assert reply(line.say("chenyu", "x")) != ""
    assert queued(services) == []


def test_behind_something_unsent_even_a_short_text_queues(
    services: Services, line: Line, reply: Reply, clock: Any
) -> None:
    with services.database.begin() as tx:
        outbox.add(tx, "chenyu", "{}", "send", clock())
    assert reply(line.say("chenyu", "x")) == ""
    assert len(queued(services)) == 2


def test_every_message_stands_under_the_duplicate_check(
    services: Services, make_line: MakeLine
) -> None:
    make_line(replace(services, machine=card_step)).say("chenyu", "x")
    (body,) = queued(services)
    assert (body["enable_duplicate_check"], body["duplicate_check_interval"]) == (1, 120)
    assert (body["agentid"], body["touser"]) == (1000002, "chenyu")


def test_an_honest_repeat_has_an_invisible_mark(services: Services, clock: Any) -> None:
    bubbles = (Words("同样的话"),)
    with services.database.begin() as tx:
        for _ in range(3):
            services.postbox.post(tx, "chenyu", bubbles, clock())
    contents = [body["text"]["content"] for body in queued(services)]
    assert len(set(contents)) == 3
    assert {text.rstrip(invisible(0b11100100)) for text in contents} == {"同样的话"}


def test_a_turn_remembers_its_reply(services: Services, line: Line, reply: Reply) -> None:
    said = reply(line.say("chenyu", "x"))
    with services.database.read() as tx:
        key = tx.exec_driver_sql("SELECT key FROM turns").scalar_one()
        turn = turns.seen(tx, key)
        assert turn is not None
        assert turn.reply == said


def fact_of(services: Services, kind: str) -> str:
    with services.database.begin() as tx:
        hash_ = tx.exec_driver_sql("SELECT hash FROM standards").scalar_one()
        facts = services.shelf.standard(tx, hash_).facts
    return next(name for name, fact in facts.items() if fact.type == kind)


def send_all(services: Services) -> None:
    with services.database.begin() as tx:
        tx.exec_driver_sql("UPDATE outbox SET state = 'sent', sent_at = created_at")
