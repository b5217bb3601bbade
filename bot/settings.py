"""The settings of the running service, typed, from the environment and an optional file.

Every name is prefixed with JIXIAO_ in the environment. docs/configuration.md explains each;
a test holds that true.
"""

from __future__ import annotations

import ipaddress
import os
import re
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

FILE_VARIABLE = "JIXIAO_SETTINGS_FILE"
DEFAULT_FILE = "jixiao.env"
_VERIFY_NAME = re.compile(r"WW_verify_[A-Za-z0-9]+\.txt")


class Settings(BaseSettings):
    """What an installation says about itself; refused as a whole if any part is wrong.

    Secrets are never shown. `environment` is production unless said otherwise, because the
    production guard must not depend on somebody remembering to switch it on.
    """

    model_config = SettingsConfigDict(env_prefix="JIXIAO_", extra="ignore", frozen=True)

    environment: Literal["production", "development"] = "production"
    database_url: str = "sqlite:///var/jixiao.db"
    file_store: str = "var/files"

    corp_id: str = Field(min_length=1)
    agent_id: int = Field(gt=0)
    secret: SecretStr
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

    clock_file: str | None = None
    timezone: str = "Asia/Shanghai"

    per_member_per_minute: int = Field(20, ge=1, le=30)
    per_member_per_hour: int = Field(300, ge=1, le=1000)
    worker_seconds: float = Field(0.5, gt=0, le=60)
    pause_seconds: int = Field(180, ge=1)
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("api_base", "oauth_base")
    @classmethod
    def _need_address(cls, value: str) -> str:
        if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname:
            raise ValueError("is not an address that begins with http:// or https://")
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
            raise ValueError("is not a time zone such as Asia/Shanghai") from error
        return value

    @field_validator("verify_file")
    @classmethod
    def _need_verify_name(cls, value: str) -> str:
        if value and not _VERIFY_NAME.fullmatch(value):
            raise ValueError("is not a name like WW_verify_abc123.txt")
        return value

    @model_validator(mode="after")
    def _guard_production(self) -> Settings:
        """A steered clock or a stand-in for WeChat Work must never reach real people."""
        if self.environment == "production":
            if self.clock_file:
                raise ValueError(
                    "clock_file is only for demonstrations: remove it, or set"
                    " JIXIAO_ENVIRONMENT=development"
                )
            if _is_loopback(urlsplit(self.api_base).hostname or ""):
                raise ValueError(
                    "api_base leads to this machine, which only the emulator does: set the"
                    " real address, or JIXIAO_ENVIRONMENT=development"
                )
        return self

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def load_settings() -> Settings:
    """The settings from the environment and the file that JIXIAO_SETTINGS_FILE names
    (jixiao.env in the working folder if it names none). Raises pydantic's ValidationError,
    which names every fault at once."""
    file = os.environ.get(FILE_VARIABLE, DEFAULT_FILE)
    # The type checker can't know that required fields come from the environment.
    return Settings(_env_file=file, _env_file_encoding="utf-8")  # type: ignore[call-arg]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
