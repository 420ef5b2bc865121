"""Commands on a data folder, one after the other in one process.

It is given lines of JSON, [module, words, standard input], and answers each with [exit code, what was printed, fault].
"""

import importlib
import json
import os
import sys

from click.testing import CliRunner

from tests.browser.clerk import COMMAND_LINE
from timely.cli import main as command_line


def answer(module: str, words: list[str], stdin: str) -> tuple[int, str, str]:
    if module == COMMAND_LINE:
        done = CliRunner().invoke(command_line, words, input=stdin)
        fault = done.stderr if isinstance(done.exception, SystemExit) else f"{done.stderr}{done.exception!r}"
        return done.exit_code, done.stdout, fault
    try:
        importlib.import_module(module).main(*words)
    except Exception as error:
        return 1, "", repr(error)
    return 0, "", ""


def work() -> None:
    answers, sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8"), sys.stderr  # a stray print is no answer
    for line in sys.stdin:
        print(json.dumps(answer(*json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    work()
