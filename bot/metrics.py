"""Counters for Prometheus; labels are kinds and codes, never a person."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter(
            "jixiao_turns", "Turns by kind and outcome", ["kind", "outcome"], registry=self.registry
        )
        self.turn_seconds = Histogram(
            "jixiao_turn_seconds", "Time of a turn", buckets=_SECONDS, registry=self.registry
        )
        self.refused = Counter(
            "jixiao_callbacks_refused", "Refused callbacks", ["code"], registry=self.registry
        )
        self.sends = Counter(
            "jixiao_sends", "Outgoing messages by outcome", ["outcome"], registry=self.registry
        )
        self.tasks = Counter(
            "jixiao_tasks", "Background work", ["kind", "outcome"], registry=self.registry
        )
        self.paused = Gauge(
            "jixiao_sending_paused", "1 while no call can work", registry=self.registry
        )

    def text(self) -> bytes:
        """All figures in Prometheus's format."""
        return generate_latest(self.registry)
