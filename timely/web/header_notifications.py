"""Notifications in the page header, and the topics that the page's script subscribes to for them."""

from operator import itemgetter
from typing import Any

from flask import request, url_for
from flask_login import current_user

from timely.access import is_signed_in
from timely.domain.translation import current_language
from timely.live.topics import read_user_topic, user_topic
from timely.models.topic import NOTIFICATIONS
from timely.presenters.notification_rows import notification_row
from timely.presenters.row import Row
from timely.queries.notifications import notifications
from timely.queries.versions import epoch, versions_of

# Embedded in another site there is a table and nothing else: see docs/live-js.md.
WITHOUT_NOTIFICATIONS = ("embed",)
# On a projector: notifications to the user who is signed in on that laptop are not for the audience.
PUBLIC_NOTIFICATIONS_ONLY = ("display",)

# Page names for counting spectators (live/presence.py).
PAGE_NAMES = {
    "home.index": "front",
    "events.show": "event",
    "events.leaderboard": "leaderboard",
    "events.schedule": "schedule",
    "events.announcements": "announcements",
    "matches.index": "matches",
    "display.show": "display",
    "results.desk": "desk",
    "embed.page": "embed",
}


def notification_versions(user: Any) -> dict[str, int]:
    """{topic: version} of the notification topics of *user*: those to everybody, and their own."""
    topics = [NOTIFICATIONS, *([user_topic(user.id)] if is_signed_in(user) else [])]
    found = versions_of(topics)
    return {topic: found.get(topic, 1) for topic in topics}


def notification_rows(user: Any) -> dict[str, list[Row]]:
    """{topic: its rows in the order of their sort keys}, for the topics of `notification_versions`."""
    found = {}
    for topic in notification_versions(user):
        rows = [notification_row(one) for one in notifications(read_user_topic(topic))]
        found[topic] = sorted(rows, key=itemgetter("sort_key"))
    return found


def header_notices() -> dict[str, Any]:
    """Header notifications of this page, and the address that its script polls if the page is not live."""
    return {"lists": notification_rows(current_user), "epoch": epoch(), "href": url_for("api.notifications")}


def with_notices(live: dict[str, Any]) -> dict[str, Any]:
    """A live page's subscription with the notification topics, the page's name and its language added."""
    live = {**live, "lang": current_language().code}
    page = PAGE_NAMES.get(request.endpoint or "")
    if page in WITHOUT_NOTIFICATIONS:
        return {**live, "page": page}
    versions = notification_versions(None if page in PUBLIC_NOTIFICATIONS_ONLY else current_user)
    topics = [*live["topics"], *(topic for topic in versions if topic not in live["topics"])]
    return {**live, "topics": topics, "versions": {**live["versions"], **versions}, **({"page": page} if page else {})}
