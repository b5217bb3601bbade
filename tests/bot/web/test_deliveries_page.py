"""报送文件: all versions of a form with all files, for finance and coordinators."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from bot.services import Services
from storage import deliveries, files, forms, people, seals
from storage.files import FileDamaged

REPORT, SCAN = "报告（第1版）.docx", "盖章页.pdf"


@pytest.fixture
def delivered(services: Services, form_id: int, clock: Any) -> dict[str, str]:
    """Two versions: the first late, with evidence and a sealed paper; keys by name."""
    keys = {}
    with services.database.begin() as tx:
        for name, content in (
            (REPORT, b"report"),
            ("佐证.zip", b"PK" * 1_500_000),
            (SCAN, b"%PDF"),
        ):
            keys[name] = services.files.put(content, name)
            files.keep(tx, keys[name], name, len(content), "application/zip", clock())
        for version, packed in ((1, keys["佐证.zip"]), (2, None)):
            forms.next_version(tx, form_id, clock())
            deadline = clock() - timedelta(days=1) if version == 1 else clock()
            deliveries.add(
                *(tx, form_id, version, [keys[REPORT]], clock()),
                code="H4T2-8K",
                deadline=deadline,
                evidence_key=packed,
            )
        seals.add(tx, form_id, 1, keys[SCAN], "H4T2-8K", "chenyu", clock())
    return keys


def test_finance_sees_every_version_and_may_save_every_file(
    browse: Any, delivered: dict[str, str], form_id: int
) -> None:
    finance = browse("wuheng")
    shown = finance.get(f"/pages/deliveries/{form_id}").text
    assert shown.index("第2版") < shown.index("第1版")
    assert "晚了1个工作日" in shown
    assert "按时" in shown
    assert "盖章件：盖章页.pdf" in shown
    assert "2.9MB" in shown
    for path, name, size in (
        (f"/pages/deliveries/{form_id}/1/1", REPORT, 6),
        (f"/pages/deliveries/{form_id}/1/2", SCAN, 4),
        (f"/pages/deliveries/{form_id}/1/evidence", "佐证.zip", 3_000_000),
    ):
        assert path in shown
        got = finance.get(path)
        assert len(got.data) == size == got.content_length
        assert quote(name, safe="") in got.headers["Content-Disposition"]
        assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert got.headers["Cache-Control"] == "no-store"


def test_what_is_not_there_is_not_found(
    browse: Any, delivered: dict[str, str], form_id: int
) -> None:
    finance = browse("wuheng")
    for path in ("2/evidence", "1/0", "1/9", "9/1", "9/evidence"):
        assert finance.get(f"/pages/deliveries/{form_id}/{path}").status_code == 404


def test_a_purged_file_is_said_to_be_gone(
    browse: Any, services: Services, delivered: dict[str, str], form_id: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        files.purge(tx, delivered["佐证.zip"], clock())
    finance = browse("wuheng")
    shown = finance.get(f"/pages/deliveries/{form_id}").text
    assert "已清除" in shown
    assert f"{form_id}/1/evidence" not in shown
    assert finance.get(f"/pages/deliveries/{form_id}/1/evidence").status_code == 404


def test_a_damaged_file_breaks_off(
    browse: Any, services: Services, delivered: dict[str, str], form_id: int
) -> None:
    key = delivered["佐证.zip"]
    path = Path(services.settings.file_store, key[:2], key)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    got = browse("wuheng").get(f"/pages/deliveries/{form_id}/1/evidence")
    with pytest.raises(FileDamaged):
        _ = got.data
    path.unlink()
    assert browse("wuheng").get(f"/pages/deliveries/{form_id}/1/evidence").status_code == 404


def test_the_list_has_the_forms_of_ones_concern(
    browse: Any, services: Services, delivered: dict[str, str], form_id: int
) -> None:
    shown = browse("wuheng").get("/pages/deliveries").text
    assert "已报送1个单位" in shown
    assert f'href="/pages/deliveries/{form_id}"' in shown
    with services.database.begin() as tx:
        elsewhere = people.roles(tx, "hesui")[0].department_id
        people.revoke(tx, "zhouning", "coordinator", None)
        people.grant(tx, "zhouning", "coordinator", elsewhere)
    shown = browse("zhouning").get("/pages/deliveries").text
    assert "还没有单位报送" in shown
    assert browse("chenyu").get("/pages/deliveries").status_code == 404
