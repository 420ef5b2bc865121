"""start.py as it is typed: what it refuses, what it passes on, and whose standard output is."""

import ast
import os
import shutil
import signal
import socket
import subprocess
import sys

import pytest

import start
from config import ROOT
from launch.virtual_environment import DotVenv, _write_stamp

CLI = """
import os, sys
print("out", os.getcwd(), os.environ.get("TIMELY_DATA_DIR", ""), *sys.argv[1:])
print("err", file=sys.stderr)
sys.exit(3 if "refuse" in sys.argv else 0)
"""
WSGI = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
print(*(f"{name}={os.environ.get(name)}" for name in
        ("TIMELY_HOST", "TIMELY_PORT", "TIMELY_OPEN_BROWSER", "TIMELY_DEMO")), flush=True)
if "WAIT" in os.environ:
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def club(tmp_path_factory):
    """A Timely that is installed already, with a small app, in a folder with a space in its name."""
    root = tmp_path_factory.mktemp("home") / "our club"
    (root / "timely").mkdir(parents=True)
    for path in ROOT.glob("config*.py"):
        shutil.copy(path, root)
    for name in ("start.py", "data_folder.py", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, root)
    shutil.copytree(ROOT / "launch", root / "launch", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "timely" / "__init__.py").write_text("")
    (root / "timely" / "cli.py").write_text(CLI)
    (root / "wsgi.py").write_text(WSGI)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root / ".venv"], check=True)
    venv = DotVenv(root)
    _write_stamp(venv, [root / "requirements.txt", root / "requirements-dev.txt"])
    (venv.folder / "kept").write_text("")
    return root


def started(club, *words, cwd=None, **environ):
    without = {name: value for name, value in os.environ.items() if not name.startswith("TIMELY_")}
    return subprocess.run(
        [sys.executable, str(club / "start.py"), *words],
        cwd=cwd,
        env={**without, **environ},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


# A Python that is too old


def test_every_python_can_read_the_first_file():
    source = (ROOT / "start.py").read_bytes()
    source.decode("ascii")  # Python 2 reads nothing else without being told
    tree = ast.parse(source, feature_version=(3, 7))
    too_new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Starred, ast.AsyncFunctionDef, ast.Nonlocal)
    for node in ast.walk(tree):
        assert not isinstance(node, too_new), ast.dump(node)
        if isinstance(node, ast.FunctionDef):
            assert [*node.args.kwonlyargs, *node.args.posonlyargs] == []
            assert node.returns is None
            assert not any(argument.annotation for argument in node.args.args)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print"  # a statement in Python 2


def test_the_check_comes_before_anything_newer():
    statements = ast.parse((ROOT / "start.py").read_text()).body
    imports = [node for node in statements if isinstance(node, ast.Import | ast.ImportFrom)]
    check = next(node for node in statements if isinstance(node, ast.If))
    for node in imports:
        is_ours = isinstance(node, ast.ImportFrom)
        assert is_ours == (node.lineno > check.lineno)


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6), (3, 8, 1), (3, 10, 14)])
def test_what_an_old_python_says(version, tmp_path):
    sentence = start.too_old(version, [str(tmp_path)])
    assert sentence.startswith(f"Timely needs Python 3.11 or newer, and this is Python {version[0]}.{version[1]}.")
    assert "python.org" in sentence


def test_a_newer_one_that_is_there_is_named(tmp_path):
    for name in ("python3.9", "python3.12", "python3.11"):
        (tmp_path / name).write_text("")
    assert "python3.12 start.py" in start.too_old((3, 9), ["/nowhere", str(tmp_path)])


@pytest.mark.parametrize("version", [(3, 11), (3, 11, 0), (3, 14, 2), (4, 0)])
def test_a_python_that_will_do(version):
    assert start.too_old(version, []) is None


# What was typed


def test_help_goes_to_standard_output_with_the_commands_of_the_app(club):
    asked = started(club, "--help")
    assert asked.returncode == 0
    assert asked.stdout.startswith("usage: python3 start.py [--host H]")
    assert asked.stdout.splitlines()[-1].startswith("out ")
    assert asked.stdout.splitlines()[-1].endswith(" --help")


