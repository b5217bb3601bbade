"""What a page is built with: sign-in, access, transaction, errors and looks, once for all.

A page module makes a `Pages` and writes views that only say what they show or do. Who is not
signed in is led to the login and back; who has no access gets the same answer as for a form
that doesn't exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from flask import Blueprint, Response, flash, g, redirect, render_template, request
from sqlalchemy import Connection
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from bot.acts.base import ActRefused
from bot.acts.secrecy import refuse_secret
from bot.lifecycle import By
from bot.logs import place_of
from bot.phrases import listed, phrase
from bot.services import Services
from bot.web.access import HATS, Access, passed
from bot.web.faults import fault, is_htmx, notice
from bot.web.links import PREFIX
from bot.web.login import start_login
from bot.web.session import is_for_another, is_ours, signed_in
from storage import interviews, people
from storage.database import DatabaseDown
from storage.interviews import Standing

log = structlog.get_logger(__name__)
Answer = str | AnyResponse
View = Callable[..., Answer]


@dataclass(frozen=True)
class Visit:
    """Who opened a page, when, and the roles they hold at this moment."""

    userid: str
    name: str
    roles: tuple[people.Role, ...]
    now: datetime


@dataclass(frozen=True)
class PageRule:
    """What a view was registered with; views carry it, so that tests can go over all pages.
    `roles`: only who holds one of them, for whichever department (`everywhere`: for all of
    them), gets in."""

    access: Access | None
    post: bool
    transaction: bool
    roles: tuple[By, ...] = ()
    everywhere: bool = False

    def lets_in(self, held: Iterable[people.Role]) -> bool:
        """Whether somebody with these roles gets in, as far as roles decide."""
        fitting = [each for each in held if each.role in self.roles]
        return not self.roles or any(
            each.department_id is None or not self.everywhere for each in fitting
        )


# A browser drops a cookie of more than 4 kB, and what is said once travels in the session's.
_SAID_AT_MOST = 800
LARGEST = 2**63 - 1
"""More than this is no number of anything: databases refuse to look for it."""


class NoAccess(Exception):
    """There is no such form, or it is not for this person: the answer is the same."""


class Pages:
    """Builds the blueprint of one page; `name` is the page's name in links."""

    def __init__(self, services: Services, name: str) -> None:
        self.name = name
        self.blueprint = Blueprint(name, __name__, url_prefix=PREFIX)
        self._services = services

    def form(
        self, rule: str, access: Access, *, post: bool = False, transaction: bool = True
    ) -> Callable[[View], View]:
        """Registers `view(visit, tx, standing, …)` for a rule with `<int:form_id>`.

        A GET looks inside `database.read()`, a POST acts inside `database.begin()` after its
        token was checked. Without `transaction` the view gets tx=None and may take files up to
        the limit for uploads; it opens transactions itself when they are read.
        """
        return self._register(rule, PageRule(access, post, transaction))

    def plain(
        self,
        rule: str,
        *,
        post: bool = False,
        transaction: bool = True,
        roles: tuple[By, ...] = (),
        everywhere: bool = False,
    ) -> Callable[[View], View]:
        """Registers `view(visit, tx, …)` for a page that is not about one form; `roles` are those
        of whom it is for, none for everybody, `everywhere` if only for those who hold them for all
        departments. Without `transaction` as for `form`."""
        return self._register(rule, PageRule(None, post, transaction, roles, everywhere))

    def render(
        self, template: str, visit: Visit, standing: Standing | None = None, **values: Any
    ) -> str:
        """The page as HTML, with department, year and hat in its header."""
        worn = g.get("hats", [])
        return render_template(template, visit=visit, standing=standing, hats=worn, **values)

    def done(
        self,
        visit: Visit,
        standing: Standing | None,
        code: str,
        *,
        to: str | None = None,
        **numbers: object,
    ) -> AnyResponse:
        """Leads back to this page (or to the path `to` of ours) with a sentence shown once."""
        said = phrase(code, **numbers)
        flash(said if len(said) <= _SAID_AT_MOST else f"{said[: _SAID_AT_MOST - 1]}…")
        path = f"{PREFIX}/{self.name}" if standing is None else self.path(standing)
        return _leading(to or path)

    def path(self, standing: Standing) -> str:
        """The path of this page for a form."""
        return f"{PREFIX}/{self.name}/{standing.form_id}"

    def _register(self, rule: str, page: PageRule) -> Callable[[View], View]:
        def register(view: View) -> View:
            def answer(**values: Any) -> Answer:
                return self._answer(view, page, values)

            answer.page = page  # type: ignore[attr-defined]
            # The limiter knows views by their names.
            answer.__name__ = f"{self.name}_{view.__name__}"
            methods = ["POST"] if page.post else ["GET"]
            self.blueprint.add_url_rule(rule, view.__name__, answer, methods=methods)
            return view

        return register

    def _answer(self, view: View, page: PageRule, values: dict[str, Any]) -> Answer:
        settings, now = self._services.settings, self._services.clock()
        userid = signed_in(settings, now)
        if userid is None or (not page.post and is_for_another(settings, userid)):
            return fault("signed_out", 401) if page.post else start_login(settings, now)
        if any(isinstance(value, int) and value > LARGEST for value in values.values()):
            return fault("404", 404)
        if page.post and not is_ours():
            return fault("forged", 403)
        try:
            return self._carried_out(view, page, values, userid, now)
        except NoAccess:
            return fault("404", 404)
        except ActRefused as refusal:
            return notice(phrase("page_refused_title"), refusal.words, 409)
        except HTTPException:
            raise
        except DatabaseDown as error:
            log.error("page_put_off", page=request.endpoint, **place_of(error))
            return fault("503", 503)
        except Exception as error:
            log.error("page_failed", page=request.endpoint, **place_of(error))
            return fault("500", 500)

    def _carried_out(
        self, view: View, page: PageRule, values: dict[str, Any], userid: str, now: datetime
    ) -> Answer:
        if page.post:
            refuse_secret(*(text for _, text in request.form.items(multi=True)))
        database = self._services.database
        writes = page.post and page.transaction
        with database.begin() if writes else database.read() as tx:
            visit = self._visit(tx, userid, now, lock=writes)
            if visit is None:
                return stranger(tx)
            if not page.lets_in(visit.roles):
                raise NoAccess
            given: tuple[object, ...] = (visit, tx if page.transaction else None)
            if page.access is not None:
                given += (self._standing(tx, visit, page.access, values.pop("form_id")),)
            if page.transaction:
                answer = view(*given, **values)
        if not page.transaction:
            answer = view(*given, **values)
        if page.post:
            self._services.wake.set()
        return answer

    def _visit(self, tx: Connection, userid: str, now: datetime, lock: bool) -> Visit | None:
        """None for somebody unknown or no longer active. Who acts is locked before the form."""
        person = people.person(tx, userid, lock=lock)
        if person is None or not person.active:
            return None
        return Visit(person.userid, person.name, tuple(people.roles(tx, userid)), now)

    def _standing(self, tx: Connection, visit: Visit, access: Access, form_id: int) -> Standing:
        standing = interviews.one(tx, form_id)
        if standing is None:
            raise NoAccess
        let_in = passed(access, tx, visit.userid, standing, visit.now)
        if not let_in:
            raise NoAccess
        g.hats = [HATS[each] for each in let_in if each in HATS]
        return standing


def number(text: str) -> int | None:
    """The number (of a file, a proposal, an answer) that a field of a form holds; None for what
    is none."""
    if not (text.isascii() and text.isdigit() and len(text) < len(str(LARGEST))):
        return None
    return int(text)


def stranger(tx: Connection) -> Response:
    """Says to somebody who is not on the list whom to ask."""
    names = interviews.names(tx, None, "coordinator")["coordinator"]
    return fault("stranger", 403, names=listed(names))


def _leading(path: str) -> AnyResponse:
    if is_htmx():
        return Response("", 204, {"HX-Redirect": path})
    return redirect(path, 303)
