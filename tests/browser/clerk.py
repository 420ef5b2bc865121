"""Another program on the server's data folder, which does one deed after the other without starting anew for each.

It is given lines of JSON, [module, words, standard input], and answers each with [exit code, what was printed, fault].
"""

import importlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner

COMMAND_LINE = "timely.cli"
# Longer than any deed takes on a busy computer; a clerk that hangs is ended, which answers whoever waits.
SECONDS = 60


class Clerk:
    """Starts at once, and works by the time that it is needed. Knows nothing of the server, nor the server of it."""

    def __init__(self, root: Path, environ: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.clerk"],
            cwd=root,
            env=dict(environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def do(self, module: str, *words: str, stdin: str = "") -> str:
        """What it prints, without its last line end. Raises RuntimeError if it is refused."""
        to, answers = self.process.stdin, self.process.stdout
        assert to is not None
        assert answers is not None
        patience = threading.Timer(SECONDS, self.process.kill)
        patience.start()
        try:
            print(json.dumps([module, words, stdin]), file=to, flush=True)
            answer = answers.readline()
        finally:
            patience.cancel()
        code, printed, fault = json.loads(answer) if answer else (None, "", "the clerk has ended")
        if code != 0:
            raise RuntimeError(f"{module} {words} answered {code}: {fault}")
        return str(printed).rstrip("\n")

    def end(self) -> None:
        self.process.communicate()


def answer(module: str, words: list[str], stdin: str) -> tuple[int, str, str]:
    main = importlib.import_module(module).main
    if module == COMMAND_LINE:
        done = CliRunner().invoke(main, words, input=stdin)
        fault = done.stderr if isinstance(done.exception, SystemExit) else f"{done.stderr}{done.exception!r}"
        return done.exit_code, done.stdout, fault
    try:
        main(*words)
    except Exception as error:
        return 1, "", repr(error)
    return 0, "", ""


def work() -> None:
    answers, sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8"), sys.stderr  # a stray print is no answer
    importlib.import_module(COMMAND_LINE)
    for line in sys.stdin:
        print(json.dumps(answer(*json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    work()
