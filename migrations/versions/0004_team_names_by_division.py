"""a team's name is unique within its division"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEX = "uq_teams_name"
OLD = "uq_teams_event_id_name"


def upgrade() -> None:
    with op.batch_alter_table("teams", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(op.f(OLD), type_="unique")
    op.create_index(INDEX, "teams", ["event_id", sa.text("coalesce(division_id, 0)"), "name"], unique=True)


def downgrade() -> None:
    """Teams of one name get their number behind it, for here a name is unique within its event."""
    op.drop_index(INDEX, table_name="teams")
    op.execute(
        """
        UPDATE teams SET name = substr(name, 1, 70) || ' ' || id
        WHERE EXISTS (SELECT 1 FROM teams AS one
                      WHERE one.event_id = teams.event_id AND one.name = teams.name AND one.id < teams.id)
        """
    )
    with op.batch_alter_table("teams", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.create_unique_constraint(op.f(OLD), ["event_id", "name"])
