"""Mutation testing: small faults are put into the code, one at a time, and the tests must notice each of them.

    .venv/bin/python -m bench.mutants [--mutants 300] [--seed 1] [--only timely/domain] [--workers 2]

Works on copies of the tree in a temporary folder, so that nothing here changes. For each mutant the tests of the same
module run first, then those of its package. Prints the survivors with their lines; the exit code is 1 if fewer than
nine of ten are killed.
"""

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parent.parent
WHERE = (
    "timely/domain",
    "timely/services",
    "timely/live/change_tracking.py",
    "timely/live/affected_topics.py",
    "timely/access.py",
)
LEAST = 0.9
MOST_SECONDS = 300  # of the tests for one mutant; one that goes on for ever is killed by it
TRACKING_TESTS = ("tests/live/test_change_tracking.py", "tests/services/test_any_deeds.py")
# Tests that look at these from outside, where no test file has the module's name.
ALSO = {
    "timely/live/change_tracking.py": TRACKING_TESTS,
    "timely/live/affected_topics.py": TRACKING_TESTS,
    "timely/access.py": ("tests/crawl", "tests/blueprints/test_doors.py", "tests/blueprints/test_results.py"),
}
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COUNTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult}


@dataclass(frozen=True)
class Mutant:
    """One change of one place: the text of the whole file with it, and what it was and is."""

    path: str
    line: int
    before: str
    after: str
    text: str


def main() -> int:
    options = argparse.ArgumentParser(description="Which faults do the tests not notice?")
    options.add_argument("--mutants", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="", help="paths that begin so")
    options.add_argument("--workers", type=int, default=2, choices=range(1, 9))
    asked = options.parse_args()
    chosen = sample(asked.mutants, asked.seed, asked.only)
    print(f"{len(chosen)} mutants, seed {asked.seed}", flush=True)
    survivors: list[Mutant] = []
    by_package: Counter[tuple[str, bool]] = Counter()
    with tempfile.TemporaryDirectory(prefix="timely-mutants-") as folder:
        trees: Queue[Path] = Queue()
        for number in range(asked.workers):
            trees.put(copy_of_the_tree(Path(folder) / str(number)))
        with ThreadPoolExecutor(asked.workers) as pool:
            for mutant, is_killed in pool.map(lambda one: (one, killed(one, trees)), chosen):
                by_package["/".join(mutant.path.split("/")[:2]), is_killed] += 1
                if not is_killed:
                    survivors.append(mutant)
                    print(f"SURVIVED {mutant.path}:{mutant.line}: {mutant.before}  →  {mutant.after}", flush=True)
    for package in sorted({name for name, _ in by_package}):
        dead, alive = by_package[package, True], by_package[package, False]
        print(f"{package:24}{dead:5} killed of {dead + alive}")
    share = 1 - len(survivors) / len(chosen)
    print(f"{share:.1%} killed, at least {LEAST:.0%} wanted")
    return 0 if share >= LEAST else 1


def sample(count: int, seed: int, only: str) -> list[Mutant]:
    """So many of all that there are, the same ones for a seed."""
    files = ([ROOT / where] if where.endswith(".py") else files_below(where) for where in WHERE)
    paths = sorted(path for some in files for path in some)
    names = [str(path.relative_to(ROOT)) for path in paths]
    found = [one for name in names if name.startswith(only) for one in mutants_of(name)]
    return random.Random(seed).sample(found, min(count, len(found)))


def files_below(where: str) -> list[Path]:
    return [path for path in (ROOT / where).rglob("*.py") if path.name != "__init__.py"]


def mutants_of(name: str) -> Iterator[Mutant]:
    text = (ROOT / name).read_text("utf-8")
    for node in ast.walk(ast.parse(text)):
        for changed in changes(node):
            before, after = ast.unparse(node), ast.unparse(changed)
            mutated = put(text, node, after)
            if mutated is not None and before != after:
                yield Mutant(name, node.lineno, before, after, mutated)  # type: ignore[attr-defined]


def changes(node: ast.AST) -> Iterator[ast.expr]:
    """The node with one thing changed in it, in each way that there is."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARED:
        yield ast.Compare(node.left, [COMPARED[type(node.ops[0])]()], node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in COUNTED:
        yield ast.BinOp(node.left, COUNTED[type(node.op)](), node.right)
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield ast.Constant(not node.value)


def put(text: str, node: ast.AST, after: str) -> str | None:
    """The text with *after* in the node's place; None where that is no Python any more."""
    lines = text.encode().splitlines(keepends=True)
    first, last = node.lineno - 1, node.end_lineno - 1  # type: ignore[attr-defined]
    begin = sum(map(len, lines[:first])) + node.col_offset  # type: ignore[attr-defined]
    end = sum(map(len, lines[:last])) + node.end_col_offset  # type: ignore[attr-defined]
    raw = text.encode()
    mutated = (raw[:begin] + f"({after})".encode() + raw[end:]).decode()
    try:
        ast.parse(mutated)
    except SyntaxError:  # within an f-string
        return None
    return mutated


def copy_of_the_tree(to: Path) -> Path:
    shutil.copytree(ROOT, to, ignore=shutil.ignore_patterns(".git", ".venv*", "data", "__pycache__", ".*_cache"))
    seasons = ROOT / "tests" / "data"  # is data too, and is needed
    shutil.copytree(seasons, to / "tests" / "data", dirs_exist_ok=True)
    return to


def killed(mutant: Mutant, trees: "Queue[Path]") -> bool:
    tree = trees.get()
    path = tree / mutant.path
    whole = path.read_text("utf-8")
    try:
        path.write_text(mutant.text, "utf-8")
        return any(fails(tree, tests) for tests in tests_of(mutant.path))
    finally:
        path.write_text(whole, "utf-8")
        trees.put(tree)


def tests_of(name: str) -> list[list[str]]:
    """The tests that may notice, the quickest first."""
    if name in ALSO:
        return [[one] for one in ALSO[name]]
    path = Path(name)
    own = Path("tests", *path.parts[1:-1], f"test_{path.name}")
    package = str(Path("tests", path.parts[1]))
    return [*([[str(own)]] if (ROOT / own).is_file() else []), [package]]


def fails(tree: Path, tests: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]
    try:
        done = subprocess.run(command, cwd=tree, capture_output=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
