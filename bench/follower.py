"""A page without a screen: follows an event on a WebSocket, and keeps what it would show."""

import json
import threading
import time
from collections import Counter
from contextlib import suppress
from typing import Any

from simple_websocket import Client, ConnectionClosed


class Follower:
    """Takes snapshots and what follows on them; raises nothing, so a gap is seen as a version that never comes."""

    def __init__(self, port: int, event_id: int) -> None:
        self.client = Client.connect(f"ws://127.0.0.1:{port}/ws/events/{event_id}/stream/")
        self.event_id = event_id
        self.versions: dict[str, int] = {}
        self.tables: dict[Any, Any] = {}
        self.games: dict[int, Any] = {}
        self.words: dict[str, Any] = {}
        self.counted: Counter[str] = Counter()
        self._news = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        with suppress(ConnectionClosed):
            self.client.close()

    def state(self) -> Any:
        """The content that two pages that are up to date have in common."""
        with self._news:
            return json.dumps([self.tables, self.games, self.words], sort_keys=True)

    def wait_until(self, versions: dict[str, int], seconds: float) -> bool:
        """True once it has them all."""
        until = time.monotonic() + seconds
        with self._news:
            return self._news.wait_for(
                lambda: all(self.versions.get(key, 0) >= version for key, version in versions.items()),
                until - time.monotonic(),
            )

    def _listen(self) -> None:
        with suppress(ConnectionClosed):
            while True:
                message = json.loads(self.client.receive())
                with self._news:
                    self._take(message)
                    self._news.notify_all()

    def _take(self, message: dict[str, Any]) -> None:
        if "version" not in message:
            return
        self.counted[message["type"]] += 1
        key = message["topic"].removeprefix(f"event_{self.event_id}").removeprefix("_") or "event"
        mine = self.versions.get(key, 0)
        if not message["since"] <= mine < message["version"]:
            return
        self.versions[key] = message["version"]
        data, is_snapshot = message["data"], message["since"] == 0
        if message["type"] == "results_update":
            self._take_tables(data, is_snapshot)
        elif message["type"] == "schedule_update":
            self.games = {} if is_snapshot else self.games
            self.games |= {game["id"]: game for game in data["fixtures"]}
            for id_ in data["removed"]:
                self.games.pop(id_, None)

    def _take_tables(self, data: dict[str, Any], is_snapshot: bool) -> None:
        first = [{**data["table"], "leaderboard": data["leaderboard"]}] if data["table"] else []
        self.tables = {} if is_snapshot else self.tables
        self.tables |= {table["id"]: table["leaderboard"] for table in [*first, *data["more_tables"]]}
        texts = ("latest_text", "updated_text", "played_text", "tied_text")
        self.words = {key: data[key] for key in texts}
