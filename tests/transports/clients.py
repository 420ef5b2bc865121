"""Clients of Python libraries and curl, and the list of all clients."""

import contextlib
import json
import subprocess
import threading
from collections.abc import Iterator, Mapping

import requests
import socketio
import sseclient
import websocket

from tests.transports.client import Client, Message, address
from tests.transports.node_clients import NodeEventSource, NodeSocketIo, NodeSocketIoPolling, NodeWebSocket


class SocketIo(Client):
    """python-socketio's client."""

    transports = ["websocket"]
    transport = "Socket.IO, WebSocket (python-socketio)"

    def start(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> None:
        self.client = socketio.Client(reconnection=False)
        self.client.on("message", self.arrived.put)
        self.client.on("disconnect", lambda *reason: self.ended.set())
        self.client.connect(self.base, transports=self.transports)
        subscription: Message = {"event_id": event_id, "versions": dict(have), "epoch": epoch}
        subscription |= {"topics": topics} if topics else {}
        subscription |= {"key": key} if key else {}
        subscription |= {"lang": self.language} if self.language else {}
        answer = self.client.call("subscribe", subscription, timeout=5)
        if not answer["ok"]:
            self.arrived.put({"type": "error", "data": answer["error"]})

    def stop(self) -> None:
        self.client.disconnect()


class SocketIoPolling(SocketIo):
    transports = ["polling"]
    transport = "Socket.IO, long-polling (python-socketio)"


class EventStream(Client):
    """PyPI's sseclient-py."""

    transport = "event stream (sseclient-py)"

    def start(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> None:
        path = address(f"/api/events/{event_id}/stream/", topics, have, epoch, key, lang=self.language)
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

    transport = "WebSocket (websocket-client)"

    def start(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> None:
        path = address(f"/ws/events/{event_id}/stream/", topics, have, epoch, key, lang=self.language)
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

    transport = "polling (curl)"

    def start(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> None:
        self.have, self.epoch, self.is_stopped = dict(have), epoch, False
        self.topics = topics or ["event", "results", "schedule", "announcements"]
        self.path, self.key = f"/api/events/{event_id}/poll/", key
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while not self.is_stopped:
            path = address(self.path, self.topics, self.have, self.epoch, self.key, wait=8, lang=self.language)
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


ALL_CLIENTS: list[type[Client]] = [
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
