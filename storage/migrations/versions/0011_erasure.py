"""Lets a purge take people's words off the two histories, and nothing else about them.

An answer event may lose its raw text besides (one message answers several facts, and only one
of them is purged); an event of a form may lose its words and data.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_SAME = """
    NEW.id <> OLD.id OR NEW.form_id <> OLD.form_id OR NEW.fact <> OLD.fact
    OR NEW.actor <> OLD.actor OR NEW.at <> OLD.at
    OR COALESCE(NEW.turn_id, 0) <> COALESCE(OLD.turn_id, 0)
"""
_SAME_VALUE = "COALESCE(CAST(NEW.value AS TEXT), '') <> COALESCE(CAST(OLD.value AS TEXT), '')"
ANSWER_EVENTS = f"""
    {_SAME}
    OR OLD.purged_at IS NOT NULL
    OR (NEW.purged_at IS NULL AND (NEW.raw <> '' OR {_SAME_VALUE}
        OR NEW.purged_by IS NOT NULL OR NEW.purge_agreed_by IS NOT NULL))
"""
FORM_EVENTS = """
    NEW.id <> OLD.id OR NEW.form_id <> OLD.form_id OR NEW.act <> OLD.act
    OR NEW.actor <> OLD.actor OR NEW.at <> OLD.at
    OR NEW.from_state <> OLD.from_state OR NEW.to_state <> OLD.to_state
    OR NEW.words <> '' OR CAST(NEW.data AS TEXT) <> '{}'
"""


def upgrade() -> None:
    replace = _on_sqlite if op.get_bind().dialect.name == "sqlite" else _on_postgresql
    replace("answer_events", ANSWER_EVENTS)
    replace("form_events", FORM_EVENTS)


def _on_sqlite(table: str, when: str) -> None:
    op.execute(f"DROP TRIGGER {table}_no_update")
    op.execute(
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _on_postgresql(table: str, when: str) -> None:
    op.execute(f"DROP TRIGGER {table}_no_update ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN ({when}) EXECUTE FUNCTION {table}_is_append_only()"
    )
