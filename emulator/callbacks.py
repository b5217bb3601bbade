"""Delivers callbacks: signed, encrypted, tried again when not accepted; and the address check."""

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from emulator import crypto, xml
from emulator.state import State
from emulator.transport import Answer, NoAnswer, Transport


@dataclass(frozen=True)
class Delivery:
    """How a callback went: `body` is the accepted answer's, None if nobody accepted it."""

    tries: int
    body: str | None


@dataclass(frozen=True)
class AddressCheck:
    """The outcome of the GET check that saving the address in the console triggers."""

    ok: bool
    reason: str = ""


class Caller:
    """Calls the app's callback address."""

    def __init__(self, state: State, transport: Transport) -> None:
        self._state = state
        self._settings = state.settings
        self._transport = transport

    def deliver(self, message: str) -> Delivery:
        """Sends the inner XML until accepted with 200, at most 1 + retries times."""
        if self._settings.callback_url is None:
            return Delivery(0, None)
        if self._state.faults.take("callback", "lost"):
            self._state.journal.note("lost", "fault_lost")
            return Delivery(0, None)
        slow = self._state.faults.take("callback", "latency")
        if slow:
            self._state.pause(slow.seconds)
        delivery = self._try(message)
        if delivery.body is not None and self._state.faults.take("callback", "duplicate"):
            self._repeat(message)
        return delivery

    def verify(self) -> AddressCheck:
        """Plays the console's GET: the answer must be the decrypted text, exactly, in 1 s."""
        if self._settings.callback_url is None:
            return AddressCheck(False, "no callback_url is set")
        echo = str(secrets.randbelow(10**19))
        sealed = crypto.encrypt(self._settings.aes_key, echo, self._settings.corp_id)
        url = self._signed_url(sealed, {"echostr": sealed})
        try:
            answer = self._transport("GET", url, "", self._settings.verify_seconds)
        except NoAnswer as error:
            return AddressCheck(False, f"no answer within the time ({error})")
        if answer.status != 200:
            return AddressCheck(False, f"status {answer.status} instead of 200")
        if answer.body != echo:
            return AddressCheck(False, "the body is not exactly the decrypted echostr")
        return AddressCheck(True)

    def _try(self, message: str) -> Delivery:
        url, body = self._seal(message)
        most = 1 + self._settings.retries
        for number in range(1, most + 1):
            answer = self._call(url, body)
            if answer and answer.status == 200:
                return Delivery(number, answer.body)
            if number < most:
                self._state.pause(self._settings.retry_pause)
                if self._settings.retry_signs_afresh:
                    url, body = self._seal(message)
        self._state.journal.note("undelivered", "given_up", tries=most)
        return Delivery(most, None)

    def _call(self, url: str, body: str) -> Answer | None:
        try:
            answer = self._transport("POST", url, body, self._settings.callback_seconds)
        except NoAnswer as error:
            self._state.journal.note("retry", "no_answer", why=str(error))
            return None
        if answer.status != 200:
            self._state.journal.note("retry", "bad_status", status=answer.status)
        return answer

    def _repeat(self, message: str) -> None:
        """The first answer has been taken already; what this one says is shown to nobody."""
        self._state.journal.note("fault", "fault_again")
        self._call(*self._seal(message))

    def _seal(self, message: str) -> tuple[str, str]:
        sealed = crypto.encrypt(self._settings.aes_key, message, self._settings.corp_id)
        envelope = {
            "ToUserName": self._settings.corp_id,
            "AgentID": str(self._settings.agent_id),
            "Encrypt": sealed,
        }
        return self._signed_url(sealed, {}), xml.write(dict(envelope))

    def _signed_url(self, sealed: str, more: dict[str, str]) -> str:
        stamp = str(int(self._state.clock().timestamp()))
        nonce = str(secrets.randbelow(10**10))
        signature = crypto.sign(self._settings.token, stamp, nonce, sealed)
        query = {"msg_signature": signature, "timestamp": stamp, "nonce": nonce} | more
        url = self._settings.callback_url or ""
        return url + ("&" if "?" in url else "?") + urlencode(query)
