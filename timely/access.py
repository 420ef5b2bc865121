"""Permissions: who may do and see what. Every page, API view, subscription and export checks here."""

import hmac
from typing import Any

from flask import abort

from timely.models import Notification, Right
from timely.models.read_only import EventView, FixtureView


def require(allowed: bool) -> None:
    """Ends the request with 403 unless *allowed*."""
    if not allowed:
        abort(403)


def is_signed_in(user: Any) -> bool:
    return user is not None and user.is_authenticated


def may_administer(user: Any) -> bool:
    """May manage users, backups and every event."""
    return is_signed_in(user) and user.is_administrator


def may_make_event(user: Any) -> bool:
    return is_signed_in(user) and user.role in ("administrator", "organiser")


def may_notify(user: Any) -> bool:
    """May send notifications, and see who is watching."""
    return may_make_event(user)


def may_withdraw(user: Any, notification: Notification) -> bool:
    """May withdraw the notification: one's own, one of an event that one manages, or any as an administrator."""
    event = notification.event
    return may_administer(user) or (
        may_notify(user) and (notification.sent_by_id == user.id or (event is not None and may_manage(user, event)))
    )


def may_manage(user: Any, event: EventView) -> bool:
    """May change the event: its teams, fixtures, announcements, results."""
    return may_administer(user) or (
        is_signed_in(user) and user.role == "organiser" and any(r.event_id == event.id for r in user.rights)
    )


def may_enter_results(user: Any, event: EventView) -> bool:
    """May enter results of at least some of the event's fixtures."""
    return may_manage(user, event) or bool(_scorer_rights(user, event.id))


def may_enter_result(user: Any, fixture: FixtureView) -> bool:
    """May enter the result of the fixture; a scorer's right may be for one pitch only."""
    return may_manage(user, fixture.event) or any(
        right.pitch_id is None or right.pitch_id == fixture.pitch_id for right in _scorer_rights(user, fixture.event_id)
    )


def may_see(user: Any, event: EventView, key: str | None) -> bool:
    """May see the event's pages and follow its topics. *key* is the access key of the private link, if given."""
    if may_manage(user, event):
        return True
    if not event.is_published:
        return False  # only its organisers see a draft
    return (
        event.visibility == "public"
        or may_enter_results(user, event)
        or (key is not None and _is_key(key, event.access_key))
    )


def _is_key(given: str, key: str) -> bool:
    # JSON can hold a lone surrogate (\ud800), which UTF-8 cannot encode; it must compare as a wrong key, not fail.
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), key.encode())


def _scorer_rights(user: Any, event_id: int) -> list[Right]:
    if not is_signed_in(user) or user.role != "scorer":
        return []
    return [right for right in user.rights if right.event_id == event_id]
