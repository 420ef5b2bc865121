"""Users: by name, their tokens and their rights."""

import unicodedata
from collections.abc import Sequence

from sqlalchemy import func, select

from timely.extensions import db
from timely.models import Event, Pitch, Right, Token, User


def has_administrator() -> bool:
    """Whether an active administrator exists, so that Timely has been set up."""
    return bool(db.session.scalar(select(User.id).where(User.role == "administrator", User.active.is_(True)).limit(1)))


def people() -> Sequence[User]:
    return db.session.scalars(select(User).order_by(func.lower(User.name))).all()


# Longer than any stored name (`services/people.py`), with the combining marks that its letters may be sent with.
MOST_SENT = 400


def user_named(name: str) -> User | None:
    """The user of that name; case does not matter, since a phone begins every name with a capital."""
    if len(name) > MOST_SENT:
        return None
    # Compared in Python: SQLite folds only the case of ASCII, and there are few users.
    wanted = plain_name(name)
    return next((user for user in people() if plain_name(user.name) == wanted), None)


def plain_name(name: str) -> str:
    """The normalised name for comparison; of a text longer than any name, its beginning."""
    return unicodedata.normalize("NFC", " ".join(name[:MOST_SENT].split())).casefold()


def tokens_of(user: User) -> Sequence[Token]:
    return db.session.scalars(select(Token).where(Token.user_id == user.id).order_by(Token.id)).all()


def places_of(user: User) -> list[tuple[int, str, str]]:
    """(id of the right, event, pitch or ""), for each right of the user."""
    query = (
        select(Right.id, Event.name, Pitch.name)
        .join(Event, Event.id == Right.event_id)
        .outerjoin(Pitch, Pitch.id == Right.pitch_id)
        .where(Right.user_id == user.id)
        .order_by(Event.id, Right.id)
    )
    return [(id_, event, pitch or "") for id_, event, pitch in db.session.execute(query)]
