"""Affected topics: which topics a changed record is published in, and which action the change log names."""

from collections.abc import Set
from typing import Any

from sqlalchemy import inspect

from timely.live.topics import topic_of, user_topic
from timely.models import (
    Announcement,
    Deduction,
    Division,
    Entry,
    Event,
    Fixture,
    Group,
    Notification,
    Pitch,
    Result,
    Stage,
    Team,
    User,
)
from timely.models.save_versions import BY_CLOCK, changed_columns
from timely.models.topic import EVENTS, NOTIFICATIONS

# The topics of the event that show records of a class.
TRACKED: dict[type, tuple[str, ...]] = {
    Event: ("event", "results"),  # the rules of the event decide the order of its tables
    Result: ("results", "schedule"),
    Deduction: ("results",),
    Fixture: ("schedule",),
    Team: ("results", "schedule"),  # both show team names
    Division: ("results", "schedule"),  # its name is part of the names of its tables
    Stage: ("results", "schedule"),
    Group: ("results", "schedule"),
    Entry: ("results",),
    Pitch: ("schedule",),
    Announcement: ("announcements",),
    Notification: (),  # the topic for all or that of one user: see `affected_topics`
}

# Attributes whose change affects further topics.
FURTHER_TOPICS: dict[type, tuple[tuple[frozenset[str], tuple[str, ...]], ...]] = {
    Event: (
        (frozenset({"timezone", "name", "language"}), ("schedule", "announcements")),
        (frozenset({"frozen"}), ("schedule",)),
        # Notifications of an event are withheld while it is not public.
        (frozenset({"status", "visibility"}), (NOTIFICATIONS,)),
    ),
    # The time of a game decides its place in a team's form; its teams and group decide which table counts it; its
    # sources decide which positions of a table lead on.
    Fixture: (
        (
            frozenset(
                {"start_on", "start_at", "group_id", "home_team_id", "away_team_id", "home_source", "away_source"}
            ),
            ("results",),
        ),
    ),
}

# A fixture is "rescheduled" if only these have changed.
SCHEDULE_COLUMNS = frozenset({"start_on", "start_at", "pitch_id"})
# Columns whose change alone is no change of the fixture, or of the tables of the event.
UNPUBLISHED = {cls: frozenset({"version"}) | columns for cls, columns in BY_CLOCK.items()}


def affected_topics(action: str, record: Any) -> tuple[str, ...]:
    """The names of the topics in which the change of *record* is published."""
    cls = type(record)
    if cls is Notification:
        return (NOTIFICATIONS if record.user_id is None else user_topic(record.user_id),)
    if cls is User:
        return (user_topic(record.id),)  # created together with the user
    if cls is Announcement and set(_old_and_new(record, "state")) == {"WAITING"}:
        return ()  # it is not visible yet
    keys = set(TRACKED[cls])
    if cls is Event and action == "updated" and changed_columns(record) <= UNPUBLISHED[cls]:
        keys = {"event"}  # a change of its progress does not affect the tables
    for attributes, more in FURTHER_TOPICS.get(cls, ()):
        if action != "updated" or _has_changed(record, attributes):
            keys.update(more)
    if cls is Fixture and action == "created" and not (record.home_source or record.away_source):
        keys.discard("results")  # a game that is not played yet changes no table
    if cls is Event and action == "created":
        keys.discard(NOTIFICATIONS)  # it has none yet
    event_id = record.id if cls is Event else record.event_id
    topics = {key if key == NOTIFICATIONS else topic_of(event_id, key) for key in keys}
    if cls is Event and _is_or_was_public(record):
        topics.add(EVENTS)  # the list of public events shows it, or did before the change
    return tuple(topics)


def _has_changed(record: Any, names: Set[str]) -> bool:
    state = inspect(record)
    return any(state.attrs[name].history.has_changes() for name in names & state.committed_state.keys())


def _old_and_new(record: Any, name: str) -> list[Any]:
    """[old value, new value] of the attribute, or [value] if it has not changed."""
    return [*inspect(record).attrs[name].history.deleted, getattr(record, name)]


def _is_or_was_public(event: Event) -> bool:
    return any(
        status != "DRAFT" and visibility == "public"
        for status in _old_and_new(event, "status")
        for visibility in _old_and_new(event, "visibility")
    )


def logged_action(action: str, record: Any) -> str:
    """The action as subscribers see it: "created", "updated", "rescheduled" or "deleted"."""
    if isinstance(record, Announcement) and _old_and_new(record, "state") == ["WAITING", "CURRENT"]:
        return "created"  # it becomes visible now
    if action != "updated" or not isinstance(record, Fixture):
        return action
    changed = changed_columns(record) - UNPUBLISHED[Fixture]
    return "rescheduled" if changed and changed <= SCHEDULE_COLUMNS else action
