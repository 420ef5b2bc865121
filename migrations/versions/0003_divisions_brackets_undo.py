"""divisions, brackets, undo"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NO = sa.false()
DIVIDED = {"stages": "CASCADE", "teams": "SET NULL"}


def new_columns() -> dict[str, tuple[sa.Column[Any], ...]]:
    """Made anew for each use: a column belongs to one table only."""
    return {
        "events": (
            sa.Column("entrants", sa.String(length=8), nullable=False, server_default="team"),
            sa.Column("second_person", sa.Boolean(), nullable=False, server_default=NO),
            sa.Column("frozen", sa.JSON(none_as_null=True), nullable=True),
            sa.Column("timetable", sa.JSON(none_as_null=True), nullable=True),
        ),
        "stages": (
            sa.Column("division_id", sa.Integer(), nullable=True),
            sa.Column("options", sa.JSON(), nullable=False, server_default="{}"),
        ),
        "teams": (
            sa.Column("division_id", sa.Integer(), nullable=True),
            sa.Column("members", sa.Text(), nullable=False, server_default=""),
            sa.Column("withdrawn", sa.String(length=10), nullable=False, server_default=""),
        ),
        "pitches": (sa.Column("timezone", sa.String(length=64), nullable=False, server_default=""),),
        "fixtures": (
            sa.Column("code", sa.String(length=20), nullable=False, server_default=""),
            sa.Column("leg", sa.Integer(), nullable=True),
            sa.Column("home_source", sa.JSON(none_as_null=True), nullable=True),
            sa.Column("away_source", sa.JSON(none_as_null=True), nullable=True),
            sa.Column("locked", sa.Boolean(), nullable=False, server_default=NO),
            sa.Column("ruling", sa.String(length=8), nullable=False, server_default=""),
        ),
        "results": (
            sa.Column("annulled", sa.Boolean(), nullable=False, server_default=NO),
            sa.Column("decided", sa.String(length=4), nullable=False, server_default=""),
            sa.Column("decided_by", sa.String(length=8), nullable=False, server_default=""),
        ),
        "audit": (
            sa.Column("changes", sa.JSON(none_as_null=True), nullable=True),
            sa.Column("undoes_id", sa.Integer(), nullable=True),
            sa.Column("undone_by_id", sa.Integer(), nullable=True),
        ),
    }


def upgrade() -> None:
    op.create_table(
        "divisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_divisions_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_divisions")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq_divisions_event_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_divisions_event_id"), "divisions", ["event_id"], unique=False)
    for table, columns in new_columns().items():
        for column in columns:
            op.add_column(table, column)
    for table, ondelete in DIVIDED.items():
        # SQLite adds no constraint to a table that is there, so the table is made anew, ids still never reused.
        with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
            batch_op.create_foreign_key(
                op.f(f"fk_{table}_division_id_divisions"), "divisions", ["division_id"], ["id"], ondelete=ondelete
            )
            batch_op.create_index(batch_op.f(f"ix_{table}_division_id"), ["division_id"], unique=False)


def downgrade() -> None:
    for table, columns in new_columns().items():
        with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
            if table in DIVIDED:
                batch_op.drop_index(batch_op.f(f"ix_{table}_division_id"))
                batch_op.drop_constraint(op.f(f"fk_{table}_division_id_divisions"), type_="foreignkey")
            for column in columns:
                batch_op.drop_column(column.name)
    op.drop_index(op.f("ix_divisions_event_id"), table_name="divisions")
    op.drop_table("divisions")
