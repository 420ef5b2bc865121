"""Change tracking: session listeners write the change log within the transaction, and signal after the commit."""

import logging
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event as sa_event
from sqlalchemy import inspect
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, SessionTransaction

from timely.live.affected_topics import TRACKED, affected_topics, logged_action
from timely.live.change_log import write_log
from timely.live.topics import topics_of, user_topic
from timely.models import Event, Result, User

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """One changed record, and the names of the topics that it affects.

    `record_id` of a result is the id of its fixture, which outlives it. `event_id` is None for records of no event.
    """

    event_id: int | None
    topics: tuple[str, ...]
    kind: str
    record_id: int
    action: str
    transaction: SessionTransaction


_listeners: "weakref.WeakSet[Any]" = weakref.WeakSet()


def on_commit(listener: Any) -> None:
    """Registers *listener*: its signal() is called after each commit that raised a version, and must return at once."""
    _listeners.add(listener)


def _track(action: str) -> Callable[[Mapper[Any], Any, Any], None]:
    def listen(mapper: Mapper[Any], connection: Any, target: Any) -> None:
        session = inspect(target).session
        if session is None or (action == "updated" and not session.is_modified(target, include_collections=False)):
            return
        cls = type(target)
        topics = affected_topics(action, target)
        if not topics:
            return
        transaction = session.get_nested_transaction() or session.get_transaction()
        session.info.setdefault("tracked_changes", []).append(
            TrackedChange(
                event_id=target.id if cls is Event else getattr(target, "event_id", None),
                topics=topics,
                kind=cls.__name__.lower(),
                record_id=target.fixture_id if cls is Result else target.id,
                action=logged_action(action, target),
                transaction=transaction,
            )
        )

    return listen


def _drop_rolled_back(session: Session, previous: SessionTransaction) -> None:
    """Drops the changes of a transaction that is rolled back, and of the savepoints within it."""

    def is_within(transaction: SessionTransaction | None) -> bool:
        while transaction is not None:
            if transaction is previous:
                return True
            transaction = transaction.parent
        return False

    session.info["tracked_changes"] = [
        change for change in session.info.get("tracked_changes", []) if not is_within(change.transaction)
    ]


def _raise_versions(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint is released: left to the commit of the outer transaction
    session.flush()  # before_commit runs before the last flush, which may add changes
    tracked: list[TrackedChange] = session.info.pop("tracked_changes", [])
    if not tracked:
        return
    by_topic: dict[str, list[TrackedChange]] = {}
    new_topics: dict[str, int | None] = {}
    for change in tracked:
        for key in change.topics:
            by_topic.setdefault(key, []).append(change)
        if change.action == "created" and change.kind == "event":
            new_topics |= dict.fromkeys(topics_of(change.record_id), change.event_id)
        elif change.action == "created" and change.kind == "user":
            new_topics[user_topic(change.record_id)] = None
    write_log(session, by_topic, new_topics)
    session.info["has_new_versions"] = True


def _signal_listeners(session: Session) -> None:
    # No error may reach the caller from here: the data are saved.
    if not session.in_nested_transaction() and session.info.pop("has_new_versions", False):
        for listener in list(_listeners):
            try:
                listener.signal()
            except Exception:
                log.exception("could not signal a change; it is published within a second anyway")


def _refuse_bulk(state: ORMExecuteState) -> None:
    """Raises RuntimeError for bulk statements on tracked classes, for they raise no version.

    Code that does this on purpose sets execution_options(published_elsewhere=True).
    """
    if not (state.is_update or state.is_delete) or state.execution_options.get("published_elsewhere"):
        return
    mapper = state.bind_mapper
    if mapper is not None and mapper.class_ in TRACKED:
        raise RuntimeError(
            f"a bulk change of {mapper.class_.__name__} would be published to nobody; change the objects"
        )


for _cls in TRACKED:
    sa_event.listen(_cls, "after_insert", _track("created"))
    sa_event.listen(_cls, "after_update", _track("updated"))
    sa_event.listen(_cls, "after_delete", _track("deleted"))
sa_event.listen(User, "after_insert", _track("created"))
sa_event.listen(Session, "before_commit", _raise_versions)
sa_event.listen(Session, "after_soft_rollback", _drop_rolled_back)
sa_event.listen(Session, "after_commit", _signal_listeners)
sa_event.listen(Session, "do_orm_execute", _refuse_bulk)
