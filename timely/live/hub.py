"""Hub: finds topic versions that are not published yet, and publishes each once on every transport."""

import logging
import threading
import time
from collections import deque
from collections.abc import Collection, Hashable, Mapping

from flask import Flask

from timely import metrics
from timely.database.commit_counter import CommitCounter
from timely.database.errors import Trouble, trouble_of
from timely.extensions import db
from timely.live import change_tracking, presence
from timely.live.heartbeats import HEARTBEAT_EVERY, send_heartbeats
from timely.live.publication import Publication, build_publications
from timely.live.published_versions import PublishedVersions
from timely.live.relay import Relay
from timely.live.topics import read_topic
from timely.live.transport import Transport
from timely.models import Event
from timely.presenters.row import Row
from timely.queries.versions import epoch_and_versions

log = logging.getLogger(__name__)

CHECK_INTERVAL = 1.0  # seconds; a change by another process is found within this time
MIN_PUBLISH_INTERVAL = 0.1  # seconds between two messages of one topic
MAX_RECEIVED = 1000  # queued messages of other workers; what does not fit is published from the database


class Hub:
    """Tracks the last published version of each topic. One per app and process."""

    def __init__(self, app: Flask, transports: list[Transport]):
        self.app, self.transports = app, transports
        self.published_versions = PublishedVersions()
        self.epoch = ""
        self._sent_at: dict[str, float] = {}
        self._heartbeat_at = -HEARTBEAT_EVERY
        self._commits: CommitCounter = app.extensions["timely.database.commit_counter"]
        self._checked_commit: Hashable | None = None  # up to which all versions are published; None if unknown
        self._wake = threading.Event()
        self._signalled_at: float | None = None
        self._saved_at: dict[str, float] = {}  # by topic to be published: when its first unpublished change was saved
        self._own: set[str] = set()  # those of `_saved_at` that this process changed itself
        self._received: deque[Publication] = deque(maxlen=MAX_RECEIVED)
        self.relay: Relay | None = None  # to the other workers; None with a single worker
        self.is_stopped = False

    def signal(self) -> None:
        """Publish now, not at the next regular check; called after a commit of this process."""
        if self._signalled_at is None:
            self._signalled_at = time.monotonic()
        self._wake.set()

    def wake(self) -> None:
        """Publish now, because another worker has saved something."""
        self._wake.set()

    def receive(self, publication: Publication) -> None:
        """Queues a message of another worker, to be sent to clients here if it is new to them."""
        self._received.append(publication)
        self._wake.set()

    def stop(self) -> None:
        self.is_stopped = True
        self._wake.set()
        if self.relay:
            self.relay.stop()

    def begin(self) -> None:
        """Marks the current versions as published, since later subscribers get a snapshot; listens for commits."""
        with self.app.app_context():
            self.epoch, versions = epoch_and_versions()
            self.published_versions = PublishedVersions(versions)
        self._heartbeat_at = time.monotonic()
        change_tracking.on_commit(self)

    def run(self) -> None:
        """Publishes after each signal, and at least every `CHECK_INTERVAL` seconds, until stopped."""
        wait = 0.0
        last_trouble: Trouble | None = None
        while not self.is_stopped:
            self._wake.wait(wait)
            self._wake.clear()
            try:
                wait = self.publish_pending()
                last_trouble = None
            except Exception as error:
                # The scores are saved in any case, and unpublished versions are found again at the next check.
                trouble = trouble_of(error)
                if trouble is None:
                    log.exception("publishing failed; trying again")
                elif trouble is not last_trouble:  # logged once, not every second that it lasts
                    log.error("publishing failed: %s (%s); trying again", trouble.title, error)
                last_trouble = trouble
                wait = CHECK_INTERVAL

    def publish_pending(self) -> float:
        """Publishes all due versions, and heartbeats. Returns the seconds until the next check."""
        for transport in self.transports:
            transport.close_disconnected()
        commit = self._commits.stamp()  # taken before the versions are read, which may be newer
        is_beat_due = time.monotonic() >= self._heartbeat_at + HEARTBEAT_EVERY
        if commit is not None and commit == self._checked_commit and not self._received and not is_beat_due:
            return CHECK_INTERVAL
        self._checked_commit = None
        wait = self._publish_due()
        if not self._saved_at:  # else something waits for its turn
            self._checked_commit = commit
        return wait

    def _publish_due(self) -> float:
        wait = CHECK_INTERVAL
        began = time.monotonic()
        signalled, self._signalled_at = self._signalled_at, None
        # Taken before the versions are read, so that the versions read include those of these messages.
        received = [self._received.popleft() for _ in range(len(self._received))]
        with self.app.app_context():
            found, versions = epoch_and_versions()
            self._check_epoch(found, versions)
            metrics.PUBLISHING_SECONDS.labels("look").observe(time.monotonic() - began)
            self._revoke_access(versions)
            for publication in received:
                self._forward(publication)
            for topic, version in versions.items():
                if version <= self.published_versions.of(topic):
                    self.published_versions.set(topic, version)
                    continue
                # A change by another process gives no signal; its delivery time is measured from this check.
                self._saved_at.setdefault(topic, began if signalled is None else signalled)
                if signalled is not None:
                    self._own.add(topic)
                not_before = self._sent_at.get(topic, 0.0) + MIN_PUBLISH_INTERVAL
                left = not_before - time.monotonic()
                if left > 0:
                    wait = min(wait, left)
                    continue
                self._publish(topic, version)
            if time.monotonic() >= self._heartbeat_at + HEARTBEAT_EVERY:
                self._heartbeat_at = time.monotonic()
                self.send_heartbeats()
                presence.sample()
            db.session.remove()
        return wait

    def disconnect_session(self, session_token: str) -> None:
        """Ends all connections of an ended session at once, on every transport and at every worker."""
        self.disconnect_session_here(session_token)
        if self.relay and session_token:
            self.relay.end_session(session_token)

    def disconnect_session_here(self, session_token: str) -> None:
        for transport in self.transports:
            transport.disconnect_session(session_token)

    def _revoke_access(self, versions: dict[str, int]) -> None:
        """Disconnects those who have lost the right to follow a topic, before anything more is published."""
        for transport in self.transports:
            transport.disconnect_revoked()
        for topic, version in versions.items():
            parsed = read_topic(topic)
            if parsed is None or parsed.key != "event" or version <= self.published_versions.of(topic):
                continue
            event = db.session.get(Event, parsed.event_id)
            if event is not None and not event.is_public:
                for transport in self.transports:
                    transport.recheck_access(event)

    def _publish(self, topic: str, version: int) -> None:
        codes = self._languages_of(topic)
        since = {code: self.published_versions.in_language(topic, code) for code in codes}
        # Marked first, or a message that cannot be built would be tried for ever. The next snapshot has its content.
        self.published_versions.set(topic, version)
        try:
            self._build_and_send(topic, {code: at for code, at in since.items() if at < version}, version)
        except Exception:
            log.exception("could not publish %s", topic)
            db.session.rollback()
        self._set_published(topic)

    def _set_published(self, topic: str) -> None:
        self._sent_at[topic] = time.monotonic()
        self._saved_at.pop(topic, None)
        self._own.discard(topic)

    def _languages_of(self, topic: str) -> set[str]:
        """The codes of the languages in which the topic is followed here."""
        return {code for transport in self.transports for code in transport.languages_of(topic)}

    def _forward(self, publication: Publication) -> None:
        """Sends another worker's message if it has the same epoch and applies on top of what was published here.

        Any other version or language is published from the database, in the same check. Messages without a version are
        not stored there, and are sent at once in all languages.
        """
        message, codes = publication
        topic, version = message["topic"], message.get("version")
        if message["epoch"] != self.epoch:
            return
        followed = self._languages_of(topic)
        if version is None:
            self._send(message, followed)
            return
        for code in codes or [""]:
            if message["since"] <= self.published_versions.in_language(topic, code) < version:
                if code in followed:
                    self._send(message, [code])
                if self.published_versions.set_in_language(topic, code, version, followed):
                    self._set_published(topic)

    def _build_and_send(self, topic: str, since: Mapping[str, int], version: int) -> None:
        began = time.monotonic()
        saved_at = self._saved_at.get(topic, began)
        publications = build_publications(topic, since, version)
        relay = self.relay if topic in self._own else None
        if not publications:
            if relay:
                relay.request_check()
            return
        built = time.monotonic()
        metrics.PUBLISHING_SECONDS.labels("wait").observe(began - saved_at)
        metrics.PUBLISHING_SECONDS.labels("build").observe(built - began)
        for message, codes in publications:
            if relay:
                relay.send(message, codes)
            metrics.MESSAGES.labels(message["type"]).inc()
            self._send(message, codes, saved_at)
        metrics.PUBLISHING_SECONDS.labels("hand_out").observe(time.monotonic() - built)

    def _send(self, message: Row, codes: Collection[str], saved_at: float | None = None) -> None:
        for transport in self.transports:
            try:
                for code in set(codes).intersection(transport.languages_of(message["topic"])):
                    transport.send(message["topic"], message, code)
                    if saved_at is not None:
                        metrics.record_delivery(transport.name, time.monotonic() - saved_at)
            except Exception:
                log.exception("could not send %s to %s", message["topic"], type(transport).__name__)

    def _check_epoch(self, found: str, versions: dict[str, int]) -> None:
        """Starts over with the versions of a restored database; a heartbeat, due at once, informs the clients."""
        if found != self.epoch:
            self.published_versions, self.epoch = PublishedVersions(versions), found
            self._heartbeat_at = -HEARTBEAT_EVERY

    def send_heartbeats(self) -> None:
        send_heartbeats(self.transports, self.epoch)
