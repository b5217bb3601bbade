"""Submissions, approvals, stand-ins, what came back, seals."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "stand_ins",
        sa.Column("id", Whole, nullable=False),
        sa.Column("department_id", Whole, nullable=False),
        sa.Column("stands_in_for", sa.Text(), nullable=False),
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", When, nullable=False),
        sa.Column("until", When, nullable=True),
        sa.Column("ended_at", When, nullable=True),
        sa.CheckConstraint("userid <> stands_in_for", name=op.f("ck_stand_ins_other")),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["departments.id"],
            name=op.f("fk_stand_ins_department_id_departments"),
        ),
        sa.ForeignKeyConstraint(
            ["stands_in_for"], ["people.userid"], name=op.f("fk_stand_ins_stands_in_for_people")
        ),
        sa.ForeignKeyConstraint(
            ["userid"], ["people.userid"], name=op.f("fk_stand_ins_userid_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_ins")),
    )
    op.create_index("ix_stand_ins_department_id", "stand_ins", ["department_id"], unique=False)
    op.create_table(
        "approvals",
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("submission", Whole, nullable=False),
        sa.Column("rank", Whole, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("for_whom", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=True),
        sa.Column("at", When, nullable=False),
        sa.Column("dropped_at", When, nullable=True),
        sa.ForeignKeyConstraint(
            ["file_key"], ["files.key"], name=op.f("fk_approvals_file_key_files")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_approvals_form_id_forms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    op.create_index(
        "uq_approvals_standing",
        "approvals",
        ["form_id", "submission", "rank"],
        unique=True,
        sqlite_where=sa.text("dropped_at IS NULL"),
        postgresql_where=sa.text("dropped_at IS NULL"),
    )
    op.create_table(
        "returned_points",
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.Column("settled_at", When, nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("reply", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name=op.f("fk_returned_points_form_id_forms")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_points")),
    )
    op.create_index(
        "uq_returned_points_open",
        "returned_points",
        ["form_id", "indicator"],
        unique=True,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "seals",
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_at", When, nullable=False),
        sa.Column("removed_at", When, nullable=True),
        sa.Column("removed_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["file_key"], ["files.key"], name=op.f("fk_seals_file_key_files")),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_seals_form_id_forms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
    )
    op.create_index("ix_seals_form_id", "seals", ["form_id", "version"], unique=False)
    op.create_index(
        "ix_cards_form_id",
        "cards",
        ["form_id"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "submissions",
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("number", Whole, autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.Column("last_event_id", Whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name=op.f("fk_submissions_form_id_forms")
        ),
        sa.PrimaryKeyConstraint("form_id", "number", name=op.f("pk_submissions")),
    )
