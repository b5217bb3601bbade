"""The settings of the running service, typed, from the environment and an optional file.

Every name is prefixed with JIXIAO_ in the environment. docs/configuration.md explains each;
a test holds that true.
"""

from __future__ import annotations

import ipaddress
import os
import re
from base64 import b64decode
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from fsspec import available_protocols
from limits import parse_many
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.mail_settings import MailSettings

FILE_VARIABLE = "JIXIAO_SETTINGS_FILE"
DEFAULT_FILE = "jixiao.env"
_TOKEN = re.compile(r"[A-Za-z0-9]{1,32}")
_AES_KEY = re.compile(r"[A-Za-z0-9]{43}")
_HOURS = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]")
_VERIFY_NAME = re.compile(r"WW_verify_[A-Za-z0-9]+\.txt")


class Settings(MailSettings):
    """What an installation says about itself; refused as a whole if any part is wrong.

    A fault's type is the code of a sentence that says what to do. Secrets are never shown, nor
    is a wrong value, which may be one. `environment` is production unless said otherwise, because the
    production guard must not depend on somebody remembering to switch it on.
    """

    model_config = SettingsConfigDict(
        env_prefix="JIXIAO_", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    environment: Literal["production", "development"] = "production"
    database_url: str = "sqlite:///var/jixiao.db"
    file_store: str = "var/files"

    corp_id: str = Field(min_length=1)
    agent_id: int = Field(gt=0)
    secret: SecretStr = Field(min_length=1)
    token: SecretStr
    aes_key: SecretStr
    api_base: str = "https://qyapi.weixin.qq.com/cgi-bin/"
    oauth_base: str = "https://open.weixin.qq.com/connect/oauth2/authorize"
    ca_bundle: str | None = None
    cards: bool = True

    public_url: str = ""
    verify_file: str = ""
    verify_text: str = ""
    page_requests: str = "120 per minute"
    upload_requests: str = "60 per minute"
    limits_storage: str = "memory://"
    session_hours: int = Field(8, ge=1, le=72)
    page_bytes: int = Field(2 << 20, ge=1 << 16)
    upload_bytes: int = Field(64 << 20, ge=1 << 16)
    proxies: int = Field(0, ge=0, le=5)
    menu_file: str | None = None

    clock_file: str | None = None
    timezone: str = "Asia/Shanghai"

    paper_required: bool = True
    deadline_met_by: Literal["electronic", "sealed"] = "electronic"
    pdf: bool = True

    returned_working_days: int = Field(3, ge=1, le=60)
    reviewer_reminder_days: int = Field(2, ge=1, le=60)
    finance_reminder_days: int = Field(3, ge=1, le=60)
    escalate_after_days: int = Field(0, ge=0, le=60)
    appeal_working_days: int = Field(5, ge=1, le=60)
    stuck_working_days: int = Field(5, ge=1, le=60)
    retention_days: int = Field(0, ge=0, le=36500)
    working_hours: str = "09:00-17:30"

    per_member_per_minute: int = Field(20, ge=1, le=30)
    per_member_per_hour: int = Field(300, ge=1, le=1000)
    worker_seconds: float = Field(0.5, gt=0, le=60)
    pause_seconds: int = Field(180, ge=1)
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("api_base", "oauth_base")
    @classmethod
    def _need_address(cls, value: str) -> str:
        if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname:
            raise PydanticCustomError("address", "is not an http:// or https:// address")
        return value

    @field_validator("public_url")
    @classmethod
    def _need_address_or_nothing(cls, value: str) -> str:
        return cls._need_address(value).rstrip("/") if value else value

    @field_validator("timezone")
    @classmethod
    def _need_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, OSError, ValueError) as error:
            raise PydanticCustomError("zone", "is not a time zone") from error
        return value

    @field_validator("working_hours")
    @classmethod
    def _need_hours(cls, value: str) -> str:
        if not _HOURS.fullmatch(value) or value[:5] >= value[6:]:
            raise PydanticCustomError("hours", "is not like 09:00-17:30")
        return value

    @field_validator("verify_file")
    @classmethod
    def _need_verify_name(cls, value: str) -> str:
        if value and not _VERIFY_NAME.fullmatch(value):
            raise PydanticCustomError("verify_name", "is not a name like WW_verify_abc123.txt")
        return value

    @field_validator("limits_storage")
    @classmethod
    def _need_counters(cls, value: str) -> str:
        try:
            storage_from_string(value)
        except (ConfigurationError, ValueError) as error:
            raise PydanticCustomError("counters", "is not a place for counters") from error
        return value

    @field_validator("token")
    @classmethod
    def _need_token(cls, value: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(value.get_secret_value()):
            raise PydanticCustomError("token", "is not 1 to 32 letters and digits")
        return value

    @field_validator("aes_key")
    @classmethod
    def _need_aes_key(cls, value: SecretStr) -> SecretStr:
        key = value.get_secret_value()
        if not _AES_KEY.fullmatch(key) or len(b64decode(f"{key}=")) != 32:
            raise PydanticCustomError("aes_key", "is not 43 letters and digits")
        return value

    @field_validator("database_url")
    @classmethod
    def _need_database(cls, value: str) -> str:
        try:
            backend = make_url(value).get_backend_name()
        except ArgumentError:
            backend = ""
        if backend not in ("sqlite", "postgresql"):
            raise PydanticCustomError("database_url", "is not a SQLite or PostgreSQL URL")
        if backend == "postgresql" and not find_spec("psycopg"):
            raise PydanticCustomError("no_psycopg", "needs the driver psycopg")
        return value

    @field_validator("file_store")
    @classmethod
    def _need_file_store(cls, value: str) -> str:
        protocol, separator, _ = value.partition("://")
        if not value or (separator and protocol not in available_protocols()):
            raise PydanticCustomError("file_store", "is not a folder or a known address")
        return value

    @field_validator("ca_bundle", "menu_file")
    @classmethod
    def _need_file(cls, value: str | None) -> str | None:
        if value and not Path(value).exists():
            raise PydanticCustomError("no_file", "is not there")
        return value

    @field_validator("page_requests", "upload_requests")
    @classmethod
    def _need_rate(cls, value: str) -> str:
        try:
            parse_many(value)
        except ValueError as error:
            raise PydanticCustomError("rate", "is not a rate like 120 per minute") from error
        return value

    @model_validator(mode="after")
    def _guard_production(self) -> Settings:
        """A steered clock or a stand-in for WeChat Work must never reach real people."""
        if self.environment == "production":
            if self.clock_file:
                raise PydanticCustomError(
                    "clock_in_production", "a clock file needs JIXIAO_ENVIRONMENT=development"
                )
            bases = self.api_base, self.oauth_base
            if any(_is_loopback(urlsplit(base).hostname or "") for base in bases):
                raise PydanticCustomError(
                    "emulator_in_production",
                    "an API on this machine needs JIXIAO_ENVIRONMENT=development",
                )
        return self

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def load_settings() -> Settings:
    """The settings from the environment and the file that JIXIAO_SETTINGS_FILE names
    (jixiao.env in the working folder if it names none). Raises pydantic's ValidationError,
    which names every fault at once; OSError or UnicodeDecodeError for a file that can't be read."""
    file = os.environ.get(FILE_VARIABLE, DEFAULT_FILE)
    if FILE_VARIABLE in os.environ:
        # pydantic passes over a file that is not there.
        Path(file).read_text(encoding="utf-8")
    # The type checker can't know that required fields come from the environment.
    return Settings(_env_file=file, _env_file_encoding="utf-8")  # type: ignore[call-arg]


def _is_loopback(host: str) -> bool:
    if host.rstrip(".").rpartition(".")[2] == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
        return address.is_loopback or address.is_unspecified
    except ValueError:
        return False
