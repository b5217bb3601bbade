"""The client on real sockets: what breaks where, and the bytes that go out."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.wecom.api import ApiSettings, WeComApi
from bot.wecom.errors import NotSent, UnknownOutcome
from bot.wecom.tokens import MemoryTokenStore

TOKEN = b'{"errcode":0,"access_token":"T","expires_in":7200}'
BODY = {"touser": "li_si", "msgtype": "text", "text": {"content": "好"}}


class Server:
    """Answers one request a connection with what the script says: bytes, or "cut" (closes
    after reading), "hold" (never answers), "half" (breaks off within the answer)."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.script: list[bytes | str] = [TOKEN]
        self.received: list[bytes] = []
        self.held: list[socket.socket] = []
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def close(self) -> None:
        for held in self.held:
            held.close()
        with suppress(OSError):  # it wakes the waiting accept where the system allows it
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.settimeout(5)
            self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        try:
            self.received.append(_request(connection))
        except OSError:
            connection.close()
            return
        move = self.script.pop(0) if self.script else "cut"
        if move == "hold":
            self.held.append(connection)
            return
        with connection:
            if move == "half":
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
            elif isinstance(move, bytes):
                head = f"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {len(move)}"
                connection.sendall(head.encode() + b"\r\n\r\n" + move)


def _request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536) or _gone()
    head, _, body = data.partition(b"\r\n\r\n")
    length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
    while length and len(body) < int(length[0].split(b":")[1]):
        body += connection.recv(65536) or _gone()
    return head + b"\r\n\r\n" + body


def _gone() -> bytes:
    raise OSError("the client went away")


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def an_api(clock) -> Iterator[Callable[..., WeComApi]]:
    """Makes a client for a base address; its connections are closed afterwards."""
    made: list[WeComApi] = []

    def make(base: str, **changes: float) -> WeComApi:
        defaults = {"connect_timeout": 2, "read_timeout": 0.1, "trust_env": False}
        settings = ApiSettings("ww0001", "s3cret", 7, base_url=base, **(defaults | changes))
        made.append(WeComApi(settings, MemoryTokenStore(), clock))
        return made[-1]

    yield make
    for api in made:
        api.close()


def test_a_message_over_a_real_connection(server, an_api):
    server.script += [b'{"errcode":0,"errmsg":"ok","msgid":"M"}']
    api = an_api(f"http://127.0.0.1:{server.port}/cgi-bin/")
    assert api.send(BODY).msgid == "M"
    head, _, body = server.received[1].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /cgi-bin/message/send?access_token=T HTTP/1.1")
    assert b"application/json; charset=utf-8" in head
    assert body == api.payload(BODY)


def test_a_file_name_goes_out_as_raw_utf8(server, an_api):
    server.script += [b'{"errcode":0,"media_id":"M"}']
    api = an_api(f"http://127.0.0.1:{server.port}/cgi-bin/")
    api.upload("自评报告.docx", b"PK-content", "file")
    assert 'filename="自评报告.docx"'.encode() in server.received[1]
    assert b"filename*" not in server.received[1]


@pytest.mark.parametrize("move", ["cut", "hold", "half"])
def test_a_connection_lost_after_sending_is_an_unknown_outcome(server, an_api, move):
    server.script += [move]
    api = an_api(f"http://127.0.0.1:{server.port}/cgi-bin/")
    with pytest.raises(UnknownOutcome) as error:
        api.send(BODY | {"enable_duplicate_check": 1})
    assert len(server.received) == 2
    assert error.value.__context__ is None


def test_nobody_listening_is_not_sent(server, an_api):
    free = socket.create_server(("127.0.0.1", 0))
    port = free.getsockname()[1]
    free.close()
    with pytest.raises(NotSent, match="no connection") as error:
        an_api(f"http://127.0.0.1:{port}/cgi-bin/").send(BODY)
    assert "s3cret" not in repr(error.value)
    assert error.value.__context__ is None


def test_a_name_that_does_not_resolve_is_not_sent(an_api, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", _unresolved)
    with pytest.raises(NotSent, match="no connection"):
        an_api("http://nowhere.invalid/cgi-bin/").send(BODY)


def _unresolved(*_: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


def test_a_host_that_cannot_be_one_is_not_sent(an_api):
    with pytest.raises(NotSent):
        an_api("http://*bad host*/cgi-bin/").send(BODY)


def test_a_certificate_that_nobody_signed_is_not_sent(an_api, tls_port):
    with pytest.raises(NotSent, match="certificate"):
        an_api(f"https://localhost:{tls_port}/cgi-bin/", read_timeout=2).send(BODY)


@pytest.fixture
def tls_port(tmp_path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_own_certificate(tmp_path / "own.pem"))
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        try:
            context.wrap_socket(connection, server_side=True).close()
        except OSError:
            connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    thread.join(5)
    listener.close()


def _own_certificate(path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(
        now + timedelta(days=1)
    )
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    signed = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path
