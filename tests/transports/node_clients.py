"""Clients of npm libraries, run in node."""

import json
import shutil
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path

from tests.transports.client import Client, Message, address

NODE = Path(__file__).parent / "node"


class NodeSocketIo(Client):
    """The official socket.io-client, in node."""

    transports = "websocket"
    transport = "Socket.IO, WebSocket (socket.io-client, node)"
    program = "socketio.cjs"

    def arguments(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> list[str]:
        subscription: Message = {"event_id": event_id, "versions": dict(have), "epoch": epoch}
        subscription |= {"topics": topics} if topics else {}
        subscription |= {"key": key} if key else {}
        return [self.base, self.transports, json.dumps(subscription)]

    def start(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> None:
        node = shutil.which("node")
        assert node, "node is missing"
        arguments = [node, str(NODE / self.program), *self.arguments(event_id, topics, have, epoch, key)]
        self.process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
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
    transport = "Socket.IO, long-polling (socket.io-client, node)"


class NodeEventSource(NodeSocketIo):
    """The EventSource of npm's eventsource, in node."""

    transport = "event stream (eventsource, node)"
    program = "eventsource.cjs"

    def arguments(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> list[str]:
        return [self.base + address(f"/api/events/{event_id}/stream/", topics, have, epoch, key)]


class NodeWebSocket(NodeSocketIo):
    """npm's ws, in node."""

    transport = "WebSocket (ws, node)"
    program = "ws.cjs"

    def arguments(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> list[str]:
        path = address(f"/ws/events/{event_id}/stream/", topics, have, epoch, key)
        return [self.base.replace("http", "ws", 1) + path]
