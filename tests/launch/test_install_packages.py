"""pip is run as it is, its words become progress, and what it left half done is done again."""

import hashlib
import io
import os
import re
import sys
import zipfile
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path

import pytest

from config import ROOT
from launch import install_packages
from launch.messages import Progress, Refused

FAKE_PIP = """\
import os, sys, pathlib
site = pathlib.Path(__file__).parent.parent / "lib" / "python3" / "site-packages"
print("Looking in indexes")
print("Collecting Flask-SocketIO==5.7.0 (from -r requirements.txt (line 1))")
print("  Downloading flask_socketio-5.7.0-py3-none-any.whl (18 kB)")
print("Processing /wheels/markupsafe-3.0.4-cp311.whl (from -r requirements.txt (line 2))")
print("Requirement already satisfied: click==8.5.1 in ./site-packages")
if os.environ.get("FAIL"):
    sys.exit("ERROR: " + os.environ["FAIL"])
print("Installing collected packages: MarkupSafe, Flask-SocketIO")
for name in ("flask_socketio-5.7.0", "markupsafe-3.0.4"):
    (site / (name + ".dist-info")).mkdir(exist_ok=True)
    (site / (name + ".dist-info") / "RECORD").write_text("")
print("Successfully installed", *sys.argv[1:])
"""


