"""Days of the calendar, plans of cycles, and what people are told unasked."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)
Json = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_days")),
    )
    op.create_table(
        "unasked",
        sa.Column("id", Whole, nullable=False),
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("reasons", Json, nullable=False),
        sa.Column("messages", Whole, nullable=False),
        sa.Column("created_at", When, nullable=False),
        sa.Column("started_at", When, nullable=True),
        sa.Column("dropped_at", When, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unasked")),
    )
    op.create_index("ix_unasked_userid_day", "unasked", ["userid", "day"], unique=False)
    op.create_table(
        "snoozes",
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("until", When, nullable=False),
        sa.Column("wakes", sa.Boolean(), nullable=False),
        sa.Column("set_at", When, nullable=False),
        sa.ForeignKeyConstraint(
            ["userid"], ["people.userid"], name=op.f("fk_snoozes_userid_people")
        ),
        sa.PrimaryKeyConstraint("userid", name=op.f("pk_snoozes")),
    )
    op.create_table(
        "cycle_events",
        sa.Column("id", Whole, nullable=False),
        sa.Column("cycle_id", Whole, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", When, nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_cycle_events_cycle_id_cycles")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle_events")),
    )
    op.create_index("ix_cycle_events_cycle_id", "cycle_events", ["cycle_id", "id"], unique=False)
    op.create_table(
        "nudges",
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("at", When, nullable=False),
        sa.Column("settled_at", When, nullable=True),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_nudges_form_id_forms")),
        sa.ForeignKeyConstraint(
            ["userid"], ["people.userid"], name=op.f("fk_nudges_userid_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudges")),
    )
    op.create_index(
        "ix_nudges_form_id",
        "nudges",
        ["form_id"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.add_column("cycles", sa.Column("plan", Json, server_default="{}", nullable=False))
    op.add_column("cycles", sa.Column("plan_version", Whole, server_default="1", nullable=False))
    op.add_column("cycles", sa.Column("closed_at", When, nullable=True))
    op.add_column("cycles", sa.Column("erased_at", When, nullable=True))
    op.add_column("deliveries", sa.Column("deadline", When, nullable=True))
    op.add_column("deliveries", sa.Column("evidence_key", sa.Text(), nullable=True))
    op.add_column(
        "departments", sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    op.add_column("forms", sa.Column("extended_to", When, nullable=True))
    op.add_column("outbox", sa.Column("topic", sa.Text(), server_default="", nullable=False))
    op.add_column("outbox", sa.Column("about", sa.Text(), server_default="", nullable=False))
    op.add_column("outbox", sa.Column("unasked_id", Whole, nullable=True))
    op.add_column("people", sa.Column("email", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "people", sa.Column("weekly", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
