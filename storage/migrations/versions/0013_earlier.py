"""Old answers that a change of another one made doubtful are offered again, as proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)
Json = sa.JSON(none_as_null=True)

_BEFORE = "source IN ('report', 'accounts', 'last_year', 'office', 'units')"
_SOURCES = "source IN ('report', 'accounts', 'last_year', 'office', 'units', 'earlier')"


def upgrade() -> None:
    """SQLite can't change a check: there the table is written anew, from what stands here."""
    name = op.f("ck_proposals_source")
    with op.batch_alter_table("proposals", copy_from=_proposals(name)) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, _SOURCES)


def _proposals(check: str) -> sa.Table:
    """The table as it was left by the migrations before."""
    return sa.Table(
        "proposals",
        sa.MetaData(),
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("value", Json, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=True),
        sa.Column("brought_by", sa.Text(), nullable=False),
        sa.Column("brought_at", When, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_at", When, nullable=True),
        sa.CheckConstraint(_BEFORE, name=check),
        sa.CheckConstraint(
            "state IN ('open', 'taken', 'declined', 'replaced')", name=op.f("ck_proposals_state")
        ),
        sa.ForeignKeyConstraint(
            ["file_key"], ["files.key"], name=op.f("fk_proposals_file_key_files")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_proposals_form_id_forms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.Index("ix_proposals_form_id", "form_id", "state"),
    )
