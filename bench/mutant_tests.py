"""Tests of a mutant: those that run its lines, the nearest first."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.mutant_changes import Mutant

RECORDED = ("tests/domain", "tests/services", "tests/queries")
# Of these, files that import a mutant's module are run as they are: what they take is mostly waiting.
OTHERS = ("tests/docs", "tests/event_file", "tests/presenters", "tests/live", "tests/blueprints")
# Tests that look at these from outside, and import nothing of them.
ALSO = {
    "timely/live/change_tracking.py": ("tests/live/test_affected_topics.py", "tests/live/test_change_log.py"),
    "timely/live/affected_topics.py": ("tests/live/test_affected_topics.py",),
    "timely/access.py": (
        "tests/test_access.py", "tests/blueprints/test_doors.py", "tests/blueprints/test_results.py",
        "tests/crawl/test_crawl.py",
    ),
}  # fmt: skip
SECONDS_OF_OTHERS = 10.0
# Of processor time, beside the module's own tests. What the nearest do not notice, those far away hardly ever do.
MOST_SECONDS = 60.0
Record = dict[str, Any]


def record(tree: Path, watched: list[str], kept: Path | None) -> Record:
    """{"files": {a file of tests: {"hash": …, "tests": {test: {"seconds": …, "lines": {path: […]}}}}}, "at_import":
    {path: […]}, "sources": {path: hash}}.

    What *kept* has of an earlier run is taken over for tests that are the same; it is written there again.
    """
    old: Record = json.loads(kept.read_text("utf-8")) if kept and kept.exists() else {"files": {}}
    files = {name: digest(tree / name) for folder in RECORDED for name in test_files(tree, folder)}
    known = {name: one for name, one in old["files"].items() if files.get(name) == one["hash"]}
    found: Record = {"files": known, "at_import": old.get("at_import", {}), "sources": old.get("sources", {})}
    missing = sorted(files.keys() - known.keys())
    if missing:
        print(f"recording what {len(missing)} files of tests run", flush=True)
        said = run_recorder(tree, watched, missing)
        for name in missing:
            tests = {test: one for test, one in said["tests"].items() if test.split("::")[0] == name}
            known[name] = {"hash": files[name], "tests": tests}
        found["at_import"] = said["at_import"]
        # Lines that were recorded earlier fit the sources of then.
        found["sources"] = {path: digest(tree / path) for path in watched} | found["sources"]
        for test in said["failed"]:
            print(f"left out, for it fails without a mutant: {test}", flush=True)
    if kept:
        kept.write_text(json.dumps(found), "utf-8")
    return found


def run_recorder(tree: Path, watched: list[str], files: list[str]) -> Record:
    to = tree / "record.json"
    options = ["-q", "-n", "0", "-p", "bench.mutant_record", "-p", "no:cacheprovider"]
    subprocess.run(
        [sys.executable, "-m", "pytest", *options, *files],
        cwd=tree,
        env={**os.environ, "RECORD": json.dumps({"watched": watched, "to": str(to)})},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    said: Record = json.loads(to.read_text("utf-8"))
    return said


def test_files(tree: Path, folder: str) -> list[str]:
    return sorted(str(path.relative_to(tree)) for path in (tree / folder).rglob("test_*.py"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Tests:
    """The record of the tests, and the imports of other test files and of the sources."""

    def __init__(self, tree: Path, recorded: Record, watched: Iterable[str]) -> None:
        self.record = recorded
        self.others = {name: (tree / name).read_text("utf-8") for folder in OTHERS for name in test_files(tree, folder)}
        self.sources = {path: (tree / path).read_text("utf-8") for path in watched}
        self.is_changed = {path: recorded["sources"].get(path) != digest(tree / path) for path in watched}

    def of(self, mutant: Mutant) -> dict[str, float]:
        """{a test or a file of tests: its seconds of processor time}, in the order in which they are to be run."""
        users = {path for path, text in self.sources.items() if imports(text, mutant.path)} | {mutant.path}
        found: list[tuple[int, str, str, float]] = []
        for file, one in self.record["files"].items():
            rank = nearness(file, mutant.path)
            for test, told in one["tests"].items():
                lines = told["lines"]
                if self.at_import(mutant):
                    is_chosen = rank < 2 or not users.isdisjoint(lines)
                else:
                    is_chosen = self.has_run(mutant, lines.get(mutant.path, ()))
                if is_chosen:
                    found.append((rank, file, test, told["seconds"]))
        total: dict[str, float] = {}
        for _, file, _, seconds in found:
            total[file] = total.get(file, 0) + seconds
        found.sort(key=lambda one: (one[0], total[one[1]], one[1]))  # a file's tests stay in their order
        chosen: dict[str, float] = {}
        left = MOST_SECONDS
        for rank, _, test, seconds in found:
            if not rank or left > 0:
                chosen[test] = seconds
                left -= seconds if rank else 0
        others = [name for name, text in self.others.items() if imports(text, mutant.path)]
        docs = [name for name in others if name.startswith("tests/docs/")]  # quick, and they know every table
        return (
            dict.fromkeys(docs, SECONDS_OF_OTHERS)
            | chosen
            | dict.fromkeys(
                [*(name for name in others if name not in docs), *ALSO.get(mutant.path, ())], SECONDS_OF_OTHERS
            )
        )

    def at_import(self, mutant: Mutant) -> bool:
        """True if it runs when its module is imported, or is called by something that is made then."""
        lines = self.record["at_import"].get(mutant.path, ())
        return not mutant.is_run_by_tests or (not self.is_changed[mutant.path] and self.has_run(mutant, lines))

    def has_run(self, mutant: Mutant, lines: Iterable[int]) -> bool:
        """True if these lines are of its statement; in a file that has changed since, if there are any."""
        return bool(lines) if self.is_changed[mutant.path] else any(mutant.first <= n <= mutant.last for n in lines)


def nearness(file: str, path: str) -> int:
    """0 for the module's own tests, 1 for the same folder's, 2 for the package's, 3 for others."""
    tested, test = Path(path), Path(file)
    folder = Path("tests", *tested.parts[1:-1])
    if test == folder / f"test_{tested.name}":
        return 0
    if test.parent == folder:
        return 1
    return 2 if test.parts[1] == tested.parts[1] else 3


def imports(text: str, path: str) -> bool:
    module = path.removesuffix(".py").replace("/", ".")
    package, _, name = module.rpartition(".")
    names_package = package.count(".") > 1 and f"from {package} import" in text  # that brings all its sports, rulebooks
    if names_package or f"from {module} import" in text or f"import {module}" in text:
        return True
    for start in text.split(f"from {package} import ")[1:]:
        names = start.partition(")" if start.startswith("(") else "\n")[0]
        if name in names.strip("(").replace(",", " ").split():
            return True
    return False
