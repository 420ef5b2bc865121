"""Chromium, of today and of 2018, over its DevTools protocol: Playwright refuses the old one."""

import json
import re
import urllib.request
from pathlib import Path
from typing import Any

import websocket

from tests.browser.chromium import MISSING, find_chromium
from tests.engines.engine import WithScript
from tests.engines.places import CHROMIUM_65
from tests.engines.processes import PATIENCE, Broken, Child, wait_for

ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


class Chromium(WithScript):
    name = "Chromium"
    child: Child | None = None
    socket: websocket.WebSocket | None = None
    asked = 0

    @classmethod
    def binary(cls) -> Path | None:
        path = find_chromium()
        return Path(path) if path else None

    @classmethod
    def missing(cls) -> str:
        return "" if cls.binary() else MISSING

    def start(self) -> None:
        binary = self.binary()
        if binary is None:
            raise Broken(self.missing())
        profile = self.folder / "profile"
        self.child = child = Child(
            [binary, *ARGUMENTS, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"], self.folder
        )

        def port() -> str | None:
            child.require_alive()
            found = re.search(r"DevTools listening on ws://[^:]+:(\d+)/", child.printed())
            return found and found[1]

        devtools = f"http://127.0.0.1:{wait_for(port, 'Chromium opens its DevTools')}/json"
        self.version = _read(f"{devtools}/version")["Browser"].partition("/")[2]
        pages = wait_for(lambda: [one for one in _read(devtools) if one["type"] == "page"], "Chromium has a page")
        self.socket = websocket.create_connection(
            pages[0]["webSocketDebuggerUrl"], timeout=PATIENCE, suppress_origin=True
        )

    def open(self, url: str) -> None:
        self._call("Page.navigate", url=url)

    def evaluate(self, expression: str) -> Any:
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise Broken(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def stop(self) -> None:
        if self.socket:
            self.socket.close()
        if self.child:
            self.child.close()

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        assert self.socket
        self.asked += 1
        self.socket.send(json.dumps({"id": self.asked, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.asked:
                break
        if "error" in answer:
            raise Broken(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result


class Chromium65(Chromium):
    name = "Chromium 65"

    @classmethod
    def binary(cls) -> Path | None:
        return CHROMIUM_65 if CHROMIUM_65.exists() else None

    @classmethod
    def missing(cls) -> str:
        return "" if cls.binary() else "Chromium 65 is not installed (npm chrome-aws-lambda 1.0.0)."


def _read(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
        return json.load(answer)
