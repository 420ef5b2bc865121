"""Another program on the server's data folder, which does one action after the other without starting anew for each.

The program is `clerk_program.py`.
"""

import json
import os
import threading
from collections.abc import Mapping

from tests.forks import fork_servers

COMMAND_LINE = "timely.cli"
# Longer than any action takes on a busy computer; a clerk that hangs is ended, which answers whoever waits.
SECONDS = 60


class Clerk:
    """Starts at once, and works by the time that it is needed. Knows nothing of the server, nor the server of it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        asked, answered = os.pipe(), os.pipe()
        self.process = fork_servers.start("tests.browser.clerk_program", environ, asked[0], answered[1], 2)
        os.close(asked[0])
        os.close(answered[1])
        self.to = os.fdopen(asked[1], "w", encoding="utf-8")
        self.answers = os.fdopen(answered[0], encoding="utf-8")

    def do(self, module: str, *words: str, stdin: str = "") -> str:
        """What it prints, without its last line end. Raises RuntimeError if it is refused."""
        patience = threading.Timer(SECONDS, self.process.kill)
        patience.start()
        try:
            print(json.dumps([module, words, stdin]), file=self.to, flush=True)
            answer = self.answers.readline()
        finally:
            patience.cancel()
        code, printed, fault = json.loads(answer) if answer else (None, "", "the clerk has ended")
        if code != 0:
            raise RuntimeError(f"{module} {words} answered {code}: {fault}")
        return str(printed).rstrip("\n")

    def end(self) -> None:
        self.to.close()
        self.process.wait(SECONDS)
        self.answers.close()
