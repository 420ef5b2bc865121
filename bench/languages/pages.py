"""Pages and saves of before there were languages and of now, in process, in turns; and the pages in German.

Before each page a result is saved and told, so that nothing of the page is ready, and each has an address of its own.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.before_after.figure import Figure
from bench.before_after.trees import Trees
from bench.season import Season, season

COMMIT = "9b213a8"
PROGRAM = Path(__file__).with_name("asked_program.py")
TABS = ("leaderboard", "schedule", "announcements")
LANGUAGES = {"en": "English", "de": "German"}
WARMING_ROUNDS = 3
GAME = 1
# Scores that differ from one save to the next, and are allowed.
MOST_GOALS = 90


class Asked:
    """The program in one tree. *score* is that of the last result that was saved."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process, self.score = process, 0

    def save_ms(self) -> float:
        self.score += 1
        return self._ask({"save": GAME, "score": self.score % MOST_GOALS})

    def page_ms(self, path: str, language: str) -> float:
        argument = "" if language == "en" else f"&lang={language}"
        return self._ask({"page": f"{path}?n={self.score}{argument}", "lang": language})

    def _ask(self, what: dict[str, Any]) -> float:
        """Raises RuntimeError if the program has ended."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{PROGRAM.name} ended when it was asked for {what}")
        return float(line)


def measure(trees: Trees, rounds: int) -> list[Figure]:
    """The save over the API with its message, and each page in each language beside the one in English before."""
    save = Figure("a save over the API, with its message", "ms")
    pages = {(tab, code): Figure(f"{tab}, in {LANGUAGES[code]}", "ms") for tab in TABS for code in LANGUAGES}
    with season(trees.before) as one, ExitStack() as running:
        programs = {root: running.enter_context(started(one, root)) for root in trees}
        for number in range(WARMING_ROUNDS + rounds):
            is_counted = number >= WARMING_ROUNDS
            for tab in TABS:
                for root, asked in programs.items():
                    is_before = root == trees.before
                    for code in ("en",) if is_before else LANGUAGES:
                        took = asked.save_ms()
                        drawn = asked.page_ms(f"{one.address}{tab}/", code)
                        if is_counted:
                            save.add(took, is_before=is_before)
                            note(pages, tab, code, drawn, is_before)
    return [save, *pages.values()]


def note(pages: dict[tuple[str, str], Figure], tab: str, code: str, drawn: float, is_before: bool) -> None:
    """What was before is compared with every language."""
    for one in LANGUAGES if is_before else (code,):
        pages[tab, one].add(drawn, is_before=is_before)


@contextmanager
def started(one: Season, root: Path) -> Iterator[Asked]:
    """The program in *root*, on a copy of the data that a server there has brought up to date."""
    with one.served(root) as server:
        server.stop()
        words = [sys.executable, str(PROGRAM), one.token, str(one.event_id)]
        environ = server.environ | {"TIMELY_ASYNC_MODE": "threading"}
        with subprocess.Popen(
            words, cwd=root, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield Asked(process)
            finally:
                process.kill()