@pytest.fixture
def venv(tmp_path):
    """A folder with a Python that runs the script above in pip's place."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "lib" / "python3" / "site-packages").mkdir(parents=True)
    (tmp_path / "bin" / "pip.py").write_text(FAKE_PIP)
    python = tmp_path / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{tmp_path}/bin/pip.py" "$@"\n')
    python.chmod(0o755)
    (tmp_path / "requirements.txt").write_text("Flask-SocketIO==5.7.0\nMarkupSafe==3.0.4\nclick==8.5.1\n")
    return tmp_path


@pytest.fixture
def lock():
    number = os.open(os.devnull, os.O_RDWR)
    yield number
    os.close(number)


posix = pytest.mark.skipif(os.name != "posix", reason="the fake Python is a shell script")


@posix
def test_progress_is_shown(venv, lock, capsys):
    install_packages.install(venv / "bin" / "python", [venv / "requirements.txt"], lock)
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert lines[:3] == [
        "fetching 1 of 3: Flask-SocketIO",
        "downloading flask_socketio-5.7.0-py3-none-any.whl (18 kB)",
        "fetching 2 of 3: MarkupSafe",
    ]
    assert {line.partition(": ")[2] for line in lines[3:]} == {"Flask-SocketIO", "MarkupSafe"}
    assert [line.partition(":")[0] for line in lines[3:]] == ["installing 1 of 2", "installing 2 of 2"]


@posix
def test_a_failing_pip_becomes_a_sentence(venv, lock, monkeypatch):
    monkeypatch.setenv("FAIL", "[Errno 28] No space left on device")
    with pytest.raises(Refused, match="disk is full"):
        install_packages.install(venv / "bin" / "python", [venv / "requirements.txt"], lock)


@posix
def test_ctrl_c_ends_pip_as_well(venv, lock, monkeypatch):
    (venv / "bin" / "pip.py").write_text(
        "import pathlib, os, time\n"
        f"pathlib.Path({str(venv / 'pid')!r}).write_text(str(os.getpid()))\n"
        "print('Collecting eventlet==1')\ntime.sleep(60)\n"
    )

    def press_ctrl_c(self, step):
        raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "show", press_ctrl_c)
    with pytest.raises(KeyboardInterrupt):
        install_packages.install(venv / "bin" / "python", [venv / "requirements.txt"], lock)
    with pytest.raises(ProcessLookupError):
        os.kill(int((venv / "pid").read_text()), 0)


def test_pip_is_asked_for_wheels_alone_and_keeps_its_own_settings():
    command = install_packages.PIP_INSTALL
    assert ("--only-binary", ":all:") in pairwise(command)
    assert "--require-hashes" in command
    assert not {"--index-url", "-i", "--isolated", "--extra-index-url"} & set(command)


def test_names_follow_other_lists_and_leave_out_other_systems(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    (tmp_path / "requirements.txt").write_text(
        'Flask-WTF==1.3.0\ncolorama==0.4.6 ; sys_platform == "win32"\n# tzdata==1\n'
    )
    (tmp_path / "dev.txt").write_text("-r requirements.txt\nmypy_extensions==1.2.0\n")
    assert install_packages.names([tmp_path / "dev.txt"]) == {
        "flask-wtf": "Flask-WTF",
        "mypy-extensions": "mypy_extensions",
    }
    monkeypatch.setattr(sys, "platform", "win32")
    assert "colorama" in install_packages.names([tmp_path / "dev.txt"])


def pins(path: Path) -> dict[str, str]:
    lines = [line.partition(";")[0].strip(" \\") for line in path.read_text("utf-8").splitlines()]
    wanted = [line for line in lines if line and not line.startswith(("#", "-r ", "--hash="))]
    return dict(line.split("==") for line in wanted)


def test_every_version_is_exact_and_named_once():
    ours, dev = pins(ROOT / "requirements.txt"), pins(ROOT / "requirements-dev.txt")
    assert len(ours) > 20
    assert not ours.keys() & dev.keys()
    assert all(version.replace(".", "").isdigit() for version in [*ours.values(), *dev.values()])


LISTS = ("requirements.txt", "requirements-large.txt", "requirements-dev.txt", "tests/engines/wheels.txt")


@pytest.mark.parametrize("name", LISTS)
def test_every_version_has_the_fingerprints_of_its_files(name):
    text = (ROOT / name).read_text("utf-8")
    whole = re.sub(r" \\\n +", " ", text)
    for line in whole.splitlines():
        if line and not line.startswith(("#", "-r ")):
            assert re.fullmatch(r"\S+==[^ ]+( ; [^-]+?)?( --hash=sha256:[0-9a-f]{64})+", line), line.partition(" ")[0]


def tiny_wheel(folder: Path) -> Path:
    path = folder / "timely_tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("timely_tiny.py", "")
        info = "timely_tiny-1.0.dist-info"
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: timely-tiny\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


@pytest.mark.parametrize("is_right", [True, False])
def test_a_wheel_with_another_fingerprint_is_not_installed(tmp_path, lock, monkeypatch, is_right):
    """By pip itself."""
    found = hashlib.sha256(tiny_wheel(tmp_path).read_bytes()).hexdigest()
    wanted = found if is_right else "0" * 64
    (tmp_path / "requirements.txt").write_text(f"timely-tiny==1.0 \\\n    --hash=sha256:{wanted}\n")
    for name, value in (("NO_INDEX", "1"), ("FIND_LINKS", tmp_path), ("TARGET", tmp_path / "into")):
        monkeypatch.setenv(f"PIP_{name}", str(value))
    with nullcontext() if is_right else pytest.raises(Refused, match="is not what was expected"):
        install_packages.install(Path(sys.executable), [tmp_path / "requirements.txt"], lock)
    assert (tmp_path / "into" / "timely_tiny.py").exists() == is_right


def test_a_package_counts_when_its_record_is_written(tmp_path):
    for name, is_whole in (
        ("Flask-3.1.3", True),
        ("typing_extensions-4.16.0", True),
        ("alembic-1.20.1", False),
    ):
        (tmp_path / f"{name}.dist-info").mkdir()
        (tmp_path / f"{name}.dist-info" / "METADATA").write_text("Name: x")
        if is_whole:
            (tmp_path / f"{name}.dist-info" / "RECORD").write_text("")
    assert set(install_packages.finished(tmp_path)) == {"flask", "typing-extensions"}
    install_packages.drop_unfinished(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        "Flask-3.1.3.dist-info",
        "typing_extensions-4.16.0.dist-info",
    }


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_in_a_terminal_one_line_is_written_over():
    terminal = Terminal()
    progress = Progress(terminal)
    progress.show("fetching 9 of 27: python-engineio")
    progress.show("fetching 10 of 27: h11")
    progress.done()
    first, second, last = terminal.getvalue().split("\r")[1:4]
    assert first == "fetching 9 of 27: python-engineio"
    assert second == "fetching 10 of 27: h11".ljust(len(first))
    assert last.strip() == ""
    assert "\n" not in terminal.getvalue()


def test_elsewhere_each_step_is_a_line_and_said_once():
    file = io.StringIO()
    progress = Progress(file)
    for step in ("one", "one", "two"):
        progress.show(step)
    progress.done()
    assert file.getvalue() == "one\ntwo\n"
