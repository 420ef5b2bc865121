"""Session listeners: collect the changes of a transaction, write the change log with it, signal after the commit."""

import logging
import weakref
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event as sa_event
from sqlalchemy import inspect
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, SessionTransaction

from timely.live.change_log import write_log
from timely.live.topics import EVENTS, NOTIFICATIONS, topic_of, topics_of, user_topic
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
from timely.models.by_clock import BY_CLOCK, changed_columns

log = logging.getLogger(__name__)

WATCHED: dict[type, tuple[str, ...]] = {
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
    Notification: (),  # the topic for all or that of one user: see _topics
}

# Attributes whose change concerns further topics.
ALSO: dict[type, tuple[tuple[frozenset[str], tuple[str, ...]], ...]] = {
    Event: (
        (frozenset({"timezone", "name"}), ("schedule", "announcements")),
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


@dataclass(frozen=True, slots=True)
class Note:
    """One changed record, and the names of the topics that it concerns.

    `record_id` of a result is the id of its fixture, which outlives it. `event_id` is None for records of no event.
    """

    event_id: int | None
    topics: tuple[str, ...]
    kind: str
    record_id: int
    action: str
    transaction: SessionTransaction


# A fixture is "rescheduled" if only these have changed.
WHEN_AND_WHERE = frozenset({"start_on", "start_at", "pitch_id"})
UNTOLD = {cls: frozenset({"version"}) | columns for cls, columns in BY_CLOCK.items()}

_signals: "weakref.WeakSet[Any]" = weakref.WeakSet()


def on_commit(listener: Any) -> None:
    """Registers *listener*: its signal() is called after each commit that raised a version, and must return at once."""
    _signals.add(listener)


def _note(action: str) -> Callable[[Mapper[Any], Any, Any], None]:
    def listen(mapper: Mapper[Any], connection: Any, target: Any) -> None:
        session = inspect(target).session
        if session is None or (action == "updated" and not session.is_modified(target, include_collections=False)):
            return
        cls = type(target)
        topics = _topics(action, target)
        if not topics:
            return
        transaction = session.get_nested_transaction() or session.get_transaction()
        session.info.setdefault("notes", []).append(
            Note(
                event_id=target.id if cls is Event else getattr(target, "event_id", None),
                topics=topics,
                kind=cls.__name__.lower(),
                record_id=target.fixture_id if cls is Result else target.id,
                action=_action(action, target),
                transaction=transaction,
            )
        )

    return listen


def _topics(action: str, target: Any) -> tuple[str, ...]:
    """The names of the topics that the change concerns."""
    cls = type(target)
    if cls is Notification:
        return (NOTIFICATIONS if target.user_id is None else user_topic(target.user_id),)
    if cls is User:
        return (user_topic(target.id),)  # created together with the user
    if cls is Announcement and set(states(target, "state")) == {"WAITING"}:
        return ()  # it is not visible yet
    keys = set(WATCHED[cls])
    if cls is Event and action == "updated" and changed_columns(target) <= UNTOLD[cls]:
        keys = {"event"}  # a change of its progress does not affect the tables
    for attributes, more in ALSO.get(cls, ()):
        if action != "updated" or _has_changed(target, attributes):
            keys.update(more)
    if cls is Fixture and action == "created" and not (target.home_source or target.away_source):
        keys.discard("results")  # a game that is not played yet changes no table
    if cls is Event and action == "created":
        keys.discard(NOTIFICATIONS)  # it has none yet
    event_id = target.id if cls is Event else target.event_id
    topics = {key if key == NOTIFICATIONS else topic_of(event_id, key) for key in keys}
    if cls is Event and is_or_was_public(target):
        topics.add(EVENTS)  # the list of public events shows it, or did before the change
    return tuple(topics)


def _has_changed(target: Any, names: Iterable[str]) -> bool:
    return any(inspect(target).attrs[name].history.has_changes() for name in names)


def states(target: Any, name: str) -> list[Any]:
    """[old value, new value] of the attribute, or [value] if it has not changed."""
    return [*inspect(target).attrs[name].history.deleted, getattr(target, name)]


def is_or_was_public(event: Event) -> bool:
    return any(
        status != "DRAFT" and visibility == "public"
        for status in states(event, "status")
        for visibility in states(event, "visibility")
    )


def _action(action: str, target: Any) -> str:
    if isinstance(target, Announcement) and states(target, "state") == ["WAITING", "CURRENT"]:
        return "created"  # it becomes visible now
    if action != "updated" or not isinstance(target, Fixture):
        return action
    changed = changed_columns(target) - UNTOLD[Fixture]
    return "rescheduled" if changed and changed <= WHEN_AND_WHERE else action


def _drop_rolled_back(session: Session, previous: SessionTransaction) -> None:
    """Drops the notes of a transaction that is rolled back, and of the savepoints within it."""

    def is_within(transaction: SessionTransaction | None) -> bool:
        while transaction is not None:
            if transaction is previous:
                return True
            transaction = transaction.parent
        return False

    session.info["notes"] = [note for note in session.info.get("notes", []) if not is_within(note.transaction)]


def _raise_versions(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint is released: left to the commit of the outer transaction
    session.flush()  # before_commit runs before the last flush, which may add notes
    notes: list[Note] = session.info.pop("notes", [])
    if not notes:
        return
    changes: dict[str, list[Note]] = {}
    made: dict[str, int | None] = {}
    for note in notes:
        for key in note.topics:
            changes.setdefault(key, []).append(note)
        if note.action == "created" and note.kind == "event":
            made |= dict.fromkeys(topics_of(note.record_id), note.event_id)
        elif note.action == "created" and note.kind == "user":
            made[user_topic(note.record_id)] = None
    write_log(session, changes, made)
    session.info["told"] = True


def _signal(session: Session) -> None:
    # No error may reach the caller from here: the data are saved.
    if not session.in_nested_transaction() and session.info.pop("told", False):
        for listener in list(_signals):
            try:
                listener.signal()
            except Exception:
                log.exception("could not signal a change; it is told within a second anyway")


def _refuse_silent(state: ORMExecuteState) -> None:
    """Raises RuntimeError for bulk statements on watched classes, for they raise no version.

    Code that does this on purpose sets execution_options(told_elsewhere=True).
    """
    if not (state.is_update or state.is_delete) or state.execution_options.get("told_elsewhere"):
        return
    mapper = state.bind_mapper
    if mapper is not None and mapper.class_ in WATCHED:
        raise RuntimeError(f"a bulk change of {mapper.class_.__name__} would be told to nobody; change the objects")


for _cls in WATCHED:
    sa_event.listen(_cls, "after_insert", _note("created"))
    sa_event.listen(_cls, "after_update", _note("updated"))
    sa_event.listen(_cls, "after_delete", _note("deleted"))
sa_event.listen(User, "after_insert", _note("created"))
sa_event.listen(Session, "before_commit", _raise_versions)
sa_event.listen(Session, "after_soft_rollback", _drop_rolled_back)
sa_event.listen(Session, "after_commit", _signal)
sa_event.listen(Session, "do_orm_execute", _refuse_silent)
