"""E-mails: composed from words and stored files, brought to the mail server that is set."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.mail_settings import ADDRESS
from bot.settings import Settings

SECONDS = 60
"""How long the server may keep silent."""


class MailRefused(Exception):
    """The server will never take this mail: a wrong address, or one that doesn't exist."""


class MailPutOff(Exception):
    """The server can't be reached, is busy, or nobody knows whether it took the mail."""


@dataclass(frozen=True)
class Attachment:
    """A file with the name that people see."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Mail:
    """What is sent. `mark` makes the Message-ID: the same mail sent again has the same, by which
    mailboxes know it; `follows` has the marks of earlier ones of the same matter."""

    to: str
    subject: str
    words: str
    mark: str
    attachments: Sequence[Attachment] = ()
    follows: Sequence[str] = ()


def compose(settings: Settings, mail: Mail, sender: str, at: datetime) -> EmailMessage:
    """The message as it travels; `sender` is the name shown, `at` the aware time of sending.
    Raises MailRefused for an address that is none."""
    if not ADDRESS.fullmatch(mail.to):
        raise MailRefused("the address is no e-mail address")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(sender, addr_spec=settings.mail_from)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(at)
    message["Message-ID"] = _id(settings, mail.mark)
    if mail.follows:
        message["In-Reply-To"] = _id(settings, mail.follows[-1])
        message["References"] = " ".join(_id(settings, mark) for mark in mail.follows)
    # Nobody's holiday notice is to come back to a machine.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.words, cte="base64")
    for each in mail.attachments:
        kind, _, subtype = each.content_type.partition("/")
        message.add_attachment(each.content, kind, subtype, filename=each.name)
    return message


def send(settings: Settings, message: EmailMessage) -> None:
    """Brings a message to the server. Raises MailRefused or MailPutOff, which name no secret."""
    try:
        with _connection(settings) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refusal:
        (code, _), *_ = refusal.recipients.values()
        raise _for(code) from None
    except smtplib.SMTPResponseException as refusal:
        if isinstance(refusal, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError):
            raise MailPutOff(f"{type(refusal).__name__} {refusal.smtp_code}") from None
        raise _for(refusal.smtp_code) from None
    except (smtplib.SMTPException, OSError) as failure:
        raise MailPutOff(type(failure).__name__) from None


def _for(code: int) -> Exception:
    """5xx is for good, 4xx for now."""
    kind = MailRefused if code >= 500 else MailPutOff
    return kind(f"the server answered {code}")


@contextmanager
def _connection(settings: Settings) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted as the settings say, and signed in where an account is set."""
    place = settings.smtp_host, settings.smtp_port
    server: smtplib.SMTP
    if settings.smtp_security == "tls":
        server = smtplib.SMTP_SSL(*place, timeout=SECONDS, context=_trusted(settings))
    else:
        server = smtplib.SMTP(*place, timeout=SECONDS)
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=_trusted(settings))
        if settings.smtp_user and settings.password:
            server.login(settings.smtp_user, settings.password)
        yield server
    finally:
        # However it says good-bye, the mail was taken or it was not.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _trusted(settings: Settings) -> ssl.SSLContext:
    """The system's authorities and the installation's own."""
    context = ssl.create_default_context()
    if settings.ca_bundle:
        context.load_verify_locations(settings.ca_bundle)
    return context


def _id(settings: Settings, mark: str) -> str:
    return f"<{mark}@{settings.mail_from.rpartition('@')[2]}>"
