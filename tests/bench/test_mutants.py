"""Mutation testing itself: which changes are made, where they stand, and which tests are run on them."""

import json
import os
import subprocess
import sys
import textwrap
import tomllib
from types import FunctionType

import pytest

from bench import mutants
from bench.mutant_changes import mutants_of
from bench.mutant_run import KILLED, NOT_REACHED, SURVIVED, replace_code
from bench.mutant_tests import imports, nearness
from config import ROOT


def changes(code: str) -> list[tuple[str, str]]:
    return [(one.before, one.after) for one in mutants_of("timely/domain/some.py", textwrap.dedent(code))]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a < b", [("a < b", "a <= b")]),
        ("x = a and not b", [("a and (not b)", "a or not b"), ("not b", "b")]),
        ("x = 3 * y", [("3 * y", "3 + y"), ("3", "4")]),
        ("x = [a for a in all if a.won]", [("a.won", "not a.won")]),
        ("x = 'a' if b else 'c'", [("'a' if b else 'c'", "'a' if not b else 'c'")]),
        ("if is_over(a):\n    pass", [("is_over(a)", "not is_over(a)")]),
    ],
)
def test_one_thing_is_changed_at_a_time(code, expected):
    assert changes(code) == expected


@pytest.mark.parametrize(
    "code",
    [
        "@dataclass(frozen=True, slots=True)\nclass A:\n    b: tuple[int, Literal[3]]",
        "__all__ = ['a', 'b'][:2]",
        "if TYPE_CHECKING:\n    from a import b\n    c = 1",
        "log.warning('%s of %s', 1, 2)",
        "T = TypeVar('T', bound=tuple[int, 2])",
        "zip(a, b, strict=True)",
        "@lru_cache(maxsize=100)\ndef a(b: 'int | 3') -> 4:\n    '''1 < 2'''",
    ],
)
def test_what_no_test_could_notice_is_left_alone(code):
    assert changes(code) == []


def test_a_mutant_knows_the_lines_of_its_statement_and_whether_a_test_has_to_call_it():
    text = "LIMIT = 3\n\ndef f(a, b=4):\n    if (\n        a > 5\n    ):\n        return 6\n"
    found = {one.before: (one.first, one.last, one.is_run_by_tests) for one in mutants_of("a.py", text)}
    assert found == {
        "3": (1, 1, False),
        "4": (3, 3, False),
        "a > 5": (4, 6, True),
        "5": (4, 6, True),
        "6": (7, 7, True),
    }


def test_the_file_is_the_same_but_for_the_change():
    text = "# Größe – in Metern\ndef f(a):\n    return ('ü', a + 1, f'{a + 1:>3}')  # why\n"
    whole = {one.text for one in mutants_of("a.py", text)}
    assert text.replace("'ü', a + 1", "'ü', (a - 1)") in whole
    assert all(one.startswith("# Größe – in Metern\ndef f(a):\n") and one.endswith("# why\n") for one in whole)


def test_functions_that_are_there_get_the_new_code(tmp_path):
    path = tmp_path / "some.py"
    before = "def add(a):\n    return a + 1\n\n\ndef adder(n):\n    return lambda a: a + n\n\n\nmade = adder(2)\n"
    names: dict[str, FunctionType] = {}
    exec(compile(before, str(path), "exec"), names)
    add, made = names["add"], names["made"]
    assert replace_code(path, before, before.replace("a + 1", "a - 1")) == 1
    assert (add(5), made(5)) == (4, 7)
    now = before.replace("a + 1", "a - 1")
    assert replace_code(path, now, now.replace("a + n", "a * n")) == 2
    assert (add(5), made(5), names["adder"](3)(5)) == (4, 10, 15)


def test_the_nearest_tests_come_first():
    files = ["tests/services/test_lots.py", "tests/domain/test_sports.py", "tests/domain/rules/test_rules.py"]
    files += ["tests/domain/rules/test_set_rules.py"]
    ranks = {name: nearness(name, "timely/domain/rules/rules.py") for name in files}
    assert sorted(ranks, key=ranks.__getitem__) == [files[2], files[3], files[1], files[0]]
    assert sorted(ranks.values()) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from timely.services import lots\n", True),
        ("from timely.services import (\n    audit,\n    lots,\n)\n", True),
        ("from timely.services.lots import record_lot\n", True),
        ("import timely.services.lots\n", True),
        ("from timely.services import audit\nlots = 3\n", False),
        ("from timely.services.slots import a\n", False),
    ],
)
def test_who_imports_a_module(text, expected):
    assert imports(text, "timely/services/lots.py") is expected


def test_tests_of_a_small_tree_kill_what_they_notice(tmp_path):
    code = "def larger(a, b):\n    return a if a > b else b\n\n\ndef unused(a):\n    return a + 1\n\n\nLIMIT = 3\n"
    (tmp_path / "some.py").write_text(code, "utf-8")
    (tmp_path / "test_some.py").write_text(
        "import some\n\ndef test_it():\n    assert some.larger(2, 1) == 2\n", "utf-8"
    )
    changed = ["a >= b", "a < b", "a + 2", "LIMIT = 4"]
    texts = [code.replace(*pair) for pair in zip(["a > b", "a > b", "a + 1", "LIMIT = 3"], changed, strict=True)]
    tasks = [
        {"number": number, "path": "some.py", "before": code, "after": text, "tests": {"test_some.py::test_it": 0.1}}
        for number, text in enumerate(texts)
    ]
    (tmp_path / "tasks.json").write_text(json.dumps(tasks), "utf-8")
    told = {"tasks": str(tmp_path / "tasks.json"), "to": str(tmp_path / "outcomes.jsonl")}
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-s", "-p", "bench.mutant_run", "--rootdir", ".", "test_some.py"],
        cwd=tmp_path,
        env={**os.environ, "MUTANTS": json.dumps(told), "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    outcomes = [json.loads(line)[:2] for line in (tmp_path / "outcomes.jsonl").read_text("utf-8").splitlines()]
    assert outcomes == [[0, SURVIVED], [1, KILLED], [2, SURVIVED], [3, NOT_REACHED]]


def test_those_that_are_listed_as_equivalent_are_there_and_have_a_reason():
    """A line that has changed is looked at anew."""
    listed = tomllib.loads(mutants.EQUIVALENT.read_text("utf-8"))["mutant"]
    assert all(len(one["reason"]) > 20 for one in listed)
    paths = sorted({one["path"] for one in listed})
    assert mutants.equivalents() <= {one.key for one in mutants.all_mutants(paths)}
