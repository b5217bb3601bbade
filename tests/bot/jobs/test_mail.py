"""Deliveries by e-mail, against a real server on this machine."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from structlog.testing import capture_logs

from bot.acts.approve import approve
from bot.acts.evidence import give_evidence
from bot.acts.return_form import return_form
from bot.acts.send_in import send_in
from bot.jobs.tasks import LEASE, TaskWorker
from bot.services import Services
from bot.settings import Settings
from bot.stored import StoredDocument
from storage import deliveries, files, tasks

OURS, BUREAU = "wuheng@example.gov.cn", "caizheng@example.gov.cn"
ACCOUNT, PASSWORD = "jixiao", "a-pass-word"


@dataclass
class Inbox:
    """What the server has taken; `answers` are given instead of taking, one a mail."""

    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answers:
            return self.answers.pop(0)
        (to,) = envelope.rcpt_tos
        assert envelope.mail_from == "jixiao@example.gov.cn"
        self.mails.append((to, message_from_bytes(envelope.content, policy=default)))  # type: ignore[arg-type]
        return "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, _: Any
    ) -> str:
        if address.startswith("nobody"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"


class Anywhere(Controller):
    """A server on whatever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine's own, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2090, 1, 1, tzinfo=UTC))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "mail.pem", folder / "mail.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return public, private


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


Serve = Callable[..., int]


@pytest.fixture
def serve(inbox: Inbox, certificate: tuple[Path, Path]) -> Iterator[Serve]:
    """Starts a server and gives its port."""
    running: list[Controller] = []

    def start(security: str = "none", login: bool = False) -> int:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*certificate)
        more: dict[str, Any] = {"ssl_context": context} if security == "tls" else {}
        if security == "starttls":
            more |= {"tls_context": context, "require_starttls": True}
        if login:
            more |= {"authenticator": known, "auth_required": True}
            # From the first byte on it is encrypted, which this server doesn't count.
            more |= {"auth_require_tls": security != "tls"}
        made = Anywhere(inbox, "127.0.0.1", 0, **more)
        made.start()
        running.append(made)
        return made.port

    yield start
    for each in running:
        each.stop()


