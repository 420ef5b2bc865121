"""indexes by growth"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_audit_event_id_deed", "audit", ["event_id", "deed"], unique=False)
    # With the day, or every game without a time would be looked at once a second.
    op.drop_index("ix_fixtures_state", table_name="fixtures")
    op.create_index("ix_fixtures_state", "fixtures", ["state", "start_at", "start_on"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_fixtures_state", table_name="fixtures")
    op.create_index("ix_fixtures_state", "fixtures", ["state", "start_at"], unique=False)
    op.drop_index("ix_audit_event_id_deed", table_name="audit")
