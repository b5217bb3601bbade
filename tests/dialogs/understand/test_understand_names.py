"""People found by what others call them."""

from __future__ import annotations

import pytest

from dialogs.case import Known
from dialogs.understand.names import How, find_people

PEOPLE = [
    Known("chenxm", "陈小明", "资产股", ("明哥",)),
    Known("zhangsan", "张三", "财务股"),
    Known("liqiang", "李强", "采购办"),
    Known("liujg", "刘建国", "财务股 股长", ("刘会计",)),
    Known("zhaomin", "赵敏", "办公室"),
    Known("wangfang", "王芳", "办公室主任"),
    Known("wangli", "王丽", "信访办"),
    Known("ouyq", "欧阳清", "业务股"),
    Known("szm", "单志鸣", "人力资源和社会保障局"),
    Known("lyw", "吕颖雯", "发展股"),
    Known("zhang3", "张三", "体育局"),
]

CASES = [
    # the full name and the account
    ("李强", ["李强"], How.EXACT),
    ("李强。", ["李强"], How.EXACT),
    ("@赵敏", ["赵敏"], How.EXACT),
    ("陳小明", ["陈小明"], How.EXACT),
    ("LIQIANG", ["李强"], How.EXACT),
    ("szm", ["单志鸣"], How.EXACT),
    ("张三", ["张三", "张三"], How.EXACT),
    # an alias
    ("明哥", ["陈小明"], How.ALIAS),
    ("刘会计", ["刘建国"], How.ALIAS),
    # a surname with a title, 小, 老, 阿
    ("小陈", ["陈小明"], How.TITLE),
    ("老刘", ["刘建国"], How.TITLE),
    ("刘股", ["刘建国"], How.TITLE),
    ("刘股长", ["刘建国"], How.TITLE),
    ("王主任", ["王芳", "王丽"], How.TITLE),
    ("李工", ["李强"], How.TITLE),
    ("赵姐", ["赵敏"], How.TITLE),
    ("阿强", ["李强"], How.TITLE),
    ("欧阳局长", ["欧阳清"], How.TITLE),
    ("王", ["王芳", "王丽"], How.TITLE),
    ("小明", ["陈小明"], How.TITLE),
    ("赵敏同志", ["赵敏"], How.TITLE),
    # characters of the name in their order
    ("陈明", ["陈小明"], How.PART),
    ("建国", ["刘建国"], How.PART),
    ("颖雯", ["吕颖雯"], How.PART),
    ("陈明主任", ["陈小明"], How.PART),
    # the same sound, pinyin, initials
    ("陈名", ["陈小明"], How.SOUND),
    ("李墙", ["李强"], How.SOUND),
    ("赵民", ["赵敏"], How.SOUND),
    ("chenming", ["陈小明"], How.SOUND),
    ("Chen Ming", ["陈小明"], How.SOUND),
    ("cxm", ["陈小明"], How.SOUND),
    ("li qiang", ["李强"], How.SOUND),
    ("shanzhiming", ["单志鸣"], How.SOUND),
    ("lvyingwen", ["吕颖雯"], How.SOUND),
    ("欧阳青", ["欧阳清"], How.SOUND),
    # where they work; an abbreviation is the characters in their order
    ("财务", ["张三", "刘建国"], How.OFFICE),
    ("人社局", ["单志鸣"], How.OFFICE),
    ("信访办的人", ["王丽"], How.OFFICE),
    # an office and a name
    ("财务股的张三", ["张三"], How.EXACT),
    ("财务股张三", ["张三"], How.EXACT),
    ("张三（财务股）", ["张三"], How.EXACT),
    ("办公室的王主任", ["王芳"], How.TITLE),
    # something alike
    ("陈晓敏", ["陈小明"], How.LIKE),
    ("张珊", ["张三", "张三"], How.LIKE),
    ("liqian", ["李强"], How.LIKE),
]


def test_people_are_found_in_the_surest_way() -> None:
    wrong = []
    for said, names, how in CASES:
        found = find_people(PEOPLE, said)
        got = [match.person.name for match in found], found[0].how if found else None
        if got != (names, how):
            wrong.append((said, got))
    assert wrong == []


@pytest.mark.parametrize("said", ["", "。", "王五", "孙悟", "不行", "2587", "同志", "的"])
def test_nobody_is_like_it(said: str) -> None:
    assert find_people(PEOPLE, said) == ()


def test_an_office_named_with_a_name_tells_namesakes_apart() -> None:
    found = find_people(PEOPLE, "体育局的张三")
    assert [match.person.userid for match in found] == ["zhang3"]
    assert len(find_people(PEOPLE, "张三")) == 2


def test_people_of_the_own_department_stay_first() -> None:
    assert [m.person.userid for m in find_people(PEOPLE, "张三")] == ["zhangsan", "zhang3"]
    assert [m.person.userid for m in find_people(PEOPLE[::-1], "张三")] == ["zhang3", "zhangsan"]


def test_a_part_comes_before_a_sound() -> None:
    people = [Known("a", "程明"), Known("b", "陈小明")]
    assert [match.person.userid for match in find_people(people, "陈明")] == ["b"]
