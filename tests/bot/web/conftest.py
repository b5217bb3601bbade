"""The pages as a browser sees them, with WeChat Work's login played by a table of codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from bot.app import create_app
from bot.services import Services
from bot.settings import Settings
from bot.wecom.api import Visitor
from bot.wecom.errors import ApiError, reaction_to

PUBLIC = "https://jixiao.example.gov.cn"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"|X-CSRF-Token": "([^"]+)"')


@dataclass
class Door:
    """Codes of the login: each is good once for the member it was given to."""

    codes: dict[str, str | None] = field(default_factory=dict)
    spent: set[str] = field(default_factory=set)
    number: int = 0

    def give(self, userid: str | None) -> str:
        """A new code; None is for somebody who is no member."""
        self.number += 1
        self.codes[f"code{self.number}"] = userid
        return f"code{self.number}"

    def oauth_user(self, code: str) -> Visitor:
        if code in self.spent:
            raise ApiError("auth/getuserinfo", 42022, "code has been used", reaction_to(42022))
        if code not in self.codes:
            raise ApiError("auth/getuserinfo", 40029, "invalid code", reaction_to(40029))
        self.spent.add(code)
        userid = self.codes[code]
        return Visitor(userid, None if userid else "openid1")


class Browser:
    """One browser with its cookies, inside the client of one member."""

    def __init__(self, app: Flask, door: Door, userid: str | None = None) -> None:
        self.client = app.test_client()
        self.door, self.userid = door, userid

    def get(self, path: str, **more: Any) -> TestResponse:
        """A page, through the login where it is asked for and along all redirects."""
        response = self.client.get(path, base_url=PUBLIC, **more)
        for _ in range(6):
            if response.status_code not in (301, 302, 303):
                return response
            response = self.follow(response)
        raise AssertionError("redirects without end")

    def follow(self, response: TestResponse) -> TestResponse:
        """One redirect further; the login answers with a code for who holds the client."""
        target = urlsplit(response.headers["Location"])
        if target.netloc == "open.weixin.qq.com":
            query = parse_qs(target.query)
            back, state = urlsplit(query["redirect_uri"][0]), query["state"][0]
            path = f"{back.path}?code={self.door.give(self.userid)}&state={state}"
            return self.client.get(path, base_url=PUBLIC)
        assert target.netloc in ("", urlsplit(PUBLIC).netloc)
        return self.client.get(f"{target.path}?{target.query}", base_url=PUBLIC)

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """A form sent from a page of this session, with its token."""
        form = {"csrf_token": self.token()} | (data or {})
        return self.client.post(path, base_url=PUBLIC, data=form, **more)

    def token(self) -> str:
        found = TOKEN.search(self.get("/pages/home").text)
        return next((part for part in found.groups() if part), "") if found else ""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"public_url": PUBLIC})


@pytest.fixture
def door(api: Any) -> Door:
    made = Door()
    api.oauth_user = made.oauth_user
    return made


@pytest.fixture
def app(services: Services) -> Flask:
    return create_app(services=services)


@pytest.fixture
def browser_of(door: Door) -> Callable[..., Browser]:
    """Makes a browser on some app in the client of a member."""
    return lambda app, userid=None: Browser(app, door, userid)


@pytest.fixture
def browse(app: Flask, browser_of: Callable[..., Browser]) -> Callable[..., Browser]:
    """Makes a browser in the client of a member, None for an outsider."""
    return lambda userid=None: browser_of(app, userid)
