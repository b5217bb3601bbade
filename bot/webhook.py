"""The callback address: the console's check, and every message of every member.

200 is only answered after the commit. What WeChat Work did not sign gets 4xx; what we can't do
now gets 5xx, so that WeChat Work sends it again.
"""

from __future__ import annotations

import time
from datetime import datetime

import structlog
from flask import Blueprint, Response, request
from structlog.contextvars import bound_contextvars
from werkzeug.exceptions import RequestEntityTooLarge

from bot.logs import place_of
from bot.replies import GreyReply, Reply, TextReply
from bot.services import Services
from bot.turns import Turns
from bot.wecom.callback import CallbackGuard, Refused
from bot.wecom.envelope import SIGNATURE, XML
from bot.wecom.inbound import Inbound, MalformedXml, dedupe_key, parse
from bot.wecom.passive import button_reply, text_reply
from storage.database import DatabaseDown

log = structlog.get_logger(__name__)
MAX_BODY = 65536
_SHORT = 12


class Webhook:
    """Opens what comes, has the turn done, seals the reply."""

    def __init__(self, services: Services) -> None:
        settings = services.settings
        self._services = services
        self._turns = Turns(services)
        self._corp_id = settings.corp_id
        self._agent_id = settings.agent_id
        self._guard = CallbackGuard(
            settings.corp_id,
            settings.token.get_secret_value(),
            settings.aes_key.get_secret_value(),
            max_body=MAX_BODY,
        )

    def verify(self) -> Response:
        """The console's GET: the decrypted text and nothing else."""
        try:
            echo = self._guard.verify_url(request.args, self._services.clock())
        except Refused as refused:
            return self._refuse(refused, "verify")
        return Response(echo, content_type="text/plain; charset=utf-8")

    def receive(self) -> Response:
        """A message or event."""
        request.max_content_length = MAX_BODY
        try:
            xml = self._guard.open(request.args, request.get_data(), self._services.clock())
            if not xml.lstrip().startswith("<"):
                # Sealed by WeChat Work itself, so it is taken; a refusal would only bring it again.
                log.warning("callback_without_message", length=len(xml))
                return Response("")
            inbound = parse(xml)
        except RequestEntityTooLarge:
            return self._refuse(Refused("body is too large", XML), "receive", 413)
        except Refused as refused:
            return self._refuse(refused, "receive")
        except MalformedXml:
            return self._refuse(Refused("message is not XML", XML), "receive")
        if inbound.agent_id not in (None, self._agent_id):
            log.warning("callback_of_another_app")
            return Response("")
        key = dedupe_key(inbound, xml)
        with bound_contextvars(turn=key[:_SHORT]):
            return self._answer(inbound, key)

    def _answer(self, inbound: Inbound, key: str) -> Response:
        began = time.perf_counter()
        try:
            reply = self._turns.take(inbound, key)
            body = self._sealed(inbound, reply, self._services.clock())
        except DatabaseDown as error:
            log.error("turn_put_off", kind=inbound.kind, reason=error.reason, **place_of(error))
            return Response("", 503)
        except Exception as error:
            log.error("turn_failed", kind=inbound.kind, **place_of(error))
            self._services.metrics.turns.labels(kind=inbound.kind, outcome="failed").inc()
            return Response("", 500)
        self._services.metrics.turn_seconds.observe(time.perf_counter() - began)
        return Response(body, content_type="text/xml; charset=utf-8")

    def _sealed(self, inbound: Inbound, reply: Reply, now: datetime) -> str:
        match reply:
            case TextReply(text=text):
                return self._guard.seal(text_reply(inbound, self._corp_id, text, now), now)
            case GreyReply(label=label):
                return self._guard.seal(button_reply(inbound, self._corp_id, label, now), now)
        return ""

    def _refuse(self, refused: Refused, what: str, status: int | None = None) -> Response:
        status = status or (403 if refused.code == SIGNATURE else 400)
        self._services.metrics.refused.labels(code=str(refused.code)).inc()
        log.warning(
            "callback_refused", what=what, reason=refused.reason, code=refused.code, status=status
        )
        return Response("", status)


def make_webhook(services: Services) -> Blueprint:
    """The blueprint of the callback address."""
    blueprint = Blueprint("webhook", __name__)
    webhook = Webhook(services)
    blueprint.add_url_rule("/wecom/callback", "verify", webhook.verify, methods=["GET"])
    blueprint.add_url_rule("/wecom/callback", "receive", webhook.receive, methods=["POST"])
    return blueprint
