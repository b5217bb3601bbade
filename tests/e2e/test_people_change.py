"""The cases that go wrong on paper: a contact replaced between two questions, a leader on holiday,
a returned form after its date, a unit that is missing. All by what people type and tap."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.jobs.dated import make_dated
from bot.jobs.tick import Ticker
from scoring.filing import read_answers_file
from scoring.standard import Standard
from storage import answers, approvals, departments, forms, interviews, people, units

CASE = Path(__file__).parents[2] / "examples" / "reference-case.yaml"
CONTACT, REVIEWER, COORDINATOR, FINANCE = "chenyu", "linfan", "zhouning", "wuheng"
SUCCESSOR = "songqi"  # who fills in for another department already
District = Any  # of conftest.py, which can't be imported
LOST = ("dropped", "cut", "bad_reply", "retry", "undelivered")


@pytest.fixture
def district(district: District) -> District:
    """With the jobs that have a date."""
    district.ticker = Ticker(district.services, make_dated())
    return district


def standard_of(district: District, code: str) -> Standard:
    with district.services.database.read() as tx:
        standing = interviews.one(tx, district.loaded.forms[code])
        assert standing is not None
        return district.services.shelf.standard(tx, standing.standard_hash)


def fill(district: District, code: str, questions: slice = slice(None), but: str = "") -> None:
    """The reference case as the answers to these questions."""
    services, standard = district.services, standard_of(district, code)
    facts = {fact for question in standard.questions[questions] for fact in question.facts}
    with services.database.begin() as tx:
        form = forms.get(tx, district.loaded.forms[code])
        assert form is not None
        (contact, *_) = people.holders(tx, "contact", form.department_id)
        plain = {
            fact: value.plain()
            for fact, value in read_answers_file(standard, CASE).items()
            if fact in facts and fact != but
        }
        answers.record(tx, form.id, plain, "import", contact.userid, services.clock())


def form_of(district: District, code: str) -> Any:
    with district.services.database.read() as tx:
        return forms.get(tx, district.loaded.forms[code])


def words(district: District, userid: str) -> str:
    return "\n".join(bubble.words() for bubble in district.bubbles(userid))


def said(district: District, userid: str, text: str) -> str:
    return "\n".join(bubble.words() for bubble in district.say(userid, text))


def send_in(district: District, userid: str, code: str) -> None:
    """送审, and once more where missing materials are to be confirmed."""
    district.say(userid, "送审")
    if form_of(district, code).state == "drafting":
        district.say(userid, "送审")
    assert form_of(district, code).state == "in_review"


def after_days(district: District, days: int) -> None:
    """Lets the days pass one by one, each in its working hours."""
    for _ in range(days):
        # When everybody's own minute of the morning is over.
        local = district.clock() + timedelta(hours=8)
        district.clock.advance(timedelta(days=1, hours=9 - local.hour, minutes=26 - local.minute))
        district.drain()


def test_a_contact_is_replaced_between_question_20_and_21(district: District) -> None:
    fill(district, "301", slice(20))
    district.say(CONTACT, "填报人改成陈宇")
    district.say(SUCCESSOR, "你好")
    before = said(district, CONTACT, "继续")
    assert "【21】" in before
    district.say(COORDINATOR, "换人 科工商务局 陈宇 宋启")
    district.press(COORDINATOR, "换")
    briefing, question = district.bubbles(SUCCESSOR)[-2:]
    assert briefing.words().startswith("〔填报人·科工商务局〕\n宋启您好！")
    assert "之前是陈宇" in briefing.words()
    assert "封面上的填报人已换成您。联系电话要重新填。" in briefing.words()
    assert "【21】" in question.words()
    assert "移交给宋启" in words(district, CONTACT)
    assert "还不在本次绩效自评的名单里" in said(district, CONTACT, "12万元")

    # Two questions lie open with her: an answer goes to neither until she has said for which.
    assert "您有几个身份" in said(district, SUCCESSOR, "0")
    assert "〔填报人·科工商务局〕" in said(district, SUCCESSOR, "1")
    assert "记下了" in said(district, SUCCESSOR, "0 0")
    with district.services.database.read() as tx:
        here = answers.present(tx, district.loaded.forms["301"])
        there = answers.present(tx, district.loaded.forms["304"])
    question_21 = standard_of(district, "301").questions[20]
    assert set(question_21.facts) <= set(here)
    assert there == {}
    assert here["contact_name"] == "宋启"
    assert "contact_phone" not in here
    assert district.complaints(*LOST) == []


def test_a_contact_is_replaced_while_the_form_is_in_review(district: District) -> None:
    fill(district, "301")
    send_in(district, CONTACT, "301")
    district.say(COORDINATOR, "换人 科工商务局 唐悦")
    district.say(COORDINATOR, "是")
    assert form_of(district, "301").state == "in_review"
    told = words(district, "tangyue")
    assert "封面上的填报人写的是陈小禾" in told
    assert "联系电话还是原来的" in told
    district.say("tangyue", "继续")
    district.say("tangyue", "1")
    assert "改好了：联系电话" in said(district, "tangyue", "联系电话改成0753-1112222")
    district.press(REVIEWER, "退回")
    district.say(REVIEWER, "数不对")
    assert "林帆退回了" in words(district, "tangyue")
    assert "林帆退回了" not in words(district, CONTACT)
    assert district.complaints(*LOST) == []


def test_a_leader_is_on_holiday(district: District) -> None:
    fill(district, "302")
    send_in(district, "hesui", "302")
    after_days(district, 3)
    assert "等您审核" in words(district, "luping")
    district.say("luping", "代审 高岚 到5月20日")
    district.press("luping", "由高岚代审")
    assert "由高岚代陆平审核" in words(district, "gaolan")
    after_days(district, 1)
    assert "已等4个工作日" in words(district, "gaolan")
    district.say("gaolan", "换身份")  # gaolan reviews elsewhere: one hat, so these are mere words
    assert form_of(district, "302").rank == 1
    district.press("gaolan", "通过")
    assert form_of(district, "302").rank == 2
    assert "高岚（代陆平）" in words(district, "fangze")
    with district.services.database.read() as tx:
        (given,) = approvals.standing(tx, district.loaded.forms["302"])
    assert (given.by, given.for_whom) == ("gaolan", "luping")
    after_days(district, 10)
    assert "高岚代陆平审核已经结束" in words(district, "luping")
    assert district.complaints(*LOST) == []


def test_a_returned_form_comes_in_after_its_date(district: District) -> None:
    fill(district, "301")
    send_in(district, CONTACT, "301")
    district.press(REVIEWER, "通过")
    district.say(FINANCE, "退回 A1-3 原因写得太短")
    district.press(FINANCE, "退回这1处")
    assert "5月12日前改好" in words(district, CONTACT)
    assert "林帆的通过不再算数" in words(district, REVIEWER)
    after_days(district, 4)
    reminded = words(district, CONTACT)
    assert "退回的自评5月12日前要改好送审" in reminded
    assert "还有1处没有答复（A1-3" in reminded
    assert "应当在5月12日前改好送审，已经过了" in reminded
    late = said(district, CONTACT, "继续")
    assert "5月12日的截止时间已经过了，还可以接着填" in late
    assert "吴衡说：原因写得太短" in late
    district.press(CONTACT, "改【59】")
    district.say(CONTACT, "取消")
    district.say(CONTACT, "改好了，原因按要求另附说明")
    send_in(district, CONTACT, "301")
    assert "答复：原因按要求另附说明" in words(district, REVIEWER)
    district.press(REVIEWER, "通过")
    assert (form_of(district, "301").state, form_of(district, "301").version) == ("delivered", 2)
    assert district.complaints(*LOST) == []


def test_a_unit_is_missing(district: District) -> None:
    with district.services.database.begin() as tx:
        found = departments.by_code(tx, "301")
        assert found is not None
        for code, name in (("00", "本级"), ("01", "电子商务管理中心"), ("02", "工业园管理处")):
            units.upsert(tx, found.id, code, name)
    fill(district, "301", but="income_total")
    asked = said(district, CONTACT, "继续")
    assert "已报0/3个单位" in asked
    told = said(district, CONTACT, "本级 2000万元\n电子商务管理中心 587.01万元")
    assert "已报2/3个单位，还差：工业园管理处" in told
    assert "工业园管理处 0/" in said(district, CONTACT, "下属单位")
    assert "还差：工业园管理处" in said(district, CONTACT, "送审")
    assert form_of(district, "301").state == "drafting"
    told = said(district, CONTACT, "工业园管理处 0")
    assert "2587.01万元＝本级 2000万元＋电子商务管理中心 587.01万元＋工业园管理处 0万元" in told
    send_in(district, CONTACT, "301")
    assert district.complaints(*LOST) == []
