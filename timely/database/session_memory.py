"""Login sessions in memory: those that have ended, and what the database does not know yet of the others."""

from collections import OrderedDict

from flask import session

MOST_REMEMBERED = 10_000
MOST_BEGUN = 100

_over: OrderedDict[str, None] = OrderedDict()
# What the database is still to be told, by and by: each commit empties the caches of pages.
_seen: set[str] = set()
_ended: set[str] = set()
_begun: OrderedDict[str, tuple[int, str]] = OrderedDict()


def this_visit() -> str:
    """The visit that this request belongs to; "" where nobody has signed in."""
    visit: str = session.get("visit", "")
    return visit


def remember_end(visit: str) -> None:
    """It is over, wherever it was ended: of several workers only one is asked to sign somebody out."""
    _over[visit] = None
    while len(_over) > MOST_REMEMBERED:
        _over.popitem(last=False)


def is_over(visit: str) -> bool:
    """Whether it was ended, as far as known here. The cookie is gone with it; this is for what was on its way."""
    return visit in _over


def saw(visit: str) -> None:
    """The session was used, and the database does not know it yet."""
    _seen.add(visit)


def save_end_later(visit: str) -> None:
    _ended.add(visit)


def save_begin_later(visit: str, user_id: int, stamp: str) -> None:
    """The session stands in this process alone until the database can keep it: the disk is full, perhaps."""
    _begun[visit] = (user_id, stamp)
    while len(_begun) > MOST_BEGUN:
        _begun.popitem(last=False)


def begun_here(visit: str) -> tuple[int, str] | None:
    """(user id, stamp) of a session that the database does not have yet; None for no such."""
    return None if is_over(visit) else _begun.get(visit)


def begun_unsaved() -> dict[str, tuple[int, str]]:
    return dict(_begun)


def begin_saved(visit: str) -> None:
    _begun.pop(visit, None)


def unsaved() -> tuple[set[str], set[str]]:
    """The sessions that were used, and those that were ended, since the database was told."""
    return set(_seen), set(_ended)


def saved(seen: set[str], ended: set[str]) -> None:
    _seen.difference_update(seen)
    _ended.difference_update(ended)
