"""Background work."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)
OPEN = sa.text("done_at IS NULL AND given_up_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", Whole, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("due_at", When, nullable=False),
        sa.Column("attempts", Whole, nullable=False),
        sa.Column("claimed_until", When, nullable=True),
        sa.Column("done_at", When, nullable=True),
        sa.Column("given_up_at", When, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("key", name=op.f("uq_tasks_key")),
    )
    op.create_index(
        "ix_tasks_due", "tasks", ["due_at", "id"], sqlite_where=OPEN, postgresql_where=OPEN
    )
