"""Hand-overs to colleagues; what people are called by, where they sit and in which department."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
When = sa.DateTime(timezone=True)
Json = sa.JSON(none_as_null=True)

_ROLES = "role IN ('contact', 'reviewer', 'coordinator', 'finance', 'colleague')"
_EVERYWHERE = sa.text("department_id IS NULL")
_RUNNING = sa.text("state IN ('offered', 'accepted')")


def upgrade() -> None:
    op.add_column("people", sa.Column("aliases", Json, server_default="[]", nullable=False))
    op.add_column("people", sa.Column("office", sa.Text(), server_default="", nullable=False))
    _let_colleagues_in()
    op.create_table(
        "colleagues",
        sa.Column("department_id", Whole, autoincrement=False, nullable=False),
        sa.Column("userid", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["departments.id"],
            name=op.f("fk_colleagues_department_id_departments"),
        ),
        sa.ForeignKeyConstraint(
            ["userid"], ["people.userid"], name=op.f("fk_colleagues_userid_people")
        ),
        sa.PrimaryKeyConstraint("department_id", "userid", name=op.f("pk_colleagues")),
    )
    op.create_table(
        "hand_overs",
        sa.Column("id", Whole, nullable=False),
        sa.Column("form_id", Whole, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("without", Json, server_default="[]", nullable=False),
        sa.Column("giver", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("reply", sa.Text(), server_default="", nullable=False),
        sa.Column("given_at", When, nullable=False),
        sa.Column("answered_at", When, nullable=True),
        sa.Column("done_at", When, nullable=True),
        sa.Column("ended_at", When, nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('offered', 'accepted', 'declined', 'ended')",
            name=op.f("ck_hand_overs_state"),
        ),
        sa.CheckConstraint("giver <> receiver", name=op.f("ck_hand_overs_other")),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name=op.f("fk_hand_overs_form_id_forms")
        ),
        sa.ForeignKeyConstraint(
            ["giver"], ["people.userid"], name=op.f("fk_hand_overs_giver_people")
        ),
        sa.ForeignKeyConstraint(
            ["receiver"], ["people.userid"], name=op.f("fk_hand_overs_receiver_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
    )
    op.create_index(
        "uq_hand_overs_running",
        "hand_overs",
        ["form_id", "scope", "receiver"],
        unique=True,
        sqlite_where=_RUNNING,
        postgresql_where=_RUNNING,
    )
    op.create_index("ix_hand_overs_form_id", "hand_overs", ["form_id", "state"], unique=False)
    op.create_index("ix_hand_overs_receiver", "hand_overs", ["receiver", "state"], unique=False)


def _let_colleagues_in() -> None:
    """The roles gain one. SQLite can't change a check: there the table is written anew, from
    what stands here, for its checks and partial indexes are not all found by looking at it."""
    name = op.f("ck_roles_role")
    with op.batch_alter_table("roles", copy_from=_roles(name)) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, _ROLES)


def _roles(check: str) -> sa.Table:
    """The table as it was left by the migrations before."""
    return sa.Table(
        "roles",
        sa.MetaData(),
        sa.Column("id", Whole, nullable=False),
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("department_id", Whole, nullable=True),
        sa.Column("rank", Whole, server_default="1", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("role IN ('contact', 'reviewer', 'coordinator', 'finance')", name=check),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_roles_department_id_departments")
        ),
        sa.ForeignKeyConstraint(["userid"], ["people.userid"], name=op.f("fk_roles_userid_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.Index("uq_roles_in_department", "userid", "role", "department_id", unique=True),
        sa.Index(
            "uq_roles_everywhere",
            "userid",
            "role",
            unique=True,
            sqlite_where=_EVERYWHERE,
            postgresql_where=_EVERYWHERE,
        ),
        sa.Index("ix_roles_role_department_id", "role", "department_id"),
    )
