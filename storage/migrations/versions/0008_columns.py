"""Reviewers in a chain, due dates, codes of versions, how evidence came."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("submission", Whole, nullable=True))
    op.add_column("deliveries", sa.Column("code", sa.Text(), server_default="", nullable=False))
    op.add_column("evidence", sa.Column("removed_by", sa.Text(), nullable=True))
    op.add_column("evidence", sa.Column("via", sa.Text(), server_default="page", nullable=False))
    op.add_column("files", sa.Column("purged_at", When, nullable=True))
    op.add_column("forms", sa.Column("rank", Whole, server_default="0", nullable=False))
    op.add_column("forms", sa.Column("due_at", When, nullable=True))
    op.add_column("roles", sa.Column("rank", Whole, server_default="1", nullable=False))
    op.add_column("roles", sa.Column("title", sa.Text(), server_default="", nullable=False))
    op.add_column("waivers", sa.Column("figures", sa.Text(), server_default="", nullable=False))
    # Before there was a chain, one yes was enough.
    op.execute("UPDATE forms SET rank = 1 WHERE state = 'in_review'")
