"""Answers: events, and the present ones."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)
Json = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "answer_events",
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("value", Json, nullable=True),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.Column("turn_id", Whole, nullable=True),
        sa.Column("purged_at", When, nullable=True),
        sa.Column("purged_by", sa.Text(), nullable=True),
        sa.Column("purge_agreed_by", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "purged_at IS NULL OR (value IS NULL AND raw = '' AND purged_by IS NOT NULL AND purge_agreed_by IS NOT NULL AND purged_by <> purge_agreed_by)",
            name=op.f("ck_answer_events_tombstone"),
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name=op.f("fk_answer_events_form_id_forms")
        ),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["turns.id"], name=op.f("fk_answer_events_turn_id_turns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_events")),
    )
    op.create_index("ix_answer_events_form_id", "answer_events", ["form_id", "id"])
    op.create_table(
        "present_answers",
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("value", Json, nullable=False),
        sa.Column("event_id", Whole, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["answer_events.id"],
            name=op.f("fk_present_answers_event_id_answer_events"),
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name=op.f("fk_present_answers_form_id_forms")
        ),
        sa.PrimaryKeyConstraint("form_id", "fact", name=op.f("pk_present_answers")),
    )
