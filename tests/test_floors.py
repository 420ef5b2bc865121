"""Who may lean on whom: a pure domain, and each server's library in one file."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [*ROOT.glob("timely/**/*.py"), ROOT / "config.py"]


def imported(path: Path) -> set[str]:
    """The modules that a file imports, whole names."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def below(floor: str) -> list[Path]:
    return sorted((ROOT / "timely" / floor).rglob("*.py"))


@pytest.mark.parametrize("path", below("domain"), ids=lambda path: path.stem)
def test_the_domain_leans_on_nothing_but_the_standard_library(path):
    for name in imported(path):
        assert name.startswith("timely.domain") or name.split(".")[0] in sys.stdlib_module_names, name


@pytest.mark.parametrize("path", below("event_file"), ids=lambda path: path.stem)
def test_the_event_file_leans_on_the_domain_alone(path):
    for name in imported(path):
        allowed = name.startswith(("timely.domain", "timely.event_file", "timely.clock", "timely.timezones"))
        assert allowed or name.split(".")[0] in sys.stdlib_module_names, name


@pytest.mark.parametrize("library", ["eventlet", "gevent"])
def test_a_server_library_is_known_to_its_own_file_alone(library):
    paths = [*SOURCES, ROOT / "wsgi.py", *ROOT.glob("servers/*.py")]
    knowing = [path.name for path in paths if any(name.split(".")[0] == library for name in imported(path))]
    assert knowing == [f"{library}_server.py"]


def test_the_servers_know_nothing_of_the_app_but_its_figures():
    for path in ROOT.glob("servers/*.py"):
        known = {name for name in imported(path) if name.split(".")[0] == "timely"}
        assert known <= {"timely.metrics", "timely.metrics.CONNECTIONS"}, path.name


@pytest.mark.parametrize(
    ("floor", "above"),
    [
        ("models", ("queries", "services", "live", "health", "blueprints", "rows")),
        ("queries", ("services", "live", "health", "blueprints", "rows")),
        ("services", ("live", "health", "blueprints")),
        ("live", ("services", "health", "blueprints")),
        ("health", ("services", "blueprints")),
    ],
)
def test_nothing_looks_back_up(floor, above):
    for path in below(floor):
        for name in imported(path):
            assert not name.startswith(tuple(f"timely.{one}" for one in above)), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_hides_in_a_function(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            hidden = [inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
            assert not hidden, f"line {hidden[0].lineno}"


def test_the_environment_is_read_in_one_place():
    for path in SOURCES:
        if path.name != "config.py":
            assert "os.environ" not in path.read_text("utf-8"), path
