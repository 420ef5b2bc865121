"""Mutation testing: small faults are put into the code, one at a time, and the tests must notice each of them.

    .venv/bin/python -m bench.mutants [--mutants 320] [--seed 1] [--only timely/domain] [--part 1/4]
    .venv/bin/python -m bench.mutants --again survivors.json

Works on a copy of the tree in a temporary folder, with one process at a time. Prints what became of the mutants of each
file, and the change of each survivor; the exit code is 1 if fewer than nine of ten are killed. See docs/testing.md.
"""

import argparse
import difflib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from bench.mutant_changes import Mutant, mutants_of
from bench.mutant_run import KILLED, MOST_SECONDS, NOT_REACHED, SURVIVED, TIMED_OUT
from bench.mutant_tests import Tests, record

ROOT = Path(__file__).resolve().parent.parent
WHERE = (
    "timely/domain/**/*.py",
    "timely/services/**/*.py",
    "timely/live/change_tracking.py",
    "timely/live/affected_topics.py",
    "timely/access.py",
)
EQUIVALENT = ROOT / "bench" / "equivalent_mutants.toml"
LEAST = 0.9


@dataclass(frozen=True)
class Outcome:
    mutant: Mutant
    what: str
    is_tested: bool = True


def main() -> int:
    options = argparse.ArgumentParser(description="Which faults do the tests not notice?")
    options.add_argument("--mutants", type=int, default=320)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="", help="paths that begin so")
    options.add_argument("--part", default="1/1", help="2/4: the second quarter of the mutants")
    options.add_argument("--record", type=Path, help="where to keep which test runs which line, for the next run")
    options.add_argument("--survivors", type=Path, help="where to write them, for --again")
    options.add_argument("--again", type=Path, help="only the survivors of an earlier run")
    asked = options.parse_args()
    watched = sorted(str(path.relative_to(ROOT)) for where in WHERE for path in ROOT.glob(where))
    part, parts = map(int, asked.part.split("/"))
    chosen = sample(watched, asked.mutants, asked.seed, asked.only)[part - 1 :: parts]
    if asked.again:
        chosen = known(watched, asked.again)
    with tempfile.TemporaryDirectory(prefix="timely-mutants-") as folder:
        tree = copy_of_the_tree(Path(folder) / "tree")
        tests = Tests(tree, record(tree, watched, asked.record), watched)
        print(f"{len(chosen)} mutants, seed {asked.seed}, part {asked.part}", flush=True)
        outcomes = run_all(tree, chosen, tests)
    print_report(outcomes)
    alive = [one.mutant for one in outcomes if one.what == SURVIVED]
    if asked.survivors:
        asked.survivors.write_text(json.dumps([one.key for one in alive], indent=1, ensure_ascii=False), "utf-8")
    share = 1 - len(alive) / max(1, len(outcomes))
    print(f"{share:.1%} killed of {len(outcomes)}, at least {LEAST:.0%} wanted")
    return 0 if share >= LEAST else 1


def sample(paths: list[str], count: int, seed: int, only: str) -> list[Mutant]:
    """So many of all that there are but the equivalent ones, the same ones for a seed, in the order of the files."""
    found = [one for one in all_mutants(paths) if one.path.startswith(only)]
    chosen = random.Random(seed).sample(found, min(count, len(found)))
    return sorted((one for one in chosen if one.key not in equivalents()), key=lambda one: (one.path, one.first))


def all_mutants(paths: list[str]) -> list[Mutant]:
    return [one for path in paths for one in mutants_of(path, (ROOT / path).read_text("utf-8"))]


@cache
def equivalents() -> frozenset[tuple[str, ...]]:
    """The keys of mutants that do what the code does."""
    listed = tomllib.loads(EQUIVALENT.read_text("utf-8"))["mutant"]
    return frozenset(tuple(one[name] for name in ("path", "statement", "before", "after")) for one in listed)


def known(paths: list[str], file: Path) -> list[Mutant]:
    """The survivors of an earlier run, as far as their statements are still there."""
    keys = {tuple(key) for key in json.loads(file.read_text("utf-8"))} - equivalents()
    return [one for one in all_mutants(paths) if one.key in keys]


def copy_of_the_tree(to: Path) -> Path:
    shutil.copytree(ROOT, to, ignore=shutil.ignore_patterns(".git", ".venv*", "data", "__pycache__", ".*_cache"))
    shutil.copytree(ROOT / "tests" / "data", to / "tests" / "data", dirs_exist_ok=True)  # is data too, and is needed
    return to


