"""QtWebKit: about Safari 10, in a small window of its own."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.engines.engine import WithScript
from tests.engines.places import DEBIAN_PYTHON
from tests.engines.processes import Answers, Child

HOST = Path(__file__).with_name("qtwebkit_host.py")


class QtWebKit(WithScript):
    name = "QtWebKit"
    child: Child | None = None
    answers: Answers | None = None

    @classmethod
    def missing(cls) -> str:
        words = [str(DEBIAN_PYTHON), "-I", "-c", "import PyQt5.QtWebKitWidgets"]
        if DEBIAN_PYTHON.exists() and subprocess.run(words, capture_output=True).returncode == 0:
            return ""
        return "QtWebKit is not installed (Debian python3-pyqt5.qtwebkit)."

    def start(self) -> None:
        self.answers = Answers()
        words = [str(DEBIAN_PYTHON), "-I", str(HOST), str(self.answers.write_end)]
        self.child = Child(words, self.folder, {"QT_QPA_PLATFORM": "offscreen"}, self.answers)
        self.version = json.loads(self.answers.line())

    def open(self, url: str) -> None:
        self._tell({"open": url})

    def evaluate(self, expression: str) -> Any:
        return self._tell({"evaluate": expression})

    def stop(self) -> None:
        if self.child:
            self.child.close()
        if self.answers:
            self.answers.close()

    def _tell(self, what: dict[str, str]) -> Any:
        assert self.child
        assert self.child.process.stdin
        assert self.answers
        self.child.require_alive()
        self.child.process.stdin.write(json.dumps(what).encode() + b"\n")
        self.child.process.stdin.flush()
        return json.loads(self.answers.line())
