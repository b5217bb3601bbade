"""A long text in pieces, through the encrypted callback and back, cards and all."""

from __future__ import annotations

from typing import Any

from storage import answers, forms

CONTACT = "chenyu"
District = Make = Any  # the types of conftest.py, which can't be imported


def present(district: District) -> dict[str, Any]:
    with district.services.database.read() as tx:
        return dict(answers.present(tx, forms.of_person(tx, CONTACT)[0].id))


def test_a_text_is_sent_in_pieces_and_closed_by_a_tap(make_district: Make) -> None:
    district = make_district()
    district.open(CONTACT)
    district.say(CONTACT, "修改 年度总体工作")
    assert "写完回「完」" in district.newest(CONTACT).words()
    district.say(CONTACT, "全年围绕中心工作，抓好重点项目。")
    assert "yearly_work" not in present(district)
    district.say(CONTACT, "提交材料方面：进一步规范。")
    assert "共30字" in district.newest(CONTACT).words()
    district.say(CONTACT, "进度")
    assert "写了一半的" in district.newest(CONTACT).words()
    district.press(CONTACT, "done")
    assert present(district)["yearly_work"] == (
        "全年围绕中心工作，抓好重点项目。\n提交材料方面：进一步规范。"
    )
    assert "30字" in "\n".join(bubble.words() for bubble in district.bubbles(CONTACT)[-2:])
    assert district.complaints("dropped", "cut", "ignored", "refused") == []
