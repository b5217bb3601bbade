"""Every page at the width of a phone, by day and in the dark, by keyboard, without a fault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.acts.approve import approve
from bot.acts.base import standing_of
from bot.acts.purge import ask_purge
from bot.acts.send_in import send_in
from bot.app import create_app
from bot.web.frame import page_rule
from storage import evidence, files, units

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
Open = Callable[..., "Page"]

STICKING = """[...document.querySelectorAll('body *')].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.right > innerWidth + 1 && !node.closest('.scroll, .skip');
}).map(node => node.outerHTML.slice(0, 80))"""
# Words that hardly differ from their ground. WeUI's own white on green is left as it is.
PALE = """() => {
    const parts = colour => {
        const [r, g, b, a] = colour.match(/[\\d.]+/g).map(Number);
        return [...(colour.startsWith('color') ? [r * 255, g * 255, b * 255] : [r, g, b]), a ?? 1];
    };
    const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3]));
    const ground = node => {
        const own = parts(getComputedStyle(node).backgroundColor);
        if (own[3] === 1) return own;
        return over(own, node.parentElement ? ground(node.parentElement) : [255, 255, 255]);
    };
    const light = colour => [.2126, .7152, .0722].reduce((sum, share, i) => {
        const v = colour[i] / 255;
        return sum + share * (v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    }, 0);
    const words = node => [...node.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    return [...document.querySelectorAll('header *, main *')].filter(node => {
        if (!words(node) || node.closest('.weui-btn, .visually-hidden, option, [hidden]')) return false;
        const under = ground(node);
        const pair = [light(over(parts(getComputedStyle(node).color), under)), light(under)];
        return (Math.max(...pair) + .05) / (Math.min(...pair) + .05) < 3;
    }).map(node => `${node.className}: ${node.textContent.trim().slice(0, 20)}`);
}"""
FOCUS = """() => {
    const node = document.activeElement;
    return node === document.body ? '' : getComputedStyle(node).outlineStyle === 'none'
        ? node.outerHTML.slice(0, 80) : '';
}"""
PARTS = {"question_id": "key_tasks", "name": "purge"}
STOPS = 12


def addresses(house: Any) -> list[str]:
    """Every page that is looked at, of this form."""
    app = create_app(services=house.services)
    rules = [rule for rule in app.url_map.iter_rules() if page_rule(app, rule.endpoint)]
    urls = app.url_map.bind("localhost")
    found = []
    for rule in rules:
        downloads = ("/content", ".xlsx", "<int:number>", "/evidence")
        if "GET" not in (rule.methods or ()) or rule.rule.endswith(downloads):
            continue
        values = {n: house.form_id if n == "form_id" else PARTS.get(n, 1) for n in rule.arguments}
        found.append(urls.build(rule.endpoint, values))
    return [*found, "/pages/no/such/page"]


def stage(house: Any) -> None:
    """A form with long names in it, a unit, a file, and a purge that waits."""
    house.fill()
    services, form_id, now = house.services, house.form_id, house.clock()
    with services.database.begin() as tx:
        department = standing_of(tx, form_id).department_id
        units.upsert(tx, department, "01", "梅州市梅江区中小企业服务中心（招商服务中心）")
        key = services.files.put(b"%PDF", "a.pdf")
        files.keep(tx, key, f"{'averylongname' * 8}.pdf", 4, "application/pdf", now)
        evidence.add(tx, form_id, "", key, "chenyu", now)
        ask_purge(services, tx, "chenyu", form_id, "fact", "duties", "写进了不该写的" * 8, now)


def send(house: Any) -> None:
    house.clock.advance(timedelta(minutes=1))
    with house.services.database.begin() as tx:
        send_in(house.services, tx, "chenyu", house.form_id, house.clock())


def let_go(house: Any) -> None:
    house.clock.advance(timedelta(minutes=1))
    with house.services.database.begin() as tx:
        approve(house.services, tx, "linfan", house.form_id, house.clock())
    house.drain()


STEPS = ((stage, "chenyu", "zhouning"), (send, "chenyu", "linfan"), (let_go, "chenyu", "wuheng"))


@pytest.mark.parametrize("dark", [False, True])
def test_every_page_in_every_state(house: Any, open_as: Open, dark: bool) -> None:
    wrong = []
    for step, *viewers in STEPS:
        step(house)
        for userid in viewers:
            page = open_as(userid, "home", dark=dark)
            for path in addresses(house):
                page.goto(f"{house.url}{path}")
                faults = [*page.evaluate(STICKING), *page.evaluate(PALE)]
                if page.evaluate("document.documentElement.scrollWidth") > 360:
                    faults.append("wider than the screen")
                wrong += [f"{step.__name__} {userid} {path}: {fault}" for fault in faults]
    assert wrong == []


def test_whoever_uses_the_keyboard_sees_where_they_are(house: Any, open_as: Open) -> None:
    stage(house)
    page = open_as("chenyu", "home")
    wrong = []
    for path in addresses(house):
        page.goto(f"{house.url}{path}")
        for _ in range(STOPS):
            page.keyboard.press("Tab")
            unseen = page.evaluate(FOCUS)
            if unseen:
                wrong.append(f"{path}: {unseen}")
    assert wrong == []
