"""Calls the app: signed, encrypted, tried again when not accepted; and the address check."""

import secrets
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from emulator import crypto, xml
from emulator.faults import Fault, Kind
from emulator.state import State
from emulator.transport import Answer, NoAnswer, Transport

HASTE = 0.05
"""How long a hurried WeChat Work waits for the app, where the fault does not say."""
BEFORE: tuple[Kind, ...] = ("reset_before", "bad_gateway", "garbled", "hang_up")
AFTER: tuple[Kind, ...] = ("reset_after", "truncated")
Outcome = Literal["accepted", "status", "no_answer", "unsent"]


@dataclass(frozen=True)
class Letter:
    """Something that the app is to be told: the inner XML and its number in the record; whose doing
    it tells, its message type or event, and its MsgId (events have none)."""

    number: int
    message: str
    userid: str = ""
    name: str = ""
    key: str = ""


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

    def deliver(self, letter: Letter) -> Delivery:
        """Sends the letter until accepted with 200, at most 1 + retries times."""
        url, body = self._seal(letter)
        most = 1 + self._settings.retries
        for number in range(1, most + 1):
            answer = self._try(letter, url, body)
            if answer and answer.status == 200:
                return Delivery(number, answer.body)
            if number < most:
                self._state.pause(self._settings.retry_pause)
                if self._settings.retry_signs_afresh:
                    url, body = self._seal(letter)
        self._state.journal.note("undelivered", "given_up", letter.userid, tries=most)
        return Delivery(most, None)

    def repeat(self, letter: Letter) -> None:
        """Sends an accepted letter once more; what is answered now is shown to nobody."""
        url, body = self._seal(letter)
        try:
            answer = self._transport("POST", url, body, self._settings.callback_seconds)
        except NoAnswer:
            self._record(letter, "no_answer", copy=True)
        else:
            outcome: Outcome = "accepted" if answer.status == 200 else "status"
            self._record(letter, outcome, answer.status, copy=True)

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

    def _try(self, letter: Letter, url: str, body: str) -> Answer | None:
        """One try under whatever goes wrong; None where WeChat Work got no answer."""
        fault = self._take(letter, BEFORE)
        try:
            answer = self._carry(fault, url, body)
            fault = fault or self._take(letter, AFTER)
            if fault and fault.kind == "reset_after":
                raise NoAnswer("fault")
        except NoAnswer as error:
            unsent = fault is not None and fault.kind == "reset_before"
            self._state.journal.note("retry", "no_answer", why=str(error))
            self._record(letter, "unsent" if unsent else "no_answer", None, fault)
            return None
        if fault and fault.kind == "truncated":
            answer = Answer(answer.status, answer.body[: len(answer.body) // 2])
        if answer.status != 200:
            self._state.journal.note("retry", "bad_status", status=answer.status)
        outcome: Outcome = "accepted" if answer.status == 200 else "status"
        self._record(letter, outcome, answer.status, fault)
        return answer

    def _carry(self, fault: Fault | None, url: str, body: str) -> Answer:
        """The app's answer; or that of a network which does what the fault says."""
        kind = fault.kind if fault else None
        if kind == "reset_before":
            raise NoAnswer("fault")
        if kind == "bad_gateway":
            return Answer(502, "")
        if kind == "garbled":
            body = body[: len(body) // 2]
        if fault and kind == "hang_up":
            self._transport("POST", url, body, fault.seconds or HASTE)
            raise NoAnswer("fault")
        return self._transport("POST", url, body, self._settings.callback_seconds)

    def _take(self, letter: Letter, kinds: tuple[Kind, ...]) -> Fault | None:
        taken = (
            self._state.faults.take("callback", kind, letter.name, letter.userid) for kind in kinds
        )
        return next((fault for fault in taken if fault), None)

    def _record(
        self,
        letter: Letter,
        outcome: Outcome,
        status: int | None = None,
        fault: Fault | None = None,
        copy: bool = False,
    ) -> None:
        kind = fault.kind if fault else None
        self._state.record.add(
            "tried", letter=letter.number, copy=copy, outcome=outcome, status=status, fault=kind
        )

    def _seal(self, letter: Letter) -> tuple[str, str]:
        sealed = crypto.encrypt(self._settings.aes_key, letter.message, self._settings.corp_id)
        envelope = {
            "ToUserName": self._settings.corp_id,
            "AgentID": str(self._settings.agent_id),
            "Encrypt": sealed,
        }
        skew = self._take(letter, ("skew",))
        return self._signed_url(sealed, {}, skew.seconds if skew else 0), xml.write(dict(envelope))

    def _signed_url(self, sealed: str, more: dict[str, str], skew: float = 0) -> str:
        stamp = str(int(self._state.clock().timestamp() + skew))
        nonce = str(secrets.randbelow(10**10))
        signature = crypto.sign(self._settings.token, stamp, nonce, sealed)
        query = {"msg_signature": signature, "timestamp": stamp, "nonce": nonce} | more
        url = self._settings.callback_url or ""
        return url + ("&" if "?" in url else "?") + urlencode(query)