@pytest.mark.parametrize("words", [["--prot", "8000"], ["--port"], ["--demo", "import-event", "f"]])
def test_a_usage_fault(club, words):
    asked = started(club, *words)
    assert asked.returncode == 2
    assert asked.stdout == ""
    assert "usage: python3 start.py" in asked.stderr


@pytest.mark.parametrize("number", ["0", "65536", "abc", "-1"])
def test_a_port_that_is_none_is_named_as_it_was_typed(club, number):
    asked = started(club, f"--port={number}")
    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr == (f"--port must be a whole number from 1 to 65535, not {number!r}. 8000 is usual.\n")
    assert started(club, TIMELY_PORT=number).stderr.startswith("TIMELY_PORT must be")


def test_a_busy_port(club, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        busy = str(other.getsockname()[1])
        other.settimeout(0.1)
        asked = started(club, "--host", "127.0.0.1", "--port", busy, "--data-dir", str(tmp_path / "data"))
    assert (asked.returncode, asked.stdout) == (1, "")
    assert f"Port {busy} is taken by another program. The next free one: python3 start.py --port" in asked.stderr
    assert "Traceback" not in asked.stderr


def test_a_data_folder_that_cannot_be(club, tmp_path):
    (tmp_path / "data").write_text("a file in its place")
    asked = started(club, "--data-dir", str(tmp_path / "data"))
    assert (asked.returncode, asked.stdout) == (1, "")
    assert str(tmp_path / "data") in asked.stderr
    assert len(asked.stderr.splitlines()) == 1


# Handing over


def test_flags_reach_the_server_and_win_over_the_environment(club, port, tmp_path):
    data = str(tmp_path / "data")
    asked = started(
        club,
        "--port",
        port,
        "--no-browser",
        "--demo",
        "--host",
        "127.0.0.1",
        "--data-dir",
        data,
        TIMELY_PORT="1",
    )
    assert asked.stdout == (f"TIMELY_HOST=127.0.0.1 TIMELY_PORT={port} TIMELY_OPEN_BROWSER=0 TIMELY_DEMO=1\n")
    assert asked.stderr == ""
    assert asked.returncode == 0


def test_the_browser_is_opened_unless_told_otherwise(club, port, tmp_path):
    data = {"TIMELY_DATA_DIR": str(tmp_path), "TIMELY_PORT": port}
    assert "OPEN_BROWSER=1 TIMELY_DEMO=None" in started(club, **data).stdout
    assert "OPEN_BROWSER=0" in started(club, **data, TIMELY_OPEN_BROWSER="0").stdout


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_signal_reaches_the_server_and_its_exit_code_is_ours(club, port, tmp_path):
    process = subprocess.Popen(
        [sys.executable, str(club / "start.py"), "--port", port, "--data-dir", str(tmp_path)],
        env={**os.environ, "WAIT": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == 7


def test_standard_output_is_the_commands_alone(club, tmp_path):
    asked = started(club, "create-token", "Ann Lee", "--data-dir", "club data", cwd=tmp_path)
    assert asked.stdout == f"out {tmp_path} {tmp_path / 'club data'} create-token Ann Lee\n"
    assert asked.stderr == "err\n"
    assert asked.returncode == 0


def test_the_exit_code_of_a_command_is_passed_on(club):
    assert started(club, "refuse").returncode == 3


def test_what_lies_where_one_stands_does_not_come_in_between(club, tmp_path):
    (tmp_path / "config.py").write_text("raise SystemExit('the wrong config')")
    (tmp_path / "timely").mkdir()
    (tmp_path / "timely" / "cli.py").write_text("raise SystemExit('the wrong app')")
    asked = started(club, "export-event", "7", cwd=tmp_path)
    assert asked.stdout.endswith(" export-event 7\n")


def test_the_tests_are_run_in_the_folder_of_timely(club, tmp_path):
    site = next((club / ".venv").glob("[lL]ib/**/site-packages"))
    (site / "pytest.py").write_text("import os, sys\nprint(os.getcwd(), *sys.argv[1:])\nsys.exit(5)\n")
    asked = started(club, "test", "-k", "score", cwd=tmp_path)
    assert asked.stdout == f"{club} -n auto -k score\n"
    assert asked.returncode == 5
