"""The year's exercise and the people in it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)
Json = sa.JSON(none_as_null=True)


def upgrade() -> None:
    _create_standards()
    _create_cycles()
    _create_departments()
    _create_people()
    _create_roles()


def _create_standards() -> None:
    op.create_table(
        "standards",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stored_at", When, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_standards")),
    )


def _create_cycles() -> None:
    op.create_table(
        "cycles",
        sa.Column("id", Whole, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("year", Whole, nullable=False),
        sa.Column("standard_hash", sa.Text(), nullable=False),
        sa.Column("opens_at", When, nullable=False),
        sa.Column("deadline", When, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_cycles_state")),
        sa.ForeignKeyConstraint(
            ["standard_hash"], ["standards.hash"], name=op.f("fk_cycles_standard_hash_standards")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycles")),
    )


def _create_departments() -> None:
    op.create_table(
        "departments",
        sa.Column("id", Whole, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_names", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departments")),
        sa.UniqueConstraint("code", name=op.f("uq_departments_code")),
    )


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("plain_text_only", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("userid", name=op.f("pk_people")),
    )


def _create_roles() -> None:
    op.create_table(
        "roles",
        sa.Column("id", Whole, nullable=False),
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("department_id", Whole, nullable=True),
        sa.CheckConstraint(
            "role IN ('contact', 'reviewer', 'coordinator', 'finance')", name=op.f("ck_roles_role")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_roles_department_id_departments")
        ),
        sa.ForeignKeyConstraint(["userid"], ["people.userid"], name=op.f("fk_roles_userid_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
    )
    op.create_index("ix_roles_role_department_id", "roles", ["role", "department_id"])
    op.create_index(
        "uq_roles_everywhere",
        "roles",
        ["userid", "role"],
        unique=True,
        sqlite_where=sa.text("department_id IS NULL"),
        postgresql_where=sa.text("department_id IS NULL"),
    )
    op.create_index(
        "uq_roles_in_department", "roles", ["userid", "role", "department_id"], unique=True
    )