def known(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    right = LoginPassword(ACCOUNT.encode(), PASSWORD.encode())
    return AuthResult(success=given == right, handled=False)


def with_mail(services: Services, port: int, **more: Any) -> Services:
    """The services with a mail server; checked as settings are."""
    changes = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none"}
    changes |= {"mail_from": "jixiao@example.gov.cn", "finance_mail": BUREAU} | more
    given = services.settings.model_dump() | changes
    return replace(services, settings=Settings(_env_file=None, **given))


Deliver = Callable[..., None]


@pytest.fixture
def deliver(filled: int, clock: Any) -> Deliver:
    """Delivers the form with one piece of evidence, up to the mails."""

    def do(services: Services, content: bytes = b"%PDF scan") -> None:
        key = services.files.put(content, "决算.pdf")
        document = StoredDocument(key, "决算.pdf", len(content), "application/pdf")
        with services.database.begin() as tx:
            tx.exec_driver_sql("UPDATE people SET email = ? WHERE userid = 'wuheng'", (OURS,))
            give_evidence(services, tx, "chenyu", filled, [document], ["A1-3-1"], "page", clock())
        clock.advance(60)
        with services.database.begin() as tx:
            send_in(services, tx, "chenyu", filled, clock())
            approve(services, tx, "linfan", filled, clock())

    return do


def test_each_address_at_finance_gets_the_delivery_once(
    services: Services, filled: int, serve: Serve, inbox: Inbox, deliver: Deliver, clock: Any
) -> None:
    services = with_mail(services, serve(), finance_mail=f"{BUREAU}，{OURS.upper()}")
    deliver(services)
    TaskWorker(services).work_due()
    assert sorted(to.lower() for to, _ in inbox.mails) == [BUREAU, OURS]
    (_, mail) = next(each for each in inbox.mails if each[0] == BUREAU)
    assert mail["Subject"] == "梅州市梅江区科工商务局2021年度部门整体绩效自评报告（第1版）"
    assert mail["From"] == "部门整体支出绩效自评 <jixiao@example.gov.cn>"
    assert mail["Date"].datetime == clock().replace(microsecond=0)
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names[:2] == ["report-1.docx", "scores-1.xlsx"]
    assert names[2].endswith("佐证材料（第1版）.zip")
    words = mail.get_body().get_content()  # type: ignore[union-attr]
    for part in ("自评95.45分", "扣分和原因", names[2], "请在企业微信里办理"):
        assert part in words
    with services.database.read() as tx:
        (version,) = deliveries.of_form(tx, filled)
        bodies = [part.get_content() for part in mail.iter_attachments()]
    assert version.evidence_key
    assert bodies[2] == services.files.get(version.evidence_key)
    clock.advance(LEASE.total_seconds())
    assert TaskWorker(services).work_due() == 0


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_the_way_is_encrypted_and_signed_in(
    services: Services,
    serve: Serve,
    inbox: Inbox,
    deliver: Deliver,
    certificate: tuple[Path, Path],
    security: str,
) -> None:
    account = {"smtp_user": ACCOUNT, "smtp_password": PASSWORD, "ca_bundle": str(certificate[0])}
    port = serve(security, login=True)
    services = with_mail(services, port, smtp_security=security, **account)
    deliver(services)
    TaskWorker(services).work_due()
    assert len(inbox.mails) == 2


@pytest.mark.parametrize("fault", ["password", "certificate", "nobody there", "greylisted"])
def test_what_may_pass_is_tried_again_and_no_secret_is_told(
    services: Services,
    serve: Serve,
    inbox: Inbox,
    deliver: Deliver,
    certificate: tuple[Path, Path],
    clock: Any,
    fault: str,
) -> None:
    port = serve("starttls", login=True)
    account = {"smtp_user": ACCOUNT, "smtp_password": PASSWORD, "ca_bundle": str(certificate[0])}
    right = {"smtp_security": "starttls", "finance_mail": ""} | account
    wrong: dict[str, Any] = {
        "password": {"smtp_password": "another-word"},
        "certificate": {"ca_bundle": None},
        "nobody there": {"smtp_port": 1},
    }.get(fault, {})
    inbox.answers = ["451 come back later"] if fault == "greylisted" else []
    deliver(with_mail(services, port, **right))
    with capture_logs() as lines:
        TaskWorker(with_mail(services, port, **(right | wrong))).work_due()
    assert inbox.mails == []
    assert lines[-1]["event"] == "mail_put_off"
    assert "word" not in str(lines).replace("password", "")
    clock.advance(61)
    TaskWorker(with_mail(services, port, **right)).work_due()
    assert len(inbox.mails) == 1


def test_what_is_refused_for_good_is_told_to_the_coordinators_once(
    services: Services, serve: Serve, inbox: Inbox, deliver: Deliver, clock: Any
) -> None:
    services = with_mail(services, serve(), finance_mail="nobody@example.gov.cn")
    deliver(services)
    with capture_logs():
        for _ in range(8):
            TaskWorker(services).work_due()
            clock.advance(3600)
    assert [to for to, _ in inbox.mails] == [OURS]
    with services.database.begin() as tx:
        query = "SELECT payload FROM outbox WHERE userid = 'zhouning' AND topic = 'mail_given_up'"
        (told,) = tx.exec_driver_sql(query).scalars()
        (stuck,) = tasks.stuck(tx)
    assert "nobody@example.gov.cn" in told
    assert stuck.last_error == "MailRefused"


def test_a_server_that_is_down_for_a_day_is_given_up(
    services: Services, deliver: Deliver, clock: Any
) -> None:
    services = with_mail(services, 1, finance_mail="")
    deliver(services)
    first = clock()
    with capture_logs():
        for _ in range(60):
            TaskWorker(services).work_due()
            with services.database.begin() as tx:
                if tasks.stuck(tx):
                    break
            clock.advance(3601)
    assert timedelta(hours=20) < clock() - first < timedelta(hours=40)


def crash(*_: Any, **__: Any) -> Any:
    raise KeyboardInterrupt


@pytest.mark.parametrize("where", ["compose", "send", "finish"])
def test_killed_anywhere_it_is_the_same_mail(
    services: Services,
    serve: Serve,
    inbox: Inbox,
    deliver: Deliver,
    clock: Any,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    services = with_mail(services, serve(), finance_mail="")
    deliver(services)
    worker = TaskWorker(services)
    with monkeypatch.context() as broken:
        name, stand_in = where, crash
        if where == "finish":
            name, stand_in = "tasks", SimpleNamespace(finish=crash)
        broken.setattr(f"bot.jobs.work.mail.{name}", stand_in)
        with pytest.raises(KeyboardInterrupt):
            worker.work_due()
    clock.advance(LEASE.total_seconds())
    worker.work_due()
    marks = {mail["Message-ID"] for _, mail in inbox.mails}
    assert len(marks) == 1
    assert len(inbox.mails) == (2 if where == "finish" else 1)


def test_what_is_too_large_for_a_mail_is_told(
    services: Services, serve: Serve, inbox: Inbox, deliver: Deliver
) -> None:
    public = "https://jixiao.example.gov.cn"
    services = with_mail(services, serve(), mail_bytes=1 << 16, public_url=public)
    deliver(services, b"%PDF" + bytes(1 << 17))
    TaskWorker(services).work_due()
    (_, mail), *_ = inbox.mails
    assert len(list(mail.iter_attachments())) == 2
    words = mail.get_body().get_content()  # type: ignore[union-attr]
    assert f"{public}/pages/deliveries/" in words


def test_what_has_lost_its_meaning_is_not_sent(
    services: Services, filled: int, serve: Serve, inbox: Inbox, deliver: Deliver, clock: Any
) -> None:
    """Purged before it left; and a first version that the second has overtaken."""
    away = with_mail(services, 1, finance_mail="")
    deliver(away)
    with capture_logs():
        TaskWorker(away).work_due()
    with services.database.begin() as tx:
        return_form(services, tx, "wuheng", filled, "请改", clock())
    deliver(away, b"%PDF another")
    with capture_logs():
        TaskWorker(away).work_due()
    there = with_mail(services, serve(), finance_mail="")
    clock.advance(3700)
    TaskWorker(there).work_due()
    ((_, mail),) = inbox.mails
    assert "第2版" in mail["Subject"]
    assert mail["In-Reply-To"] != mail["Message-ID"]
    inbox.mails.clear()
    with services.database.begin() as tx:
        return_form(services, tx, "wuheng", filled, "请改", clock())
    deliver(away, b"%PDF third")
    with capture_logs():
        TaskWorker(away).work_due()
    with services.database.begin() as tx:
        version = deliveries.of_form(tx, filled)[-1]
        files.purge(tx, version.files[0], clock())
    clock.advance(3700)
    TaskWorker(there).work_due()
    assert inbox.mails == []


def test_without_a_server_nothing_is_ordered(
    services: Services, deliver: Deliver, inbox: Inbox
) -> None:
    deliver(services)
    TaskWorker(services).work_due()
    with services.database.begin() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM tasks WHERE kind = 'mail'").scalar() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"mail_from": ""},
        {"mail_from": "not an address"},
        {"finance_mail": "a@b@c"},
        {"finance_mail": "a@example.cn\nBcc: b@example.cn, <c>"},
        {"smtp_host": ""},
        {"smtp_user": "x", "smtp_password": "y"},
    ],
)
def test_settings_that_cannot_be_are_refused(services: Services, changes: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        with_mail(services, 25, **changes)
