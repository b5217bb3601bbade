"""What the rooms of the running service share, made once in a process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import requests

from bot.clock import Clock, clock_of
from bot.documents import Builder, build_documents
from bot.incidents import Incidents
from bot.measures import Measures
from bot.metrics import Metrics
from bot.postbox import Postbox
from bot.settings import Settings
from bot.shelf import Shelf
from bot.tokens import StoredTokens
from bot.wecom.api import ApiSettings, WeComApi
from bot.wecom.credentials import Refusals
from dialogs import desk as desk_talk
from dialogs import machine as interview_talk
from dialogs.case import Case, Desk
from dialogs.events import Event
from dialogs.states import State
from dialogs.step import Step
from storage.database import Database
from storage.files import FileStore

Machine = Callable[[State, Event, Case, datetime], Step]
DeskMachine = Callable[[State, Event, Desk, datetime], Step]


@dataclass(frozen=True)
class Services:
    """Everything a turn or a job works with; `wake` is set after each commit that may have
    left something to send."""

    settings: Settings
    clock: Clock
    database: Database
    files: FileStore
    api: WeComApi
    postbox: Postbox
    machine: Machine
    desk: DeskMachine
    build: Builder
    incidents: Incidents
    shelf: Shelf = field(default_factory=Shelf)
    measures: Measures = field(default_factory=Measures)
    metrics: Metrics = field(default_factory=Metrics)
    wake: threading.Event = field(default_factory=threading.Event)

    def close(self) -> None:
        self.api.close()
        self.database.close()


def make_services(
    settings: Settings,
    clock: Clock | None = None,
    *,
    machine: Machine | None = None,
    desk: DeskMachine | None = None,
    build: Builder | None = None,
    session: requests.Session | None = None,
) -> Services:
    """The services of these settings; what else is given stands in for parts of the house in
    tests, `session` for the way to WeChat Work."""
    clock = clock or clock_of(settings.clock_file)
    database = Database(settings.database_url)
    incidents = Incidents(database, settings)
    return Services(
        settings=settings,
        clock=clock,
        database=database,
        files=FileStore(settings.file_store),
        api=_make_api(settings, database, clock, session, incidents),
        postbox=Postbox(settings.agent_id, cards=settings.cards),
        machine=machine or interview_talk.step,
        desk=desk or desk_talk.step,
        build=build or partial(build_documents, pdf=settings.pdf),
        incidents=incidents,
    )


def _make_api(
    settings: Settings,
    database: Database,
    clock: Clock,
    session: requests.Session | None,
    refusals: Refusals,
) -> WeComApi:
    tokens = StoredTokens(database, f"{settings.corp_id}-{settings.agent_id}")
    api_settings = ApiSettings(
        corp_id=settings.corp_id,
        secret=settings.secret.get_secret_value(),
        agent_id=settings.agent_id,
        base_url=settings.api_base,
        ca_bundle=settings.ca_bundle,
    )
    return WeComApi(api_settings, tokens, clock, session, refusals)
