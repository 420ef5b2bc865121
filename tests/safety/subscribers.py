"""Clients that reconnect by themselves; each keeps a copy of the games, updated by the messages, as a page does."""

import contextlib
import re
import threading
from typing import Any

import requests
import socketio

Message = dict[str, Any]
Rows = dict[int, tuple[Any, Any]]
RETRY_SECONDS = 0.2


def scores_of(fixtures: list[Message]) -> Rows:
    return {row["id"]: (row["home_score"], row["away_score"]) for row in fixtures}


class Subscriber:
    """Follows an event's schedule. `rows` is its copy, `highest` the newest version of each topic that it heard of."""

    def __init__(self, base: str, event_id: int) -> None:
        self.base, self.event_id = base, event_id
        self.topic = f"event_{event_id}_schedule"
        self.have, self.epoch = 0, ""
        self.rows: Rows = {}
        self.highest: dict[str, int] = {}
        self.faults: list[str] = []
        self.is_stopped = threading.Event()
        self.thread = threading.Thread(target=self._go, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.is_stopped.set()
        self.thread.join(30)

    def apply(self, message: Message) -> None:
        """By the protocol: what fits is applied, what is old is dropped, and a gap asks for a snapshot."""
        if message.get("epoch") and message["epoch"] != self.epoch:
            if self.epoch:
                self.faults.append(f"the epoch went from {self.epoch} to {message['epoch']}")
            self.epoch, self.have = message["epoch"], 0
        if message["type"] == "heartbeat":
            for key, version in message["data"]["versions"].items():
                self._record_version(
                    f"event_{self.event_id}" if key == "event" else f"event_{self.event_id}_{key}", version
                )
            return
        if "version" not in message:
            return
        version, since = message["version"], message["since"]
        self._record_version(message["topic"], version)
        if message["topic"] != self.topic or version <= self.have:
            return
        if since > self.have:
            self.have = 0
            self.request_snapshot()
            return
        self._apply(message["data"], whole=since == 0)
        self.have = version

    def _record_version(self, topic: str, version: int) -> None:
        # A late message may be older than one received before; the database is compared later.
        self.highest[topic] = max(version, self.highest.get(topic, 0))

    def _apply(self, data: Message, whole: bool) -> None:
        rows = {} if whole else dict(self.rows)
        rows |= scores_of(data["fixtures"])
        for gone in data["removed"]:
            rows.pop(gone, None)
        self.rows = rows

    def request_snapshot(self) -> None:
        """Ends the connection; the next one asks for what is missing."""
        raise NotImplementedError

    def follow(self) -> None:
        """Until the connection ends."""
        raise NotImplementedError

    def _go(self) -> None:
        while not self.is_stopped.is_set():
            with contextlib.suppress(requests.RequestException, socketio.exceptions.SocketIOError, OSError, ValueError):
                self.follow()
            self.is_stopped.wait(RETRY_SECONDS)


class SocketSubscriber(Subscriber):
    """Socket.IO on a WebSocket."""

    def follow(self) -> None:
        self.client = client = socketio.Client(reconnection=False)
        client.on("message", self.apply)
        ended = threading.Event()
        client.on("disconnect", lambda *reason: ended.set())
        client.connect(self.base, transports=["websocket"], wait_timeout=5)
        try:
            have = {"schedule": self.have} if self.have else {}
            asked = {"event_id": self.event_id, "versions": have, "epoch": self.epoch}
            client.call("subscribe", asked, timeout=5)
            while not ended.wait(0.1) and not self.is_stopped.is_set():
                pass
        finally:
            client.disconnect()

    def request_snapshot(self) -> None:
        self.client.disconnect()


class PollSubscriber(Subscriber):
    """Plain polling."""

    def follow(self) -> None:
        with requests.Session() as http:
            while not self.is_stopped.is_set():
                have = {"schedule": self.have, "epoch": self.epoch} if self.have else {}
                query = {"topics": "schedule", "wait": 2, **have}
                answer = http.get(f"{self.base}/api/events/{self.event_id}/poll/", params=query, timeout=(2, 5))
                answer.raise_for_status()
                answer = answer.json()
                for message in [*answer["messages"], answer["heartbeat"]]:
                    self.apply(message)

    def request_snapshot(self) -> None:
        """The next question is one without versions already."""


class PageReader(Subscriber):
    """Loads the event's public page again and again, as a browser without script does."""

    def __init__(self, base: str, event_id: int, address: str) -> None:
        self.address, self.loads = address, 0
        super().__init__(base, event_id)

    def follow(self) -> None:
        answer = requests.get(f"{self.base}{self.address}schedule/", timeout=(2, 5))
        answer.raise_for_status()
        self.loads += 1
        self.rows = rows_on(answer.text)

    def request_snapshot(self) -> None:
        """It always does."""


def rows_on(page: str) -> Rows:
    """The scores that a public schedule shows."""
    rows: Rows = {}
    for line in re.findall(r'<li class="fixture[ "].*?</li>', page, re.DOTALL):
        found = re.search(r'data-row="(\d+)"', line)
        if found is None:
            continue
        shown = [re.search(rf'data-field="{side}_score"[^>]*>(\d*)<', line) for side in ("home", "away")]
        home, away = (int(one[1]) if one and one[1] else None for one in shown)
        rows[int(found[1])] = (home, away)
    return rows
