"""language of an event, and of a user"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Events that are there speak English, as they did."""
    op.add_column("events", sa.Column("language", sa.String(10), nullable=False, server_default="en"))
    op.add_column("users", sa.Column("language", sa.String(10), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("users", "language")
    op.drop_column("events", "language")
