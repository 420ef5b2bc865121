"""One face for every pipe: the clients themselves were written elsewhere."""

import contextlib
import json
import queue
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import requests
import socketio
import sseclient
import websocket

Message = dict[str, Any]
NODE = Path(__file__).parent / "node"


class Arrivals(queue.Queue[Message]):
    """Notes at each message when it came."""

    def put(self, item: Message, block: bool = True, timeout: float | None = None) -> None:
        super().put({**item, "arrived_at": time.monotonic()}, block, timeout)


class Client:
    """Follows topics of one event and keeps what arrives. `start` is given what it has already."""

    pipe = ""

    def __init__(self, base: str):
        self.base = base
        self.arrived = Arrivals()
        self.ended = threading.Event()

    def start(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError

    def next(self, *types: str, within: float = 20.0) -> Message:
        """The next message, of these types if any are given."""
        give_up_at = time.monotonic() + within
        while True:
            try:
                message = self.arrived.get(timeout=max(0.01, give_up_at - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{self.pipe}: nothing of {types or 'any type'} within {within} s") from None
            if not types or message["type"] in types:
                return message

    def until(self, topic: str, version: int, within: float = 10.0) -> list[Message]:
        """All messages up to the one that brings the topic to the version."""
        give_up_at, found = time.monotonic() + within, []
        while time.monotonic() < give_up_at:
            message = self.next(within=max(0.01, give_up_at - time.monotonic()))
            found.append(message)
            if message.get("topic") == topic and message.get("version", 0) >= version:
                return found
        raise AssertionError(f"{self.pipe}: {topic} never came to {version}")

    def nothing_but_heartbeats(self, seconds: float) -> None:
        give_up_at = time.monotonic() + seconds
        while (left := give_up_at - time.monotonic()) > 0:
            try:
                message = self.arrived.get(timeout=left)
            except queue.Empty:
                return
            # Whoever polls is refused again each time it asks.
            assert message["type"] in ("heartbeat", "connected", "subscribed", "error"), message


def address(path: str, topics: list[str], have: Mapping[str, int], epoch: str, key: str, **more: Any) -> str:
    query = {"topics": ",".join(topics), **have, **more}
    query |= {"epoch": epoch} if epoch else {}
    query |= {"key": key} if key else {}
    return f"{path}?{urlencode({name: value for name, value in query.items() if value != ''})}"


class SocketIo(Client):
    """python-socketio's client."""

    transports = ["websocket"]
    pipe = "Socket.IO, WebSocket (python-socketio)"

    def start(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> None:
        self.client = socketio.Client(reconnection=False)
        self.client.on("message", self.arrived.put)
        self.client.on("disconnect", lambda *reason: self.ended.set())
        self.client.connect(self.base, transports=self.transports)
        asked: Message = {"event_id": event_id, "versions": dict(have), "epoch": epoch}
        asked |= {"topics": topics} if topics else {}
        asked |= {"key": key} if key else {}
        answer = self.client.call("subscribe", asked, timeout=5)
        if not answer["ok"]:
            self.arrived.put({"type": "error", "data": answer["error"]})

    def stop(self) -> None:
        self.client.disconnect()


class SocketIoPolling(SocketIo):
    transports = ["polling"]
    pipe = "Socket.IO, long-polling (python-socketio)"


class NodeSocketIo(Client):
    """The official socket.io-client, in node."""

    transports = "websocket"
    pipe = "Socket.IO, WebSocket (socket.io-client, node)"
    program = "socketio.cjs"

    def words(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> list[str]:
        asked: Message = {"event_id": event_id, "versions": dict(have), "epoch": epoch}
        asked |= {"topics": topics} if topics else {}
        asked |= {"key": key} if key else {}
        return [self.base, self.transports, json.dumps(asked)]

    def start(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> None:
        node = shutil.which("node")
        assert node, "node is missing"
        words = [node, str(NODE / self.program), *self.words(event_id, topics, have, epoch, key)]
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.arrived.put(json.loads(line))
        self.ended.set()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(5)


class NodeSocketIoPolling(NodeSocketIo):
    transports = "polling"
    pipe = "Socket.IO, long-polling (socket.io-client, node)"


class NodeEventSource(NodeSocketIo):
    """The EventSource of npm's eventsource, in node."""

    pipe = "event stream (eventsource, node)"
    program = "eventsource.cjs"

    def words(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> list[str]:
        return [self.base + address(f"/api/events/{event_id}/stream/", topics, have, epoch, key)]


class NodeWebSocket(NodeSocketIo):
    """npm's ws, in node."""

    pipe = "WebSocket (ws, node)"
    program = "ws.cjs"

    def words(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> list[str]:
        path = address(f"/ws/events/{event_id}/stream/", topics, have, epoch, key)
        return [self.base.replace("http", "ws", 1) + path]


class EventStream(Client):
    """PyPI's sseclient-py."""

    pipe = "event stream (sseclient-py)"

    def start(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> None:
        path = address(f"/api/events/{event_id}/stream/", topics, have, epoch, key)
        self.answer = requests.get(self.base + path, stream=True, timeout=(5, 30))
        if self.answer.status_code != 200:
            self.arrived.put({"type": "error", "data": self.answer.json()["error"]})
            self.ended.set()
            return
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            for event in sseclient.SSEClient(self._pieces()).events():
                self.last_id = event.id
                self.arrived.put(json.loads(event.data))
        finally:
            self.ended.set()

    def _pieces(self) -> Iterator[bytes]:
        try:
            yield from self.answer.raw.read_chunked(decode_content=True)
        except Exception:
            return  # closed by stop(), or cut off by the server

    def stop(self) -> None:
        with contextlib.suppress(RuntimeError, ValueError):  # it has ended already
            # Else close() waits for the reader, which waits for the next heartbeat.
            self.answer.raw.shutdown()
        self.answer.close()


class WebSocket(Client):
    """PyPI's websocket-client."""

    pipe = "WebSocket (websocket-client)"

    def start(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> None:
        path = address(f"/ws/events/{event_id}/stream/", topics, have, epoch, key)
        self.socket = websocket.create_connection(self.base.replace("http", "ws", 1) + path, timeout=30)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            while text := self.socket.recv():
                self.arrived.put(json.loads(text))
        except (websocket.WebSocketException, OSError):
            pass
        self.ended.set()

    def stop(self) -> None:
        self.socket.close()


class Polling(Client):
    """curl, again and again."""

    pipe = "polling (curl)"

    def start(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> None:
        self.have, self.epoch, self.is_stopped = dict(have), epoch, False
        self.topics = topics or ["event", "results", "schedule", "announcements"]
        self.path, self.key = f"/api/events/{event_id}/poll/", key
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while not self.is_stopped:
            path = address(self.path, self.topics, self.have, self.epoch, self.key, wait=8)
            done = subprocess.run(["curl", "-sS", "--max-time", "12", self.base + path], capture_output=True, text=True)
            answer = json.loads(done.stdout) if done.returncode == 0 else {}
            if "error" in answer or not answer:
                self.arrived.put({"type": "error", "data": answer.get("error", {"code": "unreachable"})})
                break
            for message in [*answer["messages"], answer["heartbeat"]]:
                if "version" in message:
                    self.have[message["topic"].rsplit("_", 1)[-1] if message["topic"].count("_") > 1 else "event"] = (
                        message["version"]
                    )
                self.epoch = message["epoch"]
                self.arrived.put(message)
        self.ended.set()

    def stop(self) -> None:
        self.is_stopped = True


EVERY_PIPE: list[type[Client]] = [
    SocketIo,
    SocketIoPolling,
    NodeSocketIo,
    NodeSocketIoPolling,
    EventStream,
    NodeEventSource,
    WebSocket,
    NodeWebSocket,
    Polling,
]
