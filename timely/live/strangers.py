"""Who was somebody when the connection began, and is not any more."""

from collections.abc import Iterable

from sqlalchemy import select

from timely.extensions import db
from timely.models import User


def strangers(people: Iterable[tuple[int | None, str]]) -> set[tuple[int | None, str]]:
    """Those of the (user id, stamp) pairs that are signed out by now. Nobody (None) stays nobody."""
    known = {pair for pair in people if pair[0] is not None}
    if not known:
        return set()
    rows = db.session.execute(
        select(User.id, User.stamp).where(User.id.in_({user_id for user_id, _ in known}), User.active.is_(True))
    )
    return known - {(row.id, row.stamp) for row in rows}
