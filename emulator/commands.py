"""The commands that steer an emulator which runs: ``python -m emulator fault latency --seconds 3``.

Each prints what the emulator answers, as JSON; a refusal ends with exit code 1.
"""

import json
from typing import Any, get_args
from urllib.parse import urlsplit

import click
import requests

from emulator.faults import Kind
from emulator.settings import SWITCHES, is_loopback

USUAL_PAGE = "http://127.0.0.1:8090/"
WAIT = 60
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}

at_page = click.option(
    "--page", default=USUAL_PAGE, show_default=True, help="Address of the emulator's chat page."
)


@click.command()
@at_page
@click.argument("kind", required=False, type=click.Choice(get_args(Kind)))
@click.option(
    "--where", type=click.Choice(["api", "callback"]), help="Usual: api, where it can be."
)
@click.option("--path", help="Part of the API path; of a callback's message type or event.")
@click.option("--userid", help="Only what concerns this member.")
@click.option("--skip", type=int, help="Spare the first so many.")
@click.option("--rate", type=float, help="Strike each with this probability (0-1), until cleared.")
@click.option("--times", type=int, help="So many strikes; usual: one, or any number with a rate.")
@click.option("--seconds", type=float, help="Of a latency, of holding back, of patience, of skew.")
@click.option("--errcode", type=int, help="What errcode answers; usual: -1.")
@click.option("--until-cleared", is_flag=True, help="Any number of strikes.")
@click.option("--clear", is_flag=True, help="Switch everything off, and bring what is held back.")
def fault(page: str, kind: str | None, until_cleared: bool, clear: bool, **given: Any) -> None:
    """Switch a fault on; without a kind, list what is on."""
    wanted = {name: value for name, value in given.items() if value is not None}
    if clear:
        _call("DELETE", page, "faults")
    if kind:
        unbounded = {"times": None} if until_cleared else {}
        _call("POST", page, "faults", {"kind": kind} | wanted | unbounded)
    _print(_call("GET", page, "faults"))


@click.command("storm")
@at_page
@click.option("--rate", type=float, required=True, help="How often each thing goes wrong (0-1).")
@click.option("--seed", default=0, show_default=True, help="The dice.")
@click.option("--losses", is_flag=True, help="Also what WeChat Work loses without a word.")
def storm_command(page: str, rate: float, seed: int, losses: bool) -> None:
    """Let everything go wrong at random until `fault --clear`."""
    _print(_call("POST", page, "storm", {"rate": rate, "seed": seed, "losses": losses}))


@click.command()
@at_page
@click.argument("name", type=click.Choice(["agent_disabled", "address_refused", *SWITCHES]))
@click.argument("value")
def switch(page: str, name: str, value: str) -> None:
    """Set a switch: on, off, or a number."""
    wish: Any = {"on": True, "off": False}.get(value, value)
    if name in ("agent_disabled", "address_refused") and not isinstance(wish, bool):
        raise click.ClickException(f"{name} is on or off, not {value}")
    _print(_call("POST", page, "switches", {name: wish}))


@click.command("clock")
@at_page
@click.option("--advance", help="Move on by this much: 30s, 5m, 2h, 3d.")
@click.option("--set", "moment", help="Show this time: 2026-03-02T09:00+08:00.")
@click.option("--speed", type=float, help="1 = real time, 60 = a minute a second, 0 = stopped.")
def clock_command(page: str, advance: str | None, moment: str | None, speed: float | None) -> None:
    """Steer the clock, which the bot shares if it was started so."""
    wish: dict[str, Any] = {}
    if advance is not None:
        wish["advance"] = _seconds(advance)
    elif moment is not None:
        wish["set"] = moment
    elif speed is not None:
        wish["speed"] = speed
    _print(_call("POST", page, "clock", wish))


@click.command()
@at_page
@click.argument("what", nargs=-1, required=True)
def expire(page: str, what: tuple[str, ...]) -> None:
    """Make tokens, media, logins or cards too old, without moving the clock."""
    _print(_call("POST", page, "expire", {"what": list(what)}))


@click.command()
@at_page
def invalidate(page: str) -> None:
    """Kill every access token before its time."""
    _print(_call("POST", page, "tokens/invalidate", {}))


@click.command()
@at_page
@click.option("--seconds", default=5.0, show_default=True)
def away(page: str, seconds: float) -> None:
    """Refuse every connection for a while."""
    _print(_call("POST", page, "away", {"seconds": seconds}))


@click.command()
@at_page
@click.option("--since", default=0, help="Only what comes after this number.")
@click.option("--what", default=None, help="told, tried, brought, replied, called or sent.")
def record(page: str, since: int, what: str | None) -> None:
    """Print the whole story, a JSON object a line."""
    query = f"record?since={since}" + (f"&what={what}" if what else "")
    for line in _call("GET", page, query):
        click.echo(json.dumps(line, ensure_ascii=False))


COMMANDS: tuple[click.Command, ...] = (
    fault,
    storm_command,
    switch,
    clock_command,
    expire,
    invalidate,
    away,
    record,
)


def _call(method: str, page: str, path: str, body: object = None) -> Any:
    """What the emulator answers; ClickException where it refuses, or none listens."""
    if not is_loopback(urlsplit(page).hostname or ""):
        raise click.ClickException(f"{page} is not on this machine: there can be no emulator")
    session = requests.Session()
    session.trust_env = False
    try:
        answer = session.request(
            method, f"{page.rstrip('/')}/emulator/{path}", json=body, timeout=WAIT
        )
        found = answer.json()
    except requests.ConnectionError as error:
        raise click.ClickException(f"no emulator listens at {page}") from error
    except ValueError as error:
        raise click.ClickException(f"what listens at {page} is no emulator") from error
    if answer.status_code != 200:
        raise click.ClickException(str(found.get("error", found)))
    return found


def _print(found: object) -> None:
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _seconds(text: str) -> float:
    unit = UNITS.get(text[-1:])
    try:
        return float(text[:-1]) * unit if unit else float(text)
    except ValueError as error:
        raise click.ClickException(f"{text} is no span of time; write 30s, 5m, 2h or 3d") from error
