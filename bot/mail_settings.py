"""The settings of the deliveries' way by e-mail; without a host nothing is sent."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_BETWEEN = re.compile(r"[,;，；\s]+")


class MailSettings(BaseSettings):
    """Over which server, from which address, to whom besides the people at finance."""

    smtp_host: str = ""
    smtp_port: int = Field(465, ge=1, le=65535)
    smtp_security: Literal["tls", "starttls", "none"] = "tls"
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    mail_from: str = ""
    finance_mail: str = ""
    mail_bytes: int = Field(15 << 20, ge=1 << 16)

    @property
    def finance_mailboxes(self) -> tuple[str, ...]:
        """The addresses at finance that are nobody's own."""
        return tuple(each for each in _BETWEEN.split(self.finance_mail) if each)

    @property
    def password(self) -> str:
        """Of the account on the mail server, "" for none."""
        return self.smtp_password.get_secret_value() if self.smtp_password else ""

    @field_validator("mail_from", "finance_mail")
    @classmethod
    def _need_addresses(cls, value: str) -> str:
        if not all(ADDRESS.fullmatch(each) for each in _BETWEEN.split(value) if each):
            raise PydanticCustomError("mail_address", "is not an e-mail address")
        return value

    @model_validator(mode="after")
    def _need_a_whole(self) -> MailSettings:
        if self.smtp_host and not ADDRESS.fullmatch(self.mail_from):
            raise PydanticCustomError("mail_sender", "sending needs JIXIAO_MAIL_FROM")
        if self.finance_mail and not self.smtp_host:
            raise PydanticCustomError("mail_server", "sending needs JIXIAO_SMTP_HOST")
        if self.smtp_security == "none" and self.password:
            # Anybody on the way could read it.
            raise PydanticCustomError("mail_password", "a password needs tls or starttls")
        return self
