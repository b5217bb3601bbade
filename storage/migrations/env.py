"""Runs migrations on the transaction that storage.schema hands over. They only go forward: a way
back would throw answers away.

A batch migration copies a table on SQLite, which drops its triggers: whoever changes
answer_events or form_events must create their guards again.
"""

from typing import Any, Literal

from alembic import context

from storage.models import Base
from storage.moment import Moment


def _render(kind: str, item: Any, _: object) -> str | Literal[False]:
    """Writes our column type as plain SQLAlchemy: a migration must outlive the code."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
