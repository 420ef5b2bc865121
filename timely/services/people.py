"""Users: created, given rights and tokens, changed, deactivated."""

import secrets
from collections.abc import Iterable

from sqlalchemy import select

from timely.database.transactions import writing
from timely.domain.errors import ValidationError
from timely.domain.text import clean_text
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.extensions import db
from timely.models import Event, Pitch, Right, Token, User
from timely.models.token import digest_of
from timely.models.user import ROLES
from timely.queries.events import event_names
from timely.queries.people import user_named
from timely.services import audit, sessions
from timely.services.errors import RuleBroken
from timely.services.passwords import hash_of

LONGEST_NAME = 80


def create_user(
    name: str,
    password: str,
    role: str,
    *,
    rights: Iterable[tuple[Event, Pitch | None]] = (),
    by: User | None,
) -> User:
    """The new user, with rights in events, or on pitches of them. Raises RuleBroken with the field."""
    kept = hash_of(password, _known_names(name))  # before the transaction: it takes a while
    with writing():
        user = add_user(name, kept, role, by=by)
        for event, pitch in rights:
            give_right(user, event, pitch, by=by)
    return user


def add_user(name: str, password_hash: str, role: str, *, by: User | None) -> User:
    """The new user, inside the running transaction. Raises RuleBroken with the field."""
    name = _free_name(name)
    _require_role(role)
    user = User(name=name, password_hash=password_hash, role=role, stamp=sessions.new_stamp())
    db.session.add(user)
    db.session.flush()
    audit.record(gettext_noop("create user"), name, by=by, after={"role": role})
    return user


def set_password(user: User, password: str, *, by: User | None) -> int:
    """Signs the user out everywhere. Returns how many tokens for the API ended with it."""
    kept = hash_of(password, _known_names(user.name))
    with writing():
        user.password_hash = kept
        tokens = sessions.sign_out_everywhere(user)
        audit.record(gettext_noop("set password"), user.name, by=by, before={"tokens": tokens} if tokens else None)
    return tokens


def choose_language(user: User, code: str) -> None:
    """Keeps the language that the user has chosen for themselves; nobody else has to hear of it."""
    with writing():
        user.language = code


def change_user(user: User, *, name: str, role: str, active: bool, by: User | None) -> None:
    """Signs the user out everywhere, tokens included, if the role has changed or the account is deactivated.

    Raises RuleBroken for a name that is taken, and for the last administrator who can sign in.
    """
    with writing():
        _require_role(role)
        name = _free_name(name, but=user)
        if user.is_administrator and user.active and (role != "administrator" or not active):
            _require_another_administrator(user)
        before = {"name": user.name, "role": user.role, "active": user.active}
        after = {"name": name, "role": role, "active": active}
        if before == after:
            return
        if before["role"] != role or before["active"] != active:
            sessions.sign_out_everywhere(user)
        user.name, user.role, user.active = name, role, active
        audit.record(gettext_noop("change user"), name, by=by, before=before, after=after)


def give_right(user: User, event: Event, pitch: Pitch | None = None, *, by: User | None) -> None:
    """Gives a right in an event; a scorer's may be for one pitch. Signs the user out, so that open pages notice."""
    with writing():
        if pitch is not None and pitch.event_id != event.id:
            raise RuleBroken(lazy_gettext("That pitch is not one of this event."), field="place")
        if user.role == "administrator":
            raise RuleBroken(lazy_gettext("An administrator has the right in every event already."), field="place")
        if pitch is not None and user.role != "scorer":
            raise RuleBroken(lazy_gettext("Only a scorer's right can be for one pitch."), field="place")
        wanted = (event.id, pitch.id if pitch else None)
        if any((right.event_id, right.pitch_id) == wanted for right in user.rights):
            raise RuleBroken(lazy_gettext("%(name)s has this right already.", name=user.name), field="place")
        user.rights.append(Right(event_id=wanted[0], pitch_id=wanted[1]))
        sessions.end_all(user)
        after = {"event": event.name, "pitch": pitch.name if pitch else None}
        audit.record(gettext_noop("give right"), user.name, by=by, event_id=event.id, after=after)


def take_right(user: User, right: Right, *, by: User | None) -> None:
    with writing():
        before = {"event_id": right.event_id, "pitch_id": right.pitch_id}
        audit.record(gettext_noop("take right"), user.name, by=by, event_id=right.event_id, before=before)
        user.rights.remove(right)
        sessions.end_all(user)


def create_token(user: User, *, by: User | None = None) -> str:
    """The token, which is shown now and never again: only its digest is stored."""
    token = secrets.token_urlsafe(32)
    with writing():
        if not user.active:
            raise RuleBroken(lazy_gettext("%(name)s is shut out; a token would be of no use.", name=user.name))
        db.session.add(Token(user_id=user.id, digest=digest_of(token)))
        audit.record(gettext_noop("create token"), user.name, by=by)
    return token


def delete_token(token: Token, *, by: User | None) -> None:
    with writing():
        audit.record(
            gettext_noop("delete token"), token.user.name, by=by, before={"made": token.created_at.isoformat()}
        )
        db.session.delete(token)


def _known_names(name: str) -> list[str]:
    """The person's name and those of the events, which everybody at the venue knows."""
    return [name[:LONGEST_NAME], *event_names()]


def _free_name(name: str, *, but: User | None = None) -> str:
    """The name, cleaned. Raises RuleBroken if it is invalid or taken."""
    try:
        name = clean_text(" ".join(name.split()), "", most=LONGEST_NAME)
    except ValidationError as fault:
        raise RuleBroken(lazy_gettext("The name %(fault)s.", fault=fault.text), field="name") from fault
    if not name:
        raise RuleBroken(lazy_gettext("A person needs a name."), field="name")
    taken = user_named(name)
    if taken is not None and taken is not but:
        raise RuleBroken(
            lazy_gettext("There is a “%(name)s” already. Capitals make no other name.", name=taken.name), field="name"
        )
    return name


def _require_role(role: str) -> None:
    if role not in ROLES:
        raise RuleBroken(
            lazy_gettext("%(role)s is no role; use %(roles)s.", role=repr(role[:40]), roles=", ".join(ROLES)),
            field="role",
        )


def _require_another_administrator(user: User) -> None:
    others = select(User.id).where(User.role == "administrator", User.active.is_(True), User.id != user.id)
    if db.session.scalar(others.limit(1)) is None:
        raise RuleBroken(
            lazy_gettext("This is the last administrator who can sign in. Make another one first."), field="role"
        )
