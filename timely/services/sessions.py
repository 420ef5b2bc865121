"""Sessions: begun and ended. They are database rows, so that a copied cookie stays worthless after a restart."""

import logging
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from timely.clock import now
from timely.database import session_memory
from timely.database.errors import NotSaved
from timely.database.transactions import writing
from timely.extensions import db
from timely.models import Token, User, UserSession
from timely.models.token import digest_of

log = logging.getLogger(__name__)

# A browser keeps the cookie for 31 days after the last page.
KEPT = timedelta(days=40)
# Sessions of one account; a club may have one account for all its scorers. The oldest are removed.
MOST = 500


def begin(user: User) -> str:
    """The token of a new session, for the cookie: only its digest is stored.

    If it cannot be saved, the session is held in this process, and saved as soon as possible.
    """
    token = secrets.token_urlsafe(24)
    user_id, stamp = user.id, user.stamp
    try:
        _save(token, user_id)
    except NotSaved as error:
        log.warning("a sign-in could not be saved yet: %s", error)
        session_memory.save_begin_later(token, user_id, stamp)
    return token


def _save(token: str, user_id: int) -> None:
    with writing():
        moment = now()
        db.session.execute(delete(UserSession).where(UserSession.seen_at < moment - KEPT))
        newest = select(UserSession.id).where(UserSession.user_id == user_id).order_by(UserSession.id.desc())
        oldest_kept = db.session.scalar(newest.offset(MOST - 2).limit(1))
        if oldest_kept is not None:
            db.session.execute(delete(UserSession).where(UserSession.user_id == user_id, UserSession.id < oldest_kept))
        db.session.add(UserSession(user_id=user_id, digest=digest_of(token), created_at=moment, seen_at=moment))


def end(token: str) -> None:
    """Ends the session. If that cannot be saved, it ends in this process, and is saved as soon as possible."""
    if not token:
        return
    try:
        with writing():
            db.session.execute(delete(UserSession).where(UserSession.digest == digest_of(token)))
    except NotSaved as error:
        log.warning("a sign-out could not be saved yet: %s", error)
        session_memory.save_end_later(token)


def end_all(user: User) -> None:
    """Signs the user out in every browser, inside the running transaction."""
    user.stamp = new_stamp()  # ends open connections
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id))


def new_stamp() -> str:
    return secrets.token_hex(8)


def sign_out_everywhere(user: User) -> int:
    """Ends the user's sessions and API tokens, inside the running transaction. Returns how many tokens there were."""
    end_all(user)
    return len(db.session.scalars(delete(Token).where(Token.user_id == user.id).returning(Token.id)).all())


def save_unsaved(moment: datetime) -> None:
    """Saves what is only in memory: sessions that were begun or ended unsaved, and their use, about once a day each."""
    for token, (user_id, stamp) in session_memory.begun_unsaved().items():
        user = db.session.get(User, user_id)
        if user is not None and user.stamp == stamp and not session_memory.has_ended(token):
            _save(token, user_id)
        session_memory.begin_saved(token)
    seen, ended = session_memory.unsaved()
    if not seen and not ended:
        return
    with writing():
        for tokens, statement in (
            (ended, delete(UserSession)),
            (seen - ended, update(UserSession).values(seen_at=moment)),
        ):
            for token in tokens:
                db.session.execute(statement.where(UserSession.digest == digest_of(token)))
    session_memory.saved(seen, ended)
