"""What all pages have in common: headers, tokens, errors, limits, no traces."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from bot.acts.base import ActRefused
from bot.app import create_app
from bot.web import frame
from bot.web.access import may_fill
from bot.web.pages import Pages
from storage.database import DatabaseDown

BASE = "https://jixiao.example.gov.cn"
TRIED = "/pages/tried"


@pytest.fixture
def app(services, monkeypatch) -> Flask:
    """The app with a page that does what its address says."""
    import sys
    from types import ModuleType

    def make_tried(services):
        pages = Pages(services, "tried")

        @pages.form("/tried/<int:form_id>/<how>", may_fill, post=True)
        def act(visit, tx, standing, how):
            if how == "refuse":
                raise ActRefused("no_words")
            if how == "break":
                raise ValueError("what somebody typed")
            if how == "down":
                raise DatabaseDown("busy")
            if how == "long":
                # As much as nothing that is written in earnest can be packed.
                many = "".join(chr(0x4E00 + 7919 * n % 20000) for n in range(3000))
                return pages.done(visit, standing, "texts_saved", what=many)
            return pages.done(visit, standing, "texts_same")

        @pages.form("/tried/<int:form_id>", may_fill)
        def show(visit, tx, standing):
            return pages.render("home.html", visit, standing, places=[], ask="")

        @pages.form("/tried/<int:form_id>/files", may_fill, post=True, transaction=False)
        def take(visit, tx, standing):
            assert tx is None
            return "taken"

        return pages.blueprint

    module = ModuleType("bot.web.tried")
    module.make_tried = make_tried
    monkeypatch.setitem(sys.modules, "bot.web.tried", module)
    monkeypatch.setattr(frame, "PAGES", (*frame.PAGES, "tried"))
    return create_app(services=services)


def test_every_page_is_guarded_by_headers(browse):
    for path in ("/pages/home", "/pages/nothing", "/pages/login"):
        headers = browse("chenyu").get(path).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


def test_pages_hold_no_inline_script_or_style(browse, form_id):
    for path in ("/pages/home", f"/pages/texts/{form_id}", f"/pages/texts/{form_id}/duties"):
        text = browse("chenyu").get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text
        assert all("src=" in part[:90] for part in text.split("<script")[1:])
        assert "http://" not in text
        assert "https://" not in text


def test_a_post_without_the_token_does_nothing(browse, form_id):
    browser = browse("chenyu")
    browser.get("/pages/home")
    path = f"{TRIED}/{form_id}/go"
    for data in ({}, {"csrf_token": ""}, {"csrf_token": "x" * 32}):
        assert browser.client.post(path, base_url=BASE, data=data).status_code == 403


def test_the_token_of_another_session_is_refused(browse, form_id):
    mine, other = browse("chenyu"), browse("chenyu")
    mine.get("/pages/home")
    data = {"csrf_token": other.token()}
    response = mine.client.post(f"{TRIED}/{form_id}/go", base_url=BASE, data=data)
    assert response.status_code == 403


def test_the_token_may_come_as_a_header(browse, form_id):
    browser = browse("chenyu")
    headers = {"X-CSRF-Token": browser.token(), "HX-Request": "true"}
    response = browser.client.post(f"{TRIED}/{form_id}/go", base_url=BASE, headers=headers)
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == f"{TRIED}/{form_id}"


def test_what_was_done_is_said_once(browse, form_id):
    browser = browse("chenyu")
    response = browser.post(f"{TRIED}/{form_id}/go")
    assert response.status_code == 303
    assert "内容没有变化" in browser.get(response.headers["Location"]).text
    assert "内容没有变化" not in browser.get(response.headers["Location"]).text


def test_what_is_said_never_outgrows_the_cookie(browse, form_id):
    browser = browse("chenyu")
    response = browser.post(f"{TRIED}/{form_id}/long")
    (cookie,) = response.headers.getlist("Set-Cookie")
    assert len(cookie) < 4093
    assert "…</p>" in browser.get(response.headers["Location"]).text


def test_a_post_wakes_the_worker(browse, form_id, services):
    browser = browse("chenyu")
    services.wake.clear()
    browser.post(f"{TRIED}/{form_id}/go")
    assert services.wake.is_set()


def test_a_refused_act_says_what_to_do(browse, form_id):
    response = browse("chenyu").post(f"{TRIED}/{form_id}/refuse")
    assert response.status_code == 409
    assert "退回要写明原因" in response.text
    assert "<html" in response.text


def test_a_refused_act_is_a_piece_for_htmx(browse, form_id):
    response = browse("chenyu").post(f"{TRIED}/{form_id}/refuse", headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == "#notice"
    assert "<html" not in response.text
    assert "退回要写明原因" in response.text


@pytest.mark.parametrize(("how", "status"), [("break", 500), ("down", 503)])
def test_no_trace_reaches_a_person_or_a_log(browse, form_id, how, status, capsys):
    response = browse("chenyu").post(f"{TRIED}/{form_id}/{how}")
    assert response.status_code == status
    assert "Traceback" not in response.text
    assert "somebody typed" not in response.text
    out, err = capsys.readouterr()
    assert "somebody typed" not in out + err


def test_what_is_too_large_is_refused(browse, form_id, services):
    browser = browse("chenyu")
    big = {"text.x": "字" * services.settings.page_bytes}
    response = browser.post(f"{TRIED}/{form_id}/go", big)
    assert response.status_code == 413
    assert "太大了" in response.text
    response = browser.client.post(
        f"{TRIED}/{form_id}/files",
        base_url=BASE,
        data=b"x" * (services.settings.page_bytes + 1),
        headers={"X-CSRF-Token": browser.token(), "Content-Type": "application/octet-stream"},
    )
    assert response.text == "taken"


def test_a_wrong_method_is_no_trace_either(browse, form_id):
    response = browse("chenyu").get(f"{TRIED}/{form_id}/go")
    assert response.status_code == 405
    assert "没有办成" in response.text


@pytest.mark.parametrize("number", ["9" * 19, "9" * 30, "9" * 5000, "-1", "²", "٣"])
def test_numbers_that_are_none_break_nothing(browse, form_id, number):
    browser = browse("chenyu")
    for path in (
        f"/pages/materials/{number}",
        f"/pages/materials/{form_id}/files/{number}/content",
        f"/pages/units/{form_id}/{number}",
    ):
        assert browser.get(path).status_code == 404, path
    for path, data in (
        ("materials/{}/sort", {f"item-{number}": "A1-1-1"}),
        ("bring/{}/take", {"ids": number}),
        ("texts/{}/yearly_work", {"event.yearly_work": number, "text.yearly_work": "x"}),
        ("purge/{}/ask", {"target": f"evidence:{number}", "reason": "x"}),
        ("purge/{}/agree", {"purge": number}),
        ("seal/{}/remove", {"seal": number}),
    ):
        response = browser.post(f"/pages/{path.format(form_id)}", data)
        assert response.status_code in (303, 404, 409), path


def test_a_form_of_others_looks_like_one_that_is_not_there(browse, form_id):
    theirs = browse("hesui").get(f"{TRIED}/{form_id}")
    nothing = browse("hesui").get(f"{TRIED}/99999")
    assert theirs.status_code == nothing.status_code == 404
    strip = [part.split("</head>")[1] for part in (theirs.text, nothing.text)]
    assert strip[0].split("hx-headers")[1][90:] == strip[1].split("hx-headers")[1][90:]


def test_each_member_has_their_own_limit(services, browser_of):
    few = services.settings.model_copy(update={"page_requests": "5 per minute"})
    app = create_app(services=replace(services, settings=few))
    one = browser_of(app, "chenyu")
    statuses = [one.get("/pages/home").status_code for _ in range(7)]
    assert 429 in statuses
    with one.get("/pages/static/page.css") as file:
        assert file.status_code == 200
    assert "稍等" in one.get("/pages/home").text


def test_files_are_counted_apart_from_pages(services, browser_of, form_id):
    few = {"page_requests": "100 per minute", "upload_requests": "2 per minute"}
    app = create_app(services=replace(services, settings=services.settings.model_copy(update=few)))
    one = browser_of(app, "chenyu")
    path = f"/pages/materials/{form_id}/upload"
    assert [one.post(path).status_code == 429 for _ in range(4)] == [False, False, True, True]
    assert one.get("/pages/home").status_code == 200


def test_files_of_the_pages_may_be_kept_for_ever(browse):
    with browse("chenyu").get("/pages/static/page.css") as response:
        assert "immutable" in response.headers["Cache-Control"]
        assert "no-store" not in response.headers["Cache-Control"]
