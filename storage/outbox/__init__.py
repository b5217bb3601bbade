"""What is to be sent, one queue a person, written in the transaction that decided it.

A row is pending, then claimed by a worker under a lease, then sent; or failed (it can't arrive),
or unknown (it may have arrived, and the time to resend it safely is over). Failed and unknown
rows wait for somebody to look at them and hold nothing up.

The order is kept among the rows that are ready: a row put off until later (`not_before`) lets
others pass until its time comes, but one that was tried and waits for a retry does not.
"""

from storage.outbox.decisions import (
    Sought,
    amounts,
    doubt_unsent,
    find,
    get,
    requeue,
    set_aside,
)
from storage.outbox.outcomes import (
    keep_media,
    mark_failed,
    mark_retry,
    mark_sent,
    mark_unknown,
    postpone,
    replace,
)
from storage.outbox.queue import add, begin, claim, has_pending, hold
from storage.outbox.review import SentMessage, sent_messages, sent_since, stuck, unsent
from storage.outbox.row import OutboxRow

__all__ = [
    "OutboxRow",
    "SentMessage",
    "Sought",
    "add",
    "amounts",
    "begin",
    "claim",
    "doubt_unsent",
    "find",
    "get",
    "has_pending",
    "hold",
    "keep_media",
    "mark_failed",
    "mark_retry",
    "mark_sent",
    "mark_unknown",
    "postpone",
    "replace",
    "requeue",
    "sent_messages",
    "sent_since",
    "set_aside",
    "stuck",
    "unsent",
]
