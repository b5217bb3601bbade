"""Numbers of persons in the evidence are named at 送审: kinds and counts, never the numbers."""

from typing import Any

from bot.acts.send_in import send_in
from bot.services import Services
from storage import evidence, files


def told(services: Services, userid: str) -> str:
    with services.database.read() as tx:
        query = "SELECT payload FROM outbox WHERE userid = ? ORDER BY id"
        return "\n".join(row[0] for row in tx.exec_driver_sql(query, (userid,)))


def given(services: Services, tx: Any, form_id: int, name: str, counts: Any) -> int:
    key = services.files.put(name.encode(), name)
    files.keep(tx, key, name, 4, "application/pdf", services.clock(), counts)
    evidence.add(tx, form_id, "A1-1", key, "chenyu", services.clock())
    return evidence.add(tx, form_id, "A1-2", key, "chenyu", services.clock())


def test_contact_and_reviewer_are_told(services: Services, filled: int) -> None:
    with services.database.begin() as tx:
        given(services, tx, filled, "补助名单.xlsx", {"id_card": 12, "mobile": 3})
        given(services, tx, filled, "合同.pdf", None)
        send_in(services, tx, "chenyu", filled, services.clock())
    for userid in ("chenyu", "linfan"):
        words = told(services, userid)
        assert "有1份佐证材料" in words
        assert "补助名单.xlsx：身份证号12个、手机号3个" in words
        assert "合同.pdf" not in words
    assert "个人号码" not in told(services, "wuheng")


def test_what_was_taken_out_is_not_named(services: Services, filled: int) -> None:
    with services.database.begin() as tx:
        number = given(services, tx, filled, "补助名单.xlsx", {"id_card": 12})
        for each in (number - 1, number):
            evidence.remove(tx, filled, each, "chenyu", services.clock())
        send_in(services, tx, "chenyu", filled, services.clock())
    assert "个人号码" not in told(services, "chenyu")
