"""states by clock"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# What was recorded says the state alone; of the other games the clock says it within a second of the first start.
SETTLED = {
    "FINISHED": "FINISHED",
    "WALKOVER": "FINISHED",
    "POSTPONED": "POSTPONED",
    "CANCELLED": "OFF",
    "ABANDONED": "OFF",
    "LIVE": "NOW",
}


def upgrade() -> None:
    op.add_column("events", sa.Column("progress", sa.String(length=8), nullable=False, server_default=""))
    op.add_column("fixtures", sa.Column("state", sa.String(length=10), nullable=False, server_default="SCHEDULED"))
    op.add_column("fixtures", sa.Column("state_since", sa.DateTime(), nullable=True))
    fixtures = sa.table("fixtures", sa.column("status", sa.String()), sa.column("state", sa.String()))
    for status, state in SETTLED.items():
        op.execute(sa.update(fixtures).where(fixtures.c.status == status).values(state=state))
    op.create_index("ix_fixtures_state", "fixtures", ["state", "start_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_fixtures_state", table_name="fixtures")
    with op.batch_alter_table("fixtures", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("state_since")
        batch_op.drop_column("state")
    with op.batch_alter_table("events", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("progress")
