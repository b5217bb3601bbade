"""What the running service needs for itself."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "tokens",
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("expires_at", When, nullable=True),
        sa.Column("generation", Whole, nullable=False),
        sa.Column("renewing_until", When, nullable=True),
        sa.Column("renewing_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("app", name=op.f("pk_tokens")),
    )
    op.create_table(
        "ledger",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ledger")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", When, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
