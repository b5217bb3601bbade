"""What people say to hand over, to take back, to ask who is on what, to accept and to give back."""

from __future__ import annotations

from dialogs.understand.handing import ASK, BACK, GIVE, LIST, read_wish, read_wishes
from dialogs.understand.helping import read_given_back, read_reply

GIVES = {
    "资产这块让陈明来填": ("资产", "陈明"),
    "第12题给李强": ("第12题", "李强"),
    "B3-1交给张三": ("B3-1", "张三"),
    "采购的让老刘填": ("采购", "老刘"),
    "这题让小王答": ("这题", "小王"),
    "转给财务股的张三": ("", "财务股的张三"),
    "@张三 帮我填资产": ("资产", "张三"),
    "资产@陈小明 填一下": ("资产", "陈小明"),
    "@李强": ("", "李强"),
    "请赵敏填信息公开和资产两块": ("信息公开和资产", "赵敏"),
    "请把第12题转交给张三填写": ("第12题", "张三"),
    "麻烦陈明填一下资产": ("资产", "陈明"),
    "能让张三填吗？": ("", "张三"),
    "第12题我不会，让张三填吧": ("第12题", "张三"),
    "我不懂，交给张三": ("", "张三"),
    "資產這塊讓陳明來填": ("资产", "陈明"),
    "资产交给 张三 zhangsan": ("资产", "张三 zhangsan"),
    "12到15题给李强": ("12到15", "李强"),
    "剩下的都给张三": ("剩下的", "张三"),
    "这块让陈明来填": ("这块", "陈明"),
    "采购李强负责": ("采购", "李强"),
    "这题该张三填": ("这题", "张三"),
    "资产让陈明填，谢谢": ("资产", "陈明"),
}
BACKS = {
    "资产还是我来填": ("资产", "", ""),
    "还是我来填": ("", "", ""),
    "算了，还是我来填": ("", "", ""),
    "收回张三的": ("", "", "张三的"),
    "把给张三的收回来": ("", "", "张三的"),
    "不用张三填了": ("", "张三", ""),
    "资产不用张三填了": ("资产", "张三", ""),
    "资产不交给张三了，我自己填": ("资产", "张三", ""),
    "别让张三填了": ("", "张三", ""),
    "收回第12题": ("", "", "第12题"),
    "全部收回": ("", "", "全部"),
    "取消转交": ("", "", ""),
    "张三不填了": ("", "张三", ""),
}
LISTS = [
    "谁在填什么",
    "都交给谁了",
    "谁在填",
    "我交给谁了",
    "转交情况",
    "分工",
    "谁还没填完",
    "还等谁",
    "张三填到哪了",
    "资产谁在填",
    "现在谁在填资产",
    "张三接受了吗",
    "哪些题交出去了",
]
NOTHING = [
    "2587.01万元",
    "做过",
    "ABD",
    "没有",
    "办公室",
    "不知道",
    "让我想想",
    "请放行",
    "请领导审核",
    "撤回",
    "取消",
    "撤回送审",
    "收回",
    "发给我",
    "给我看看",
    "请问这题怎么填",
    "加强队伍建设，让群众满意",
    "由财政拨款",
    "转账",
    "一般公共预算给了100万",
    "不用再填了",
    "交给领导审核",
]


def test_hand_overs_are_read() -> None:
    read = {text: read_wish(text) for text in GIVES}
    wrong = {
        text: wish
        for text, wish in read.items()
        if wish is None or wish.kind != GIVE or (wish.what, wish.whom) != GIVES[text]
    }
    assert wrong == {}


def test_asking_somebody_only_offers_a_hand_over() -> None:
    for text, whom in {"不知道，问财务": "财务", "得问一下李会计": "李会计"}.items():
        wish = read_wish(text)
        assert wish
        assert (wish.kind, wish.whom, wish.sure) == (ASK, whom, False)


def test_taking_back_is_read() -> None:
    read = {text: read_wish(text) for text in BACKS}
    wrong = {
        text: wish
        for text, wish in read.items()
        if wish is None or wish.kind != BACK or (wish.what, wish.whom, wish.said) != BACKS[text]
    }
    assert wrong == {}


def test_who_is_on_what_is_asked_for() -> None:
    assert [text for text in LISTS if getattr(read_wish(text), "kind", "") != LIST] == []


def test_answers_and_other_commands_are_no_wish() -> None:
    assert {text: read_wishes(text) for text in NOTHING if read_wishes(text)} == {}


def test_where_a_name_begins_is_left_open() -> None:
    readings = {(wish.what, wish.whom) for wish in read_wishes("采购李强填")}
    assert ("采购", "李强") in readings


def test_replies_to_an_offer() -> None:
    yes = ["接受", "我来填", "好", "行", "可以", "好的，我来填", "没问题", "OK"]
    assert [text for text in yes if not getattr(read_reply(text, alone=True), "yes", False)] == []
    no = {
        "不行，这是财务的": "这是财务的",
        "我填不了": "",
        "填不了，出差": "出差",
        "不归我管": "不归我管",
        "不": "",
    }
    got = {text: read_reply(text, alone=True) for text in no}
    assert all(reply and not reply.yes for reply in got.values())
    assert {text: reply.words for text, reply in got.items() if reply} == no


def test_beside_an_open_question_only_clear_words_answer_an_offer() -> None:
    assert [t for t in ("好", "行", "不行", "否", "是", "100") if read_reply(t, alone=False)] == []
    assert read_reply("我来填", alone=False)


def test_giving_back_is_read() -> None:
    everything = read_given_back("都退给陈宇")
    assert everything
    assert everything.all
    this = read_given_back("把这题退回去")
    assert this
    assert this.what
    assert not this.all
    number = read_given_back("第46题退回，这个归财务")
    assert number
    assert (number.what, number.words) == ("46", "这个归财务")
    doubt = read_given_back("这题我也不知道")
    assert doubt
    assert doubt.plain
    assert not any(map(read_given_back, ["不知道", "退税100万", "还有", "退休3人", "回家"]))
