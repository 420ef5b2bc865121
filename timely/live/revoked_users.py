"""Finds signed-in users of open connections whose session has ended since."""

from collections.abc import Iterable

from timely.queries.sessions import standing

# (user id, stamp, token of the session)
Identity = tuple[int | None, str, str]


def revoked_users(people: Iterable[Identity]) -> set[Identity]:
    """The identities whose session is no longer valid. Anonymous ones (user id None) are never among them."""
    known = {one for one in people if one[0] is not None}
    return known - standing(token for _, _, token in known) if known else set()
