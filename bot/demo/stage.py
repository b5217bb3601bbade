"""Everything a demonstration needs on this machine: secrets, ports, clock, script, processes."""

from __future__ import annotations

import base64
import json
import secrets
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import requests
import yaml

from bot.demo.play import script
from bot.district import DistrictPlan, read_plan
from bot.settings import Settings
from dialogs.case import Role
from scoring.loading import load
from scoring.plain import read_value
from scoring.source import read_source

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EMULATOR_PORT = 8090
BOT_PORT = 8091
MARK, CLOCK, _SCRIPT = "emulator.yaml", "clock.json", "play.json"
HOST = "127.0.0.1"
_START_SECONDS = 20


class NotOurs(Exception):
    """The folder holds files that no demonstration has written."""


class EmulatorSilent(Exception):
    """The emulator did not start; its log stands in emulator.log."""


@dataclass(frozen=True)
class Stage:
    """A prepared demonstration: its folder, the addresses, and the bot's settings."""

    folder: Path
    page: str
    bot_port: int
    settings: Settings
    plan: DistrictPlan


def prepare(folder: Path, standing: datetime | None = None) -> Stage:
    """Writes all files of a fresh demonstration into `folder`, which is emptied first. Raises
    NotOurs for a folder that holds anything but an earlier demonstration."""
    _empty(folder)
    plan = _plan()
    emulator_port, bot_port = free_port(EMULATOR_PORT), free_port(BOT_PORT)
    access = make_access()
    write_clock(folder / CLOCK, standing or plan.cycle.opens_at)
    config = _emulator_config(plan, access, emulator_port, bot_port)
    (folder / MARK).write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    (folder / _SCRIPT).write_text(_play(plan), "utf-8")
    settings = Settings(
        environment="development",
        database_url=f"sqlite:///{folder}/jixiao.db",
        file_store=str(folder / "files"),
        api_base=f"http://{HOST}:{emulator_port}/cgi-bin/",
        oauth_base=f"http://{HOST}:{emulator_port}/connect/oauth2/authorize",
        public_url=f"http://{HOST}:{bot_port}",
        clock_file=str(folder / CLOCK),
        worker_seconds=0.3,
        log_level="warning",
        **access,
    )
    return Stage(folder, f"http://{HOST}:{emulator_port}/", bot_port, settings, plan)


def _plan() -> DistrictPlan:
    """The example district; its first department has the chain of approval of the play."""
    plan = read_plan(EXAMPLES / "district.yaml")
    chain = yaml.safe_load((EXAMPLES / "demo.yaml").read_text(encoding="utf-8"))["reviewers"]
    first, *others = plan.model_dump()["departments"]
    changed = {**plan.model_dump(), "departments": [{**first, "reviewers": chain}, *others]}
    return DistrictPlan.model_validate(changed)


def start_emulator(folder: Path, page: str) -> subprocess.Popen[bytes]:
    """The emulator in a process of its own, with what `folder` holds for it, ready to be spoken
    to at this address. Raises EmulatorSilent."""
    command = [
        *(sys.executable, "-m", "emulator", "--config", str(folder / MARK)),
        *("--clock", str(folder / CLOCK)),
    ]
    if (folder / _SCRIPT).exists():
        command += ["--script", str(folder / _SCRIPT)]
    with (folder / "emulator.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - our own module
    _wait_for(page, process)
    return process


def _empty(folder: Path) -> None:
    if folder.exists():
        if not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARK).exists()):
            raise NotOurs(str(folder))
        shutil.rmtree(folder)
    folder.mkdir(parents=True)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    session = requests.Session()
    session.trust_env = False
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            session.get(address, timeout=1)
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    process.terminate()
    raise EmulatorSilent


def free_port(wanted: int) -> int:
    """The wanted port, or any free one where it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise RuntimeError("no free port on this machine")


def make_access() -> dict[str, Any]:
    """Secrets of a corporation that was never there before."""
    key = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    return {
        "corp_id": "wwemu" + secrets.token_hex(6),
        "agent_id": 1000002,
        "secret": secrets.token_hex(16),
        "token": secrets.token_hex(12),
        # WeChat Work allows letters and digits only.
        "aes_key": key.replace("+", "a").replace("/", "b"),
    }


def write_clock(path: Path, shown: datetime, speed: float = 1) -> None:
    """Sets the time that the emulator and we go by; at speed 0 it stands. Whoever reads the file
    meanwhile reads the old time."""
    record = {"shown": shown.isoformat(), "real": time.time(), "speed": speed}
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(record), encoding="utf-8")
    fresh.replace(path)


def _emulator_config(
    plan: DistrictPlan, access: dict[str, Any], port: int, bot_port: int
) -> dict[str, Any]:
    labels = yaml.safe_load((EXAMPLES / "demo.yaml").read_text(encoding="utf-8"))
    members = [
        {"userid": userid, "name": plan.people[userid], "role": label}
        for userid, label in labels["people"].items()
    ]
    # The others of the district get what is sent to them, too.
    members += [
        {"userid": userid, "name": name, "aside": True}
        for userid, name in plan.people.items()
        if userid not in labels["people"]
    ]
    callback = f"http://{HOST}:{bot_port}/wecom/callback"
    names = {"agent_name": labels["agent_name"], "callback_url": callback, "port": port}
    return {**access, **names, "members": members}


def _play(plan: DistrictPlan) -> str:
    standard = load(plan.cycle.standard)
    data = read_source("reference-case.yaml", (EXAMPLES / "reference-case.yaml").read_text("utf-8"))
    facts = {name: read_value(standard.facts[name], given) for name, given in data.data.items()}
    labels = yaml.safe_load((EXAMPLES / "demo.yaml").read_text(encoding="utf-8"))
    first = plan.departments[0]
    people = {
        Role.CONTACT: first.contacts[0],
        Role.FINANCE: plan.finance[0],
    }
    reviewers = [each.userid for each in first.reviewers]
    opens = plan.cycle.opens_at
    return script(standard, facts, people, reviewers, opens, labels["play_title"])
