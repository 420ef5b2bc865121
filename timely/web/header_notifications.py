"""The notifications in the header of a page: what stands, and what the page's script follows with it."""

from typing import Any

from flask import request, url_for
from flask_login import current_user

from timely.access import is_signed_in
from timely.live.topics import NOTIFICATIONS, read_user_topic, user_topic
from timely.presenters.rows import Row, notification_row
from timely.queries.notifications import notifications
from timely.queries.versions import epoch, versions_of

# In a frame on another site there is a table and nothing else: see docs/live-js.md.
WITHOUT_NOTICES = ("embed",)
# Seen by a whole hall: what is to whoever is signed in on that laptop is none of its business.
TO_EVERYBODY_ALONE = ("display",)

# Which page this is, for the count of who is watching (live/presence.py).
PAGE_OF = {
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


def notice_versions(user: Any) -> dict[str, int]:
    """{topic: version} of the notifications that *user* sees: those to everybody, and their own."""
    topics = [NOTIFICATIONS, *([user_topic(user.id)] if is_signed_in(user) else [])]
    found = versions_of(topics)
    return {topic: found.get(topic, 1) for topic in topics}


def notice_rows(user: Any) -> dict[str, list[Row]]:
    """{topic: its rows, urgent ones on top, then the newest first}, by the same topics."""
    found = {}
    for topic in notice_versions(user):
        rows = [notification_row(one) for one in notifications(read_user_topic(topic))]
        found[topic] = sorted(rows, key=lambda row: row["priority"] != "urgent")
    return found


def header_notices() -> dict[str, Any]:
    """What the header of this page shows, and where its script asks for more if the page is not live."""
    return {"lists": notice_rows(current_user), "epoch": epoch(), "href": url_for("api.notifications")}


def with_notices(live: dict[str, Any]) -> dict[str, Any]:
    """What the script of a live page subscribes with, notifications among it; and which page it is."""
    page = PAGE_OF.get(request.endpoint or "")
    if page in WITHOUT_NOTICES:
        return {**live, "page": page}
    versions = notice_versions(None if page in TO_EVERYBODY_ALONE else current_user)
    topics = [*live["topics"], *(topic for topic in versions if topic not in live["topics"])]
    return {**live, "topics": topics, "versions": {**live["versions"], **versions}, **({"page": page} if page else {})}
