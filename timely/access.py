"""Who may do what, and who may follow what. Every door asks here."""

import hmac
from typing import Any

from flask import abort

from timely.models import Event, Fixture, Notification, Right


def require(allowed: bool) -> None:
    """Ends the request with 403 unless *allowed*."""
    if not allowed:
        abort(403)


def is_signed_in(user: Any) -> bool:
    return user is not None and user.is_authenticated


def may_administer(user: Any) -> bool:
    """People, backups, every event."""
    return is_signed_in(user) and user.is_administrator


def may_make_event(user: Any) -> bool:
    return is_signed_in(user) and user.role in ("administrator", "organiser")


def may_notify(user: Any) -> bool:
    """Send notifications, and see who is watching."""
    return may_make_event(user)


def may_withdraw(user: Any, notification: Notification) -> bool:
    """One's own notification, or one of an event that one manages; an administrator any."""
    event = notification.event
    return may_administer(user) or (
        may_notify(user) and (notification.sent_by_id == user.id or (event is not None and may_manage(user, event)))
    )


def may_manage(user: Any, event: Event) -> bool:
    """Change the event: its teams, fixtures, announcements, results."""
    return may_administer(user) or (
        is_signed_in(user) and user.role == "organiser" and any(r.event_id == event.id for r in user.rights)
    )


def may_enter_results(user: Any, event: Event) -> bool:
    """At least for some of the event's games."""
    return may_manage(user, event) or bool(_scorer_rights(user, event.id))


def may_enter_result(user: Any, fixture: Fixture) -> bool:
    """A scorer's right may be for one pitch only."""
    return may_manage(user, fixture.event) or any(
        right.pitch_id is None or right.pitch_id == fixture.pitch_id for right in _scorer_rights(user, fixture.event_id)
    )


def may_see(user: Any, event: Event, key: str | None) -> bool:
    """Look at the event's pages and follow its topics. *key* is the private link's."""
    if may_manage(user, event):
        return True
    if not event.is_published:
        return False  # a draft is its organisers' alone
    return (
        event.visibility == "public"
        or may_enter_results(user, event)
        or (key is not None and _is_key(key, event.access_key))
    )


def _is_key(given: str, key: str) -> bool:
    # JSON can say half of a letter (\ud800), which is no text; it is a wrong key like any other.
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), key.encode())


def _scorer_rights(user: Any, event_id: int) -> list[Right]:
    if not is_signed_in(user) or user.role != "scorer":
        return []
    return [right for right in user.rights if right.event_id == event_id]
