"""Forms, what happened to them, and what belongs to them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)
Json = sa.JSON(none_as_null=True)


def upgrade() -> None:
    _create_forms()
    _create_form_events()
    _create_waivers()
    _create_deliveries()
    _create_cards()
    _create_files()
    _create_evidence()


def _create_forms() -> None:
    op.create_table(
        "forms",
        sa.Column("id", Whole, nullable=False),
        sa.Column("cycle_id", Whole, nullable=False),
        sa.Column("department_id", Whole, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("updated_at", When, nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_forms_cycle_id_cycles")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_forms_department_id_departments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forms")),
        sa.UniqueConstraint(
            "cycle_id", "department_id", name=op.f("uq_forms_cycle_id_department_id")
        ),
    )
    op.create_index("ix_forms_department_id", "forms", ["department_id"])


def _create_form_events() -> None:
    op.create_table(
        "form_events",
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name=op.f("fk_form_events_form_id_forms")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_events")),
    )
    op.create_index("ix_form_events_form_id", "form_events", ["form_id", "id"])


def _create_waivers() -> None:
    op.create_table(
        "waivers",
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_waivers_form_id_forms")),
        sa.PrimaryKeyConstraint("form_id", "finding", name=op.f("pk_waivers")),
    )


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("version", Whole, autoincrement=False, nullable=False),
        sa.Column("created_at", When, nullable=False),
        sa.Column("files", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name=op.f("fk_deliveries_form_id_forms")
        ),
        sa.PrimaryKeyConstraint("form_id", "version", name=op.f("pk_deliveries")),
    )


def _create_cards() -> None:
    op.create_table(
        "cards",
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("form_id", Whole, nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("response_code", sa.Text(), nullable=True),
        sa.Column("response_code_at", When, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", When, nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'clicked', 'greyed', 'stale')", name=op.f("ck_cards_state")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_cards_form_id_forms")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_cards")),
    )
    op.create_index("ix_cards_userid_state", "cards", ["userid", "state"])


def _create_files() -> None:
    op.create_table(
        "files",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", Whole, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("stored_at", When, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_files")),
    )


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_at", When, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("removed_at", When, nullable=True),
        sa.ForeignKeyConstraint(
            ["file_key"], ["files.key"], name=op.f("fk_evidence_file_key_files")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_evidence_form_id_forms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index("ix_evidence_form_id", "evidence", ["form_id"])
