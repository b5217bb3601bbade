"""Log lines as JSON, without secrets, answers or anything people wrote.

What may stand in a line: codes, counts, ids of forms and turns, names of kinds. An exception is
logged by its type and place, never by its text, which may quote what somebody typed.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

import structlog

from bot.wecom.redaction import redact

_FRAMES = 6
# Says twice a second that the last tick is still at work.
_CHATTER = "apscheduler.executors", "apscheduler.scheduler"


def set_up(level: str = "info") -> None:
    """Sends all log lines to standard error, one JSON object each."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _hide_secrets,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.lastResort = LibraryLines()
    for name in _CHATTER:
        logging.getLogger(name).setLevel(logging.ERROR)


class LibraryLines(logging.Handler):
    """What libraries log by themselves, as lines like ours."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        """An exception's text stays out here too; so does the message that may quote it."""
        error = record.exc_info[1] if record.exc_info else None
        said = {**place_of(error)} if error else {"message": record.getMessage()}
        log = structlog.get_logger().bind(library=record.name, **said)
        log.log(record.levelno, "library_says")


def place_of(error: BaseException) -> dict[str, Any]:
    """What may be logged of an exception: its type and the last places it passed."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames]
    return {"error": type(error).__name__, "places": places}


def _hide_secrets(_logger: Any, _method: str, event: Any) -> Any:
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = redact(value)
    return event
