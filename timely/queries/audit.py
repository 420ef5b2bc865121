"""Audit entries, newest first."""

from collections.abc import Sequence

from sqlalchemy import select

from timely.extensions import db
from timely.models import AuditEntry, Event, Fixture


def entries_of_fixture(fixture: Fixture, most: int = 20) -> Sequence[AuditEntry]:
    """The newest *most* entries about this fixture's result."""
    return db.session.scalars(
        select(AuditEntry).where(AuditEntry.fixture_id == fixture.id).order_by(AuditEntry.id.desc()).limit(most)
    ).all()


def entries_of(event: Event, before: int | None = None, most: int = 50) -> Sequence[AuditEntry]:
    """The newest *most* entries of the event; with *before* only those older than the entry of that id."""
    query = select(AuditEntry).where(AuditEntry.event_id == event.id).order_by(AuditEntry.id.desc()).limit(most)
    return db.session.scalars(query.where(AuditEntry.id < before) if before is not None else query).all()


def undoable(entries: Sequence[AuditEntry]) -> set[int]:
    """The ids of entries that kept what they changed and were not undone; a later action may still prevent the undo."""
    ids = [entry.id for entry in entries if entry.undone_by_id is None]
    return set(db.session.scalars(select(AuditEntry.id).where(AuditEntry.id.in_(ids), AuditEntry.changes.is_not(None))))
