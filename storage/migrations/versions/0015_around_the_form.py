"""Notices, the directory, finance's review, archives."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "directory_marks",
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("since", When, nullable=False),
        sa.Column("checked_at", When, nullable=False),
        sa.Column("told_at", When, nullable=True),
        sa.CheckConstraint(
            "standing IN ('fine', 'renamed', 'left', 'disabled', 'unseen')",
            name=op.f("ck_directory_marks_standing"),
        ),
        sa.ForeignKeyConstraint(
            ["userid"], ["people.userid"], name=op.f("fk_directory_marks_userid_people")
        ),
        sa.PrimaryKeyConstraint("userid", name=op.f("pk_directory_marks")),
    )
    op.create_table(
        "notice_files",
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.ForeignKeyConstraint(
            ["file_key"], ["files.key"], name=op.f("fk_notice_files_file_key_files")
        ),
        sa.ForeignKeyConstraint(
            ["userid"], ["people.userid"], name=op.f("fk_notice_files_userid_people")
        ),
        sa.PrimaryKeyConstraint("userid", name=op.f("pk_notice_files")),
    )
    op.create_table(
        "notices",
        sa.Column("id", Whole, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), server_default="", nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.Column("supplements", Whole, nullable=True),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("send_at", When, nullable=False),
        sa.Column("cancelled_at", When, nullable=True),
        sa.ForeignKeyConstraint(
            ["file_key"], ["files.key"], name=op.f("fk_notices_file_key_files")
        ),
        sa.ForeignKeyConstraint(
            ["supplements"], ["notices.id"], name=op.f("fk_notices_supplements_notices")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_table(
        "archives",
        sa.Column("id", Whole, nullable=False),
        sa.Column("cycle_id", Whole, nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_archives_cycle_id_cycles")
        ),
        sa.ForeignKeyConstraint(
            ["file_key"], ["files.key"], name=op.f("fk_archives_file_key_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives")),
    )
    op.create_table(
        "notice_receipts",
        sa.Column("notice_id", Whole, autoincrement=False, nullable=False),
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("department_id", Whole, nullable=True),
        sa.Column("sent_at", When, nullable=True),
        sa.Column("received_at", When, nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["departments.id"],
            name=op.f("fk_notice_receipts_department_id_departments"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_receipts_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["userid"], ["people.userid"], name=op.f("fk_notice_receipts_userid_people")
        ),
        sa.PrimaryKeyConstraint("notice_id", "userid", name=op.f("pk_notice_receipts")),
    )
    op.create_index("ix_notice_receipts_userid", "notice_receipts", ["userid"], unique=False)
    op.create_table(
        "opinions",
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("number", Whole, nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("total", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.Column("appeal_until", When, nullable=True),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_key"], ["files.key"], name=op.f("fk_opinions_file_key_files")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_opinions_form_id_forms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
        sa.UniqueConstraint("form_id", "number", name=op.f("uq_opinions_form_id_number")),
    )
    op.create_table(
        "reviewed_scores",
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name=op.f("fk_reviewed_scores_form_id_forms")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewed_scores")),
    )
    op.create_index(
        "ix_reviewed_scores_form_id", "reviewed_scores", ["form_id", "id"], unique=False
    )
    op.create_table(
        "appeals",
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("opinion_id", Whole, nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("reply", sa.Text(), server_default="", nullable=False),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_at", When, nullable=True),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_appeals_form_id_forms")),
        sa.ForeignKeyConstraint(
            ["opinion_id"], ["opinions.id"], name=op.f("fk_appeals_opinion_id_opinions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint(
            "opinion_id", "indicator", name=op.f("uq_appeals_opinion_id_indicator")
        ),
    )
    op.create_index("ix_appeals_form_id", "appeals", ["form_id"], unique=False)
