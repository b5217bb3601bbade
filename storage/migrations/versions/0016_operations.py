"""Incidents that stop all sending; messages that somebody has set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", Whole, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", Whole, nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("our_ip", sa.Text(), server_default="", nullable=False),
        sa.Column("credentials", sa.Text(), server_default="", nullable=False),
        sa.Column("opened_at", When, nullable=False),
        sa.Column("next_probe_at", When, nullable=False),
        sa.Column("probes", Whole, server_default="0", nullable=False),
        sa.Column("closed_at", When, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index(
        "ix_incidents_open",
        "incidents",
        ["kind"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.add_column("outbox", sa.Column("set_aside_at", When, nullable=True))
