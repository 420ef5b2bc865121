"""One entry a deed: who, when, what was before, what is now, and why."""

from typing import Any

from timely.extensions import db
from timely.models import AuditEntry, User

NOBODY = "Timely"


def record(
    deed: str,
    subject: str,
    *,
    by: User | None,
    event_id: int | None = None,
    fixture_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Adds the entry to the running transaction. *by* is None for the command line and the demo."""
    db.session.add(
        AuditEntry(
            deed=deed,
            subject=subject[:160],
            by=by.name if by else NOBODY,
            user_id=by.id if by else None,
            event_id=event_id,
            fixture_id=fixture_id,
            before=before,
            after=after,
            reason=reason[:300],
        )
    )
