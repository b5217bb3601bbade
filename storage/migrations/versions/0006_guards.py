"""Triggers that keep the two histories as they were written.

Events of forms can't be changed at all. An answer event can be purged, once: its table's own
check demands that a purged row has no content and names two different people.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NOT_A_PURGE = """
    OLD.purged_at IS NOT NULL OR NEW.purged_at IS NULL
    OR NEW.id <> OLD.id OR NEW.form_id <> OLD.form_id OR NEW.fact <> OLD.fact
    OR NEW.actor <> OLD.actor OR NEW.at <> OLD.at
    OR COALESCE(NEW.turn_id, 0) <> COALESCE(OLD.turn_id, 0)
"""


def upgrade() -> None:
    guard = _guard_on_sqlite if op.get_bind().dialect.name == "sqlite" else _guard_on_postgresql
    guard("answer_events", "update", NOT_A_PURGE)
    guard("answer_events", "delete", "1 = 1")
    guard("form_events", "update", "1 = 1")
    guard("form_events", "delete", "1 = 1")


def _guard_on_sqlite(table: str, action: str, when: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _guard_on_postgresql(table: str, action: str, when: str) -> None:
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = '23001'; END $$ "
        "LANGUAGE plpgsql"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table} FOR EACH ROW "
        f"WHEN ({when}) EXECUTE FUNCTION {table}_is_append_only()"
    )