def run_all(tree: Path, chosen: list[Mutant], tests: Tests) -> list[Outcome]:
    """First those within functions, all by one process; then those that run at import, each by its own."""
    wanted = [(one, tests.of(one)) for one in chosen]
    found = [Outcome(one, SURVIVED, is_tested=False) for one, named in wanted if not named]
    wanted = [(one, named) for one, named in wanted if named]
    in_functions = [(one, named) for one, named in wanted if not tests.at_import(one)]
    outcomes = run_together(tree, in_functions) if in_functions else []
    found += [one for one in outcomes if one.what != NOT_REACHED]
    remade = {one.mutant for one in outcomes if one.what == NOT_REACHED}
    alone = [(one, named) for one, named in wanted if tests.at_import(one) or one in remade]
    if alone:
        one, named = min(alone, key=lambda one: sum(one[1].values()))
        if run_alone(tree, unchanged(one), named).what != SURVIVED:
            raise RuntimeError("the tests fail without a mutant")
    found += [run_alone(tree, one, named) for one, named in alone]
    return sorted(found, key=lambda one: (one.mutant.path, one.mutant.first))


def unchanged(mutant: Mutant) -> Mutant:
    return replace(mutant, text=(ROOT / mutant.path).read_text("utf-8"))


def run_together(tree: Path, wanted: list[tuple[Mutant, dict[str, float]]]) -> list[Outcome]:
    """Raises RuntimeError if the tests fail without a mutant."""
    first, named = min(wanted, key=lambda one: sum(one[1].values()))
    tasks = [{"number": -1, "path": first.path, "before": None, "after": None, "tests": named}]
    for number, (one, named) in enumerate(wanted):
        before = (ROOT / one.path).read_text("utf-8")
        tasks.append({"number": number, "path": one.path, "before": before, "after": one.text, "tests": named})
    outcomes = run_tasks(tree, tasks, None)
    if outcomes.get(-1) != SURVIVED:
        raise RuntimeError("the tests fail without a mutant")
    return [Outcome(one, outcomes.get(number, NOT_REACHED)) for number, (one, _) in enumerate(wanted)]


def run_alone(tree: Path, mutant: Mutant, named: dict[str, float]) -> Outcome:
    path = tree / mutant.path
    whole = path.read_text("utf-8")
    task = {"number": 0, "path": mutant.path, "before": None, "after": None, "tests": named}
    try:
        path.write_text(mutant.text, "utf-8")
        outcomes = run_tasks(tree, [task], MOST_SECONDS)
    finally:
        path.write_text(whole, "utf-8")
    return Outcome(mutant, outcomes.get(0, KILLED))  # it cannot even be imported


def run_tasks(tree: Path, tasks: list[dict[str, object]], limit: float | None) -> dict[int, str]:
    to, file = tree / "outcomes.jsonl", tree / "tasks.json"
    to.unlink(missing_ok=True)
    file.write_text(json.dumps(tasks), "utf-8")
    files = sorted({name.split("::")[0] for task in tasks for name in task["tests"]})  # type: ignore[attr-defined]
    options = ["-q", "-s", "-n", "0", "-p", "no:cacheprovider", "-p", "bench.mutant_run"]
    keep_nothing = ["-o", "tmp_path_retention_policy=none", "--basetemp", str(tree.parent / "temporary")]
    environ = {**os.environ, "MUTANTS": json.dumps({"tasks": str(file), "to": str(to)}), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", *options, *keep_nothing, *files]
    try:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(command, cwd=tree, env=environ, check=False, timeout=limit, **quiet)
    except subprocess.TimeoutExpired:
        return {0: TIMED_OUT}
    if not to.exists():
        return {}
    return {number: what for number, what, _ in map(json.loads, to.read_text("utf-8").splitlines())}


def print_report(outcomes: list[Outcome]) -> None:
    counts: Counter[tuple[str, str]] = Counter((one.mutant.path, one.what) for one in outcomes)
    print(f"{'':56}{KILLED:>10}{SURVIVED:>10}{TIMED_OUT:>10}")
    for path in sorted({path for path, _ in counts}):
        print(f"{path:56}" + "".join(f"{counts[path, what]:10}" for what in (KILLED, SURVIVED, TIMED_OUT)))
    total = Counter(one.what for one in outcomes)
    print(f"{'all':56}" + "".join(f"{total[what]:10}" for what in (KILLED, SURVIVED, TIMED_OUT)))
    for one in outcomes:
        if one.what == SURVIVED:
            print(f"\nSURVIVED{'' if one.is_tested else ', no test runs it'}")
            print(difference(one.mutant))


def difference(mutant: Mutant) -> str:
    lines = (ROOT / mutant.path).read_text("utf-8").splitlines()
    new = mutant.text.splitlines()
    return "\n".join(difflib.unified_diff(lines, new, mutant.path, mutant.path, lineterm="", n=1))


if __name__ == "__main__":
    sys.exit(main())
