"""The first page: what waits for the person who opened it, in each of their roles."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from flask import Blueprint, abort, current_app, redirect
from sqlalchemy import Connection

from bot import contact_talk
from bot.lifecycle import By, FormState
from bot.phrases import knows, listed, phrase
from bot.services import Services
from bot.web import PAGES
from bot.web.access import HATS, Access, AnyOf
from bot.web.frame import page_rule
from bot.web.links import PREFIX
from bot.web.pages import Answer, Pages, Visit
from storage import interviews, stand_ins
from storage.interviews import Standing

Place = dict[str, object]


def make_home(services: Services) -> Blueprint:
    """The page itself, and the addresses of pages without a form, which lead to the person's."""
    pages = Pages(services, "home")

    @pages.plain("/home")
    def show(visit: Visit, tx: Connection) -> str:
        places = [
            {
                "standing": standing,
                "hats": hats,
                "links": _links(standing.form_id, hats),
                "progress": _progress(services, tx, visit, standing, hats),
            }
            for standing, hats in forms_of(tx, visit)
        ]
        names = interviews.names(tx, None, By.COORDINATOR)[By.COORDINATOR]
        shared = _shared_pages(visit)
        return pages.render("home.html", visit, places=places, shared=shared, ask=listed(names))

    @pages.plain("/<name>")
    def choose(visit: Visit, tx: Connection, name: str) -> Answer:
        if name not in PAGES:
            abort(404)
        mine = [
            standing
            for standing, hats in forms_of(tx, visit)
            if name in dict(_links(standing.form_id, hats))
        ]
        if len(mine) == 1:
            return redirect(f"{PREFIX}/{name}/{mine[0].form_id}", 303)
        title = phrase(f"page_name_{name}") if knows(f"page_name_{name}") else ""
        return pages.render("choose.html", visit, page=name, heading=title, standings=mine)

    return pages.blueprint


def forms_of(tx: Connection, visit: Visit) -> list[tuple[Standing, list[By]]]:
    """The forms of open cycles that the person has to do with, and in which roles; their own
    first."""
    held: dict[int | None, set[str]] = {}
    for role in visit.roles:
        held.setdefault(role.department_id, set()).add(role.role)
    for each in stand_ins.running(tx, visit.now):
        if each.userid == visit.userid:
            held.setdefault(each.department_id, set()).add(By.REVIEWER)
    departments = None if None in held else [each for each in held if each is not None]
    found = interviews.on_desk(tx, tuple(FormState), departments) if held else []
    worn = [(each, _hats(held, each.department_id)) for each in found]
    # Who only helps (协办) has no pages.
    seen = [pair for pair in worn if pair[1]]
    return sorted(seen, key=lambda pair: (By.CONTACT not in pair[1], pair[0].form_id))


def _hats(held: dict[int | None, set[str]], department_id: int) -> list[By]:
    roles = held.get(department_id, set()) | held.get(None, set())
    return [by for by in HATS.values() if by in roles]


def _links(form_id: int, hats: Collection[By]) -> list[tuple[str, str]]:
    """The pages of a form that these hats open: name and address. One without a name for people
    (`page_name_…`) is reached in another way."""
    return [
        (name, f"{PREFIX}/{name}/{form_id}")
        for name, access in _form_pages()
        if knows(f"page_name_{name}") and any(HATS.get(each) in hats for each in _among(access))
    ]


def _shared_pages(visit: Visit) -> list[tuple[str, str]]:
    """The pages that are about no single form and for single roles: those that let the person
    in, name and address."""
    found = []
    for rule in current_app.url_map.iter_rules():
        page = page_rule(current_app, rule.endpoint)
        name = rule.rule.removeprefix(f"{PREFIX}/")
        if page and page.roles and not page.post and knows(f"page_name_{name}"):
            found += [(name, rule.rule)] if page.lets_in(visit.roles) else []
    return sorted(found)


def _form_pages() -> Iterator[tuple[str, Access]]:
    """The pages that are about one form, with who may open them."""
    for rule in current_app.url_map.iter_rules():
        page = page_rule(current_app, rule.endpoint)
        name = rule.rule.removeprefix(f"{PREFIX}/").partition("/")[0]
        if page and page.access and rule.rule == f"{PREFIX}/{name}/<int:form_id>" and not page.post:
            yield name, page.access


def _among(access: Access) -> tuple[Access, ...]:
    return access.among if isinstance(access, AnyOf) else (access,)


def _progress(
    services: Services, tx: Connection, visit: Visit, standing: Standing, hats: Collection[By]
) -> Place | None:
    """How far a form is; only for who fills it in: it takes working out the whole form."""
    if By.CONTACT not in hats:
        return None
    talk = contact_talk.fresh(services, tx, standing, visit.userid, visit.now)
    done, total = talk.progress.done, talk.progress.total
    return {"done": done, "total": total, "score": talk.sheet.total.so_far}
