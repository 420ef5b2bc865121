"""Which package may import which; each library in one file; no circles, no large files, no hidden imports."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [*ROOT.glob("timely/**/*.py"), *ROOT.glob("config*.py"), ROOT / "data_folder.py"]
ALL = [*SOURCES, ROOT / "wsgi.py", ROOT / "start.py", *ROOT.glob("servers/*.py"), *ROOT.glob("launch/*.py")]

# Modules at the root of timely/, and what everybody may import.
GROUND = (
    "clock",
    "extensions",
    "file_permissions",
    "fingerprint",
    "lan",
    "languages",
    "log_redaction",
    "logs",
    "metrics",
    "timezones",
)
# What each package may import of the others, from the lowest to the highest.
BELOW: dict[str, tuple[str, ...]] = {
    "domain": (),
    "event_file": ("domain", "clock", "timezones"),
    "languages": ("domain",),
    "limits": ("metrics", "domain.translation"),
    "models": ("domain", *GROUND),
    "database": ("models", "domain.translation", *GROUND),
    "access": ("models",),
    "queries": ("access", "presenters.round_text", "database", "models", "domain", "event_file", *GROUND),
    "presenters": ("access", "queries", "database", "models", "domain", *GROUND),
    "services": (
        *("access", "presenters.number_text", "presenters.round_text", "queries", "database", "models", "domain"),
        *("event_file", *GROUND),
    ),
    "live": ("access", "presenters", "queries", "database", "models", "domain", "limits", "web.cors", *GROUND),
    "web": (
        *(
            "access",
            "live",
            "services",
            "presenters",
            "queries",
            "database",
            "models",
            "domain",
            "event_file",
            "limits",
        ),
        *GROUND,
    ),
    "monitoring": ("access", "live", "services", "presenters", "queries", "database", "models", "domain", *GROUND),
    "demo": ("services", "live", "queries", "database", "models", "domain", "event_file", *GROUND),
    "blueprints": (
        *("web", "monitoring", "live", "services", "presenters", "queries", "access", "database", "models", "domain"),
        *("event_file", "limits", "demo", *GROUND),
    ),
}
# Of lines; a longer file has headings that want to be files.
LARGEST = 250
TEMPLATES = [*ROOT.glob("timely/templates/**/*.html")]
SHOWN = [*TEMPLATES, *ROOT.glob("timely/static/css/**/*.css"), *ROOT.glob("timely/static/js/**/*.js")]


def imported(path: Path) -> set[str]:
    """The modules that a file imports, whole names, and the names that it takes from them."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def nodes(tree: ast.AST, only_at_run_time: bool) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if only_at_run_time and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from nodes(node, only_at_run_time)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path): path for path in ALL}


def modules_imported(path: Path, *, only_at_run_time: bool = False) -> set[str]:
    """Those of our own modules that a file imports: the module itself, and not the package that it is taken from."""
    found: set[str] = set()
    for node in nodes(ast.parse(path.read_text("utf-8")), only_at_run_time):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names & MODULES.keys() or {node.module}
    return found & MODULES.keys()


def below(package: str) -> list[Path]:
    return sorted((ROOT / "timely" / package).rglob("*.py")) or [ROOT / "timely" / f"{package}.py"]


@pytest.mark.parametrize("path", below("domain"), ids=lambda path: path.stem)
def test_the_domain_leans_on_nothing_but_the_standard_library(path):
    for name in imported(path):
        assert name.startswith("timely.domain") or name.split(".")[0] in sys.stdlib_module_names, name


@pytest.mark.parametrize("path", below("event_file"), ids=lambda path: path.stem)
def test_the_event_file_leans_on_the_domain_alone(path):
    for name in imported(path):
        allowed = name.startswith(("timely.domain", "timely.event_file", "timely.clock", "timely.timezones"))
        assert allowed or name.split(".")[0] in sys.stdlib_module_names, name


@pytest.mark.parametrize("package", BELOW)
def test_imports_point_down(package):
    allowed = tuple(f"timely.{one}" for one in (package, *BELOW[package]))
    for path in below(package):
        for name in modules_imported(path):
            is_allowed = any(name == one or name.startswith(f"{one}.") for one in allowed)
            assert is_allowed or not name.startswith("timely."), f"{path.relative_to(ROOT)} imports {name}"


def test_every_package_has_its_place():
    there = {path.name for path in (ROOT / "timely").iterdir() if (path / "__init__.py").is_file()}
    assert there <= BELOW.keys()


def test_the_root_is_small():
    modules = [path.stem for path in (ROOT / "timely").glob("*.py")]
    assert len(modules) <= 14, modules


@pytest.mark.parametrize("path", below("blueprints"), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_blueprint_imports_another(path):
    parts = module_of(path).split(".")
    if len(parts) < 3:
        return  # the list of them all
    for name in modules_imported(path):
        if name.startswith("timely.blueprints.") and MODULES[name].parent.name != "blueprints":
            assert name.split(".")[2] == parts[2], name


def test_there_is_no_import_circle():
    graph = {}
    for module, path in MODULES.items():
        found = modules_imported(path, only_at_run_time=True)
        graph[module] = {name for name in found if name != module and not module.startswith(f"{name}.")}
    done: set[str] = set()

    def follow(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " → ".join([*way[way.index(module) :], module])
        if module not in done:
            for name in sorted(graph[module]):
                follow(name, (*way, module))
            done.add(module)

    for module in graph:
        follow(module, ())


@pytest.mark.parametrize("library", ["eventlet", "gevent"])
def test_a_server_library_is_known_to_its_own_file_alone(library):
    paths = [*SOURCES, ROOT / "wsgi.py", *ROOT.glob("servers/*.py")]
    knowing = [path.name for path in paths if any(name.split(".")[0] == library for name in imported(path))]
    assert knowing == [f"{library}_server.py"]


def test_the_servers_know_nothing_of_the_app_but_its_metrics():
    for path in ROOT.glob("servers/*.py"):
        known = {name for name in imported(path) if name.split(".")[0] == "timely"}
        assert known <= {"timely.metrics", "timely.metrics.CONNECTIONS"}, path.name


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


@pytest.mark.parametrize("path", [*ALL, *SHOWN], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_wants_to_be_two(path):
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LARGEST, f"{lines} lines"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_fit_the_screen(path):
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        assert len(line) <= 200, f"line {number} has {len(line)} characters"


@pytest.mark.parametrize("path", [*below("domain"), *below("event_file")], ids=lambda path: path.stem)
def test_the_domain_makes_lazy_texts(path):
    """It knows no reader: what it says is translated where it is shown."""
    if path.stem != "translation":
        spoken = {name.rsplit(".", 1)[-1] for name in imported(path) if name.startswith("timely.domain.translation.")}
        assert not spoken & {"gettext", "ngettext", "pgettext", "npgettext"}
