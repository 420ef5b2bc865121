"""languages of events and users, and words of Timely's own announcements and notifications"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Events that are there speak English, as they did, and what was announced stays as it was written."""
    op.add_column("events", sa.Column("language", sa.String(10), nullable=False, server_default="en"))
    op.add_column("users", sa.Column("language", sa.String(10), nullable=False, server_default=""))
    op.add_column("announcements", sa.Column("words", sa.JSON(), nullable=True))
    op.add_column("notifications", sa.Column("words", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("notifications", "words")
    op.drop_column("announcements", "words")
    op.drop_column("users", "language")
    op.drop_column("events", "language")
