"""Notes what a transaction changes, raises the topics' versions with it, and signals after the commit."""

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
    Event: ("event", "results"),  # its rules order the tables
    Result: ("results", "schedule"),
    Deduction: ("results",),
    Fixture: ("schedule",),
    Team: ("results", "schedule"),  # a renamed team is in both
    Division: ("results", "schedule"),  # its name stands in those of its tables
    Stage: ("results", "schedule"),
    Group: ("results", "schedule"),
    Entry: ("results",),
    Pitch: ("schedule",),
    Announcement: ("announcements",),
    Notification: (),  # in everybody's topic or in one user's: see _topics
}

# Attributes whose change is heard in further topics.
ALSO: dict[type, tuple[tuple[frozenset[str], tuple[str, ...]], ...]] = {
    Event: (
        (frozenset({"timezone", "name"}), ("schedule", "announcements")),
        (frozenset({"frozen"}), ("schedule",)),
        # What an event notified of is told to nobody while the public may not see the event.
        (frozenset({"status", "visibility"}), (NOTIFICATIONS,)),
    ),
    # Where a game stands in time decides the form; its teams and group decide the table.
    Fixture: ((frozenset({"start_on", "start_at", "group_id", "home_team_id", "away_team_id"}), ("results",)),),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One record that changed, and the topics, spelled out, that hear of it.

    A result is known by its fixture's id, which outlives it. `event_id` is None for what is of no event.
    """

    event_id: int | None
    topics: tuple[str, ...]
    kind: str
    record_id: int
    action: str
    transaction: SessionTransaction


# A fixture of which nothing else has changed was rescheduled.
WHEN_AND_WHERE = frozenset({"start_on", "start_at", "pitch_id"})
UNTOLD = frozenset({"version"}) | BY_CLOCK[Event]

_signals: "weakref.WeakSet[Any]" = weakref.WeakSet()


def on_commit(listener: Any) -> None:
    """*listener*.signal() is called after each commit that told something; it must only take note."""
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
    """The topics that hear of it, spelled out."""
    cls = type(target)
    if cls is Notification:
        return (NOTIFICATIONS if target.user_id is None else user_topic(target.user_id),)
    if cls is User:
        return (user_topic(target.id),)  # which is made with the user
    if cls is Announcement and set(states(target, "state")) == {"WAITING"}:
        return ()  # nobody has seen it yet
    keys = set(WATCHED[cls])
    if cls is Event and action == "updated" and changed_columns(target) <= UNTOLD:
        keys = {"event"}  # how far it has come orders no table
    for attributes, more in ALSO.get(cls, ()):
        if action != "updated" or _has_changed(target, attributes):
            keys.update(more)
    if cls is Fixture and action == "created":
        keys.discard("results")  # a game that is not played yet changes no table
    if cls is Event and action == "created":
        keys.discard(NOTIFICATIONS)  # it has none yet
    event_id = target.id if cls is Event else target.event_id
    topics = {key if key == NOTIFICATIONS else topic_of(event_id, key) for key in keys}
    if cls is Event and is_or_was_public(target):
        topics.add(EVENTS)  # the list of public events shows it, or did so before
    return tuple(topics)


def _has_changed(target: Any, names: Iterable[str]) -> bool:
    return any(inspect(target).attrs[name].history.has_changes() for name in names)


def states(target: Any, name: str) -> list[Any]:
    """The attribute's value before this change, if it changed, and now."""
    return [*inspect(target).attrs[name].history.deleted, getattr(target, name)]


def is_or_was_public(event: Event) -> bool:
    return any(
        status != "DRAFT" and visibility == "public"
        for status in states(event, "status")
        for visibility in states(event, "visibility")
    )


def _action(action: str, target: Any) -> str:
    if isinstance(target, Announcement) and states(target, "state") == ["WAITING", "CURRENT"]:
        return "created"  # for everybody who follows it begins now
    if action != "updated" or not isinstance(target, Fixture):
        return action
    changed = changed_columns(target) - UNTOLD
    return "rescheduled" if changed and changed <= WHEN_AND_WHERE else action


def _drop_rolled_back(session: Session, previous: SessionTransaction) -> None:
    """A savepoint's rollback takes back what was noted in it and below; the root's takes all."""

    def is_within(transaction: SessionTransaction | None) -> bool:
        while transaction is not None:
            if transaction is previous:
                return True
            transaction = transaction.parent
        return False

    session.info["notes"] = [note for note in session.info.get("notes", []) if not is_within(note.transaction)]


def _raise_versions(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint's release: the root commit does it
    session.flush()  # this runs before the last flush, which may still bring notes
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
    # Nothing that fails here may reach the caller: the data are saved.
    if not session.in_nested_transaction() and session.info.pop("told", False):
        for listener in list(_signals):
            try:
                listener.signal()
            except Exception:
                log.exception("could not signal a change; it is told within a second anyway")


def _refuse_silent(state: ORMExecuteState) -> None:
    """Bulk statements raise no version. Code that means it says so: execution_options(told_elsewhere=True)."""
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
