"""Login sessions in memory: those that have ended, and changes that the database does not have yet."""

from collections import OrderedDict

from flask import session

MAX_ENDED = 10_000
MAX_UNSAVED = 100

_known_ended: OrderedDict[str, None] = OrderedDict()
# Not in the database yet. Written in batches, because each commit empties the page caches.
_seen: set[str] = set()
_ended: set[str] = set()
_begun: OrderedDict[str, tuple[int, str]] = OrderedDict()


def current_token() -> str:
    """The token of this request's session; "" if nobody is signed in."""
    token: str = session.get("visit", "")
    return token


def record_end(token: str) -> None:
    """Records an end here, wherever it happened: of several workers, only one handles the sign-out."""
    _known_ended[token] = None
    while len(_known_ended) > MAX_ENDED:
        _known_ended.popitem(last=False)


def has_ended(token: str) -> bool:
    """Whether this worker knows that the session ended. The cookie is gone by then; this covers requests under way."""
    return token in _known_ended


def record_use(token: str) -> None:
    """Records that the session was used, to be saved later."""
    _seen.add(token)


def save_end_later(token: str) -> None:
    _ended.add(token)


def save_begin_later(token: str, user_id: int, stamp: str) -> None:
    """Keeps the session in this process until the database can be written, for example while the disk is full."""
    _begun[token] = (user_id, stamp)
    while len(_begun) > MAX_UNSAVED:
        _begun.popitem(last=False)


def unsaved_session(token: str) -> tuple[int, str] | None:
    """(user id, stamp) of a session that is not in the database yet, else None."""
    return None if has_ended(token) else _begun.get(token)


def begun_unsaved() -> dict[str, tuple[int, str]]:
    return dict(_begun)


def begin_saved(token: str) -> None:
    _begun.pop(token, None)


def unsaved() -> tuple[set[str], set[str]]:
    """(sessions used, sessions ended) since the last save."""
    return set(_seen), set(_ended)


def saved(seen: set[str], ended: set[str]) -> None:
    _seen.difference_update(seen)
    _ended.difference_update(ended)
