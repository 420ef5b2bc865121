"""Who was somebody when the connection began, and is not any more."""

from collections.abc import Iterable

from timely.queries.sessions import standing

# (user id, stamp, token of the session)
Identity = tuple[int | None, str, str]


def revoked_users(people: Iterable[Identity]) -> set[Identity]:
    """Those who are signed out by now. Nobody (None) stays nobody."""
    known = {one for one in people if one[0] is not None}
    return known - standing(token for _, _, token in known) if known else set()
