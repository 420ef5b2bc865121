"""What was done, newest first."""

from collections.abc import Sequence

from sqlalchemy import select

from timely.extensions import db
from timely.models import AuditEntry, Fixture


def story_of(fixture: Fixture, most: int = 20) -> Sequence[AuditEntry]:
    """The deeds on this game's result."""
    return db.session.scalars(
        select(AuditEntry).where(AuditEntry.fixture_id == fixture.id).order_by(AuditEntry.id.desc()).limit(most)
    ).all()
