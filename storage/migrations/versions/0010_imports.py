"""Proposals, units with their figures, purges."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)
Json = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.add_column("files", sa.Column("warnings", Json, nullable=True))
    op.create_table(
        "units",
        sa.Column("id", Whole, nullable=False),
        sa.Column("department_id", Whole, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_units_department_id_departments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("department_id", "code", name=op.f("uq_units_department_id_code")),
    )
    op.create_table(
        "proposals",
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
        sa.CheckConstraint(
            "source IN ('report', 'accounts', 'last_year', 'office', 'units')",
            name=op.f("ck_proposals_source"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'taken', 'declined', 'replaced')", name=op.f("ck_proposals_state")
        ),
        sa.ForeignKeyConstraint(
            ["file_key"], ["files.key"], name=op.f("fk_proposals_file_key_files")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_proposals_form_id_forms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index("ix_proposals_form_id", "proposals", ["form_id", "state"], unique=False)
    op.create_table(
        "purges",
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", When, nullable=False),
        sa.Column("agreed_by", sa.Text(), nullable=True),
        sa.Column("agreed_at", When, nullable=True),
        sa.Column("refused_at", When, nullable=True),
        sa.CheckConstraint("what IN ('fact', 'evidence', 'seal')", name=op.f("ck_purges_what")),
        sa.CheckConstraint(
            "agreed_by IS NULL OR agreed_by <> asked_by", name=op.f("ck_purges_two_people")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_purges_form_id_forms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purges")),
    )
    op.create_index("ix_purges_form_id", "purges", ["form_id"], unique=False)
    op.create_table(
        "unit_figures",
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("unit_id", Whole, nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("value", Json, nullable=True),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name=op.f("fk_unit_figures_form_id_forms")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_unit_figures_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_figures")),
    )
    op.create_index("ix_unit_figures_form_id", "unit_figures", ["form_id", "id"], unique=False)
