"""Users of saved sessions."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from timely.clock import now
from timely.database import session_memory
from timely.extensions import db
from timely.models import User, UserSession
from timely.models.token import digest_of

# Built once: asked for by every request of somebody who is signed in, most of which ask for their rights.
USER_OF_SESSION = (
    select(User, UserSession.seen_at)
    .join(UserSession, UserSession.user_id == User.id)
    .where(UserSession.digest == bindparam("digest"), User.active.is_(True))
    .options(joinedload(User.rights))
)


def user_of(token: str) -> tuple[User, datetime] | None:
    """The user who is signed in with the session's *token*, and when it was last seen; None if there is no session."""
    if not token:
        return None
    found = db.session.execute(USER_OF_SESSION, {"digest": digest_of(token)}).unique().one_or_none()
    if found:
        return found[0], found[1]
    user = _begun_here(token)
    return (user, now()) if user else None


def _begun_here(token: str) -> User | None:
    """The user of a session that the database could not save yet."""
    begun = session_memory.unsaved_session(token)
    user = db.session.get(User, begun[0]) if begun else None
    return user if begun and user is not None and user.active and user.stamp == begun[1] else None


def standing(tokens: Iterable[str]) -> set[tuple[int, str, str]]:
    """(user id, stamp, token) of those *tokens* whose session still holds."""
    digests = {digest_of(token): token for token in tokens}
    rows = db.session.execute(
        select(User.id, User.stamp, UserSession.digest)
        .join(UserSession, UserSession.user_id == User.id)
        .where(UserSession.digest.in_(digests), User.active.is_(True))
    )
    kept = {(id_, stamp, digests[digest]) for id_, stamp, digest in rows}
    begun = {token: _begun_here(token) for token in digests.values() if session_memory.unsaved_session(token)}
    return kept | {(user.id, user.stamp, token) for token, user in begun.items() if user}
