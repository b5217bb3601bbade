"""One row of the outbox, as workers see it."""

from dataclasses import dataclass
from datetime import datetime

from storage.models import OutboxMessage, table
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """`payload` is the exact JSON to send.

    `first_tried_at` is since when, before this claim, it may have arrived; None if it surely has
    not. `attempts` counts tries. `claims` counts claims, so that a worker whose lease ran out is
    not listened to after another has taken the row over. `topic` is what kind of thing it is,
    `about` which departments it concerns; `unasked_id` is there where nobody asked for it;
    `set_aside_at` is when somebody decided that it need not be sent.
    """

    id: int
    userid: str
    kind: str
    payload: str
    file_key: str | None
    media_id: str | None
    state: str
    attempts: int
    claims: int
    not_before: datetime
    first_tried_at: datetime | None
    last_error: str | None
    msgid: str | None
    response_code: str | None
    created_at: datetime
    sent_at: datetime | None
    topic: str = ""
    about: str = ""
    unasked_id: int | None = None
    set_aside_at: datetime | None = None


OUTBOX = table(OutboxMessage)
COLUMNS = columns(OUTBOX, OutboxRow)
