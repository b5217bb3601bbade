"""The emulator's settings, which refuse anything that could belong to a real corporation.

Two guards stand in the types: the corporation's id must begin with ``wwemu`` and every address
the emulator calls or listens on must be this machine's own.
"""

import base64
import binascii
import ipaddress
import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator

ROOT_DEPARTMENT = 1


def is_loopback(host: str) -> bool:
    """True for localhost and for addresses that never leave this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Member(BaseModel):
    """One person of the emulated corporation; `role` is only a label for the page."""

    model_config = ConfigDict(extra="forbid")

    userid: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_\-@.]{0,63}$")
    name: str
    role: str = ""
    in_range: bool = True
    department: list[int] = Field(default_factory=lambda: [ROOT_DEPARTMENT])
    status: Literal[1, 2, 4, 5] = 1
    """As user/get gives it: 1 active, 2 disabled, 4 not activated, 5 left."""
    aside: bool = False
    """There, and without a column on the page."""

    @property
    def gets_messages(self) -> bool:
        """Whether the app's messages reach them."""
        return self.in_range and self.status not in (2, 5)


class Department(BaseModel):
    """One department of the address book; the root is number 1."""

    model_config = ConfigDict(extra="forbid")

    id: int
    name: str
    parentid: int = 0


class Settings(BaseModel):
    """Everything one emulated corporation and its one app need; times in seconds unless named."""

    model_config = ConfigDict(extra="forbid")

    corp_id: str
    agent_id: int = 1000002
    agent_name: str = "app"
    secret: str
    token: str = Field(pattern=r"^[A-Za-z0-9]{1,32}$")
    aes_key: str
    callback_url: str | None = None
    """Where callbacks go; None = the app has none, so that cards with buttons give 43012."""
    trusted_domain: str | None = None
    """host:port of the app's own pages; None = that of callback_url."""
    members: list[Member]
    departments: list[Department] = Field(
        default_factory=lambda: [Department(id=ROOT_DEPARTMENT, name="root")]
    )
    host: str = "127.0.0.1"
    port: int = 8090

    deliver_file_messages: bool = False
    """Real WeChat Work tells an app nothing of a file that a member sends into its chat."""
    deliver_video_messages: bool = True
    """Some report that a video reaches no app either; not documented, so a switch."""
    cards_supported: bool = True
    """False as with a private deployment of old: every template card answers 40008."""
    report_enter: bool = True
    retries: int = Field(default=3, ge=0)
    retry_pause: float = 0.5
    retry_signs_afresh: bool = True
    callback_seconds: float = 5
    verify_seconds: float = 1

    per_member_per_minute: int = 30
    per_member_per_hour: int = 1000
    api_per_minute: int = 10_000
    api_per_hour: int = 150_000
    api_parallel: int = 400
    """How many calls of one API may be under way at once; the real number is not published."""
    receivers_per_day: int = 40_000
    token_seconds: int = 7200
    same_token_within_validity: bool = True
    wrong_secrets_per_hour: int = 2000
    response_code_hours: int = 72
    spent_code_errcode: int = 40058
    """What a used or outdated response_code answers; not documented, so a switch."""
    repeat_errcode: int = 0
    """What a send that the duplicate check swallows answers; not documented, so a switch."""
    media_days: int = 3
    oauth_code_seconds: int = 300

    @field_validator("corp_id")
    @classmethod
    def _refuse_real_corporations(cls, value: str) -> str:
        if not value.startswith("wwemu"):
            raise ValueError(
                f"corp_id {value!r} does not begin with 'wwemu': the emulator runs only with made-up"
                " corporations. Write for example corp_id: wwemu0001 here and in the bot's settings"
            )
        return value

    @field_validator("callback_url")
    @classmethod
    def _refuse_far_callbacks(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not is_loopback(parts.hostname or ""):
            raise ValueError(
                f"callback_url {value!r} does not lead to this machine: the emulator only calls"
                " http://127.0.0.1, http://localhost or http://[::1]"
            )
        return value

    @field_validator("host")
    @classmethod
    def _refuse_open_doors(cls, value: str) -> str:
        if not is_loopback(value):
            raise ValueError(f"host {value!r} can be reached from outside; use 127.0.0.1")
        return value

    @field_validator("aes_key")
    @classmethod
    def _check_key(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9]{43}", value):
            raise ValueError("aes_key must have exactly 43 letters and digits")
        try:
            base64.b64decode(value + "=")
        except binascii.Error as error:
            raise ValueError("aes_key is not base64") from error
        return value

    @field_validator("members")
    @classmethod
    def _refuse_twins(cls, value: list[Member]) -> list[Member]:
        ids = [member.userid.lower() for member in value]
        twins = {userid for userid in ids if ids.count(userid) > 1}
        if twins:
            raise ValueError(f"userid given twice (case does not count): {', '.join(twins)}")
        return value

    def switched(self, **wish: object) -> "Settings":
        """The same with some of SWITCHES set otherwise; ValueError for any other name."""
        unknown = wish.keys() - set(SWITCHES)
        if unknown:
            names = f"{', '.join(sorted(unknown))}; there are {', '.join(SWITCHES)}"
            raise ValueError(f"no such switch: {names}")
        return Settings.model_validate(self.model_dump() | wish)

    @property
    def trusted(self) -> str:
        """host:port that OAuth may redirect to; empty if there is none."""
        return self.trusted_domain or urlsplit(self.callback_url or "").netloc


SWITCHES = (
    "deliver_file_messages",
    "deliver_video_messages",
    "cards_supported",
    "report_enter",
    "retries",
    "retry_pause",
    "retry_signs_afresh",
    "callback_seconds",
    "same_token_within_validity",
    "spent_code_errcode",
    "repeat_errcode",
)
"""What may be set otherwise while it runs: behaviour, never who or where."""


def load_settings(path: Path | str) -> Settings:
    """Settings from a YAML file; raises ValueError with every fault named."""
    raw = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise ValueError(f"{path} holds no settings: a mapping of names to values is expected")
    return Settings.model_validate(raw)
