"""Login sessions in memory: those that have ended, and changes that the database does not have yet."""

from collections import OrderedDict

from flask import session

MOST_REMEMBERED = 10_000
MOST_BEGUN = 100

_over: OrderedDict[str, None] = OrderedDict()
# Not in the database yet. Written in batches, because each commit empties the page caches.
_seen: set[str] = set()
_ended: set[str] = set()
_begun: OrderedDict[str, tuple[int, str]] = OrderedDict()


def this_visit() -> str:
    """The token of this request's session; "" if nobody is signed in."""
    visit: str = session.get("visit", "")
    return visit


def remember_end(visit: str) -> None:
    """Records an end here, wherever it happened: of several workers, only one handles the sign-out."""
    _over[visit] = None
    while len(_over) > MOST_REMEMBERED:
        _over.popitem(last=False)


def is_over(visit: str) -> bool:
    """Whether this worker knows that the session ended. The cookie is gone by then; this covers requests under way."""
    return visit in _over


def saw(visit: str) -> None:
    """Records that the session was used, to be saved later."""
    _seen.add(visit)


def save_end_later(visit: str) -> None:
    _ended.add(visit)


def save_begin_later(visit: str, user_id: int, stamp: str) -> None:
    """Keeps the session in this process until the database can be written, for example while the disk is full."""
    _begun[visit] = (user_id, stamp)
    while len(_begun) > MOST_BEGUN:
        _begun.popitem(last=False)


def begun_here(visit: str) -> tuple[int, str] | None:
    """(user id, stamp) of a session that is not in the database yet, else None."""
    return None if is_over(visit) else _begun.get(visit)


def begun_unsaved() -> dict[str, tuple[int, str]]:
    return dict(_begun)


def begin_saved(visit: str) -> None:
    _begun.pop(visit, None)


def unsaved() -> tuple[set[str], set[str]]:
    """(sessions used, sessions ended) since the last save."""
    return set(_seen), set(_ended)


def saved(seen: set[str], ended: set[str]) -> None:
    _seen.difference_update(seen)
    _ended.difference_update(ended)
