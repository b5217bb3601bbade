"""发通知 on the page: written, previewed, sent once; a file for the next notice; receipts."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import Image

from bot.services import Services
from storage import files, notices, people

PATH = "/pages/notices"
WORDS = "请各单位于6月10日前完成填报。\r\n有困难的先打电话。"
ALL = {"words": WORDS, "to": "all", "role": ["contact"]}


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), (9, 90, 200)).save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def office(browse: Callable[..., Any]) -> Any:
    return browse("zhouning")


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def preview(office: Any, **more: Any) -> str:
    response = office.post(f"{PATH}/preview", ALL | more)
    assert response.status_code == 200, response.text
    return str(response.text)


def ticket(page: str, **more: Any) -> dict[str, Any]:
    return ALL | {"seen": hidden(page, "seen"), "once": hidden(page, "once"), "when": "now"} | more


def kept(services: Services) -> list[tuple[str, str, int]]:
    """Each notice: words, file, how many are to get it."""
    with services.database.read() as tx:
        found = notices.latest(tx, 9)
        return [(n.words, n.file_name, len(notices.receipts(tx, [n.id]))) for n in found]


def test_it_is_shown_first_and_sent_once(office: Any, services: Services) -> None:
    page = preview(office)
    assert "4个单位4人" in page
    assert "陈宇（科工商务局）" in page
    assert kept(services) == []
    told = ticket(page)
    assert office.post(f"{PATH}/send", told).status_code == 303
    again = office.post(f"{PATH}/send", told)
    assert again.status_code == 409
    assert "刚才已经发过" in again.text
    assert kept(services) == [(WORDS.replace("\r\n", "\n"), "", 4)]
    assert "已回0/4" in office.get(PATH).text


def test_only_those_ticked_get_it(office: Any, services: Services) -> None:
    more = {"to": "some", "place": ["302", "303"], "role": ["reviewer"]}
    page = preview(office, **more)
    assert "2个单位3人" in page
    office.post(f"{PATH}/send", ticket(page, **more))
    with services.database.read() as tx:
        found = {each.userid for each in notices.receipts(tx, [1])}
    assert found == {"luping", "fangze", "xumo"}


def test_who_changed_meanwhile_is_shown_again(office: Any, services: Services) -> None:
    told = ticket(preview(office))
    with services.database.begin() as tx:
        people.upsert(tx, "songqi", "宋启", active=False)
    refused = office.post(f"{PATH}/send", told)
    assert refused.status_code == 409
    assert "有变化" in refused.text
    assert kept(services) == []


def test_a_file_goes_with_the_notice_and_is_used_up(office: Any, services: Services) -> None:
    file = (io.BytesIO(picture()), "附表.jpg")
    response = office.post(f"{PATH}/preview", {"words": "", "file": file})
    assert response.status_code == 303
    assert "附表.jpg" in office.get(PATH).text
    page = preview(office)
    assert "附表.jpg" in page
    office.post(f"{PATH}/send", ticket(page))
    assert kept(services)[0][1] == "附表.jpg"
    with services.database.read() as tx:
        assert notices.file_of(tx, "zhouning") is None
        assert files.get(tx, notices.one(tx, 1).file_key).name == "附表.jpg"


def test_a_file_can_be_taken_back(office: Any, services: Services) -> None:
    office.post(f"{PATH}/preview", {"file": (io.BytesIO(picture()), "附表.jpg")})
    with services.database.read() as tx:
        assert notices.file_of(tx, "zhouning")
    office.post(f"{PATH}/file/drop")
    with services.database.read() as tx:
        assert notices.file_of(tx, "zhouning") is None


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("附表-机密.jpg", picture(), "密"),
        ("附表.exe", b"MZ" + b"\0" * 200, "“附表.exe”没有收下"),
        ("附表.jpg", b"", "空文件"),
    ],
)
def test_files_that_evidence_would_be_refused_for(
    office: Any, services: Services, name: str, content: bytes, why: str
) -> None:
    refused = office.post(f"{PATH}/preview", ALL | {"file": (io.BytesIO(content), name)})
    assert refused.status_code == 409
    assert why in refused.text
    with services.database.read() as tx:
        assert notices.file_of(tx, "zhouning") is None


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"role": []}, "没有选收的单位和人"),
        ({"to": "some", "place": []}, "没有选收的单位和人"),
        ({"to": "some", "place": ["999"]}, "没有选收的单位和人"),
        ({"place": ["302"]}, "勾了1个单位，又选了“全部单位”"),
        ({"words": "长" * 1501}, "内容太长"),
        ({"words": "绝密★长期 关于"}, "密级标志"),
        ({"supplements": "77"}, "没有这条通知"),
    ],
)
def test_what_can_not_be_sent(office: Any, more: dict[str, Any], why: str) -> None:
    refused = office.post(f"{PATH}/preview", ALL | more)
    assert refused.status_code == 409
    assert why in refused.text


def test_in_the_evening_it_can_wait_and_be_cancelled(
    office: Any, services: Services, clock: Any
) -> None:
    clock.now = datetime(2022, 5, 9, 12, 0, tzinfo=UTC)
    page = preview(office)
    assert "上班后发" in page
    office.post(f"{PATH}/send", ticket(page, when="later"))
    assert "等到5月10日9:" in office.get(PATH).text
    office.post(f"{PATH}/cancel", {"notice": "1"})
    assert "已取消" in office.get(PATH).text


def test_those_who_have_not_answered_get_it_again_once(
    office: Any, services: Services, clock: Any
) -> None:
    office.post(f"{PATH}/send", ticket(preview(office)))
    with services.database.begin() as tx:
        for userid in ("chenyu", "hesui", "tangyue", "songqi"):
            notices.note_sent(tx, 1, userid, clock())
        notices.confirm(tx, 1, "chenyu", clock())
    page = office.get(PATH).text
    assert "已回1/4" in page
    assert "再发给这3人" in page
    told = {"notice": "1", "seen": hidden(page, "seen"), "once": hidden(page, "once")}
    assert office.post(f"{PATH}/again", told).status_code == 303
    assert office.post(f"{PATH}/again", told).status_code == 409
    query = "SELECT count(*) FROM tasks WHERE kind = 'notice'"
    with services.database.read() as tx:
        assert tx.exec_driver_sql(query).scalar_one() == 2


def test_words_are_shown_as_words(office: Any) -> None:
    page = preview(office, words="<script>alert(1)</script>")
    assert "<script>alert" not in page


def test_the_first_page_leads_there(office: Any, browse: Callable[..., Any]) -> None:
    assert f'href="{PATH}"' in office.get("/pages/home").text
    assert f'href="{PATH}"' not in browse("chenyu").get("/pages/home").text
