"""Set-up of .venv: the signs that it is ready, and the steps if it is not."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from launch import install_packages, virtual_environment
from launch.messages import Refused
from launch.virtual_environment import DotVenv, is_ready, prepare


@pytest.fixture
def venv(tmp_path, monkeypatch):
    """A folder with lists of requirements; venvs are made without pip, and nothing is installed but noted."""
    root = tmp_path / "timely"
    root.mkdir()
    (root / "requirements.txt").write_text("Flask==3.1.3\n")
    (root / "requirements-dev.txt").write_text("-r requirements.txt\npytest==9.2.0\n")
    installs = []
    run = subprocess.run

    def without_pip(command, **how):
        if command[1:3] == ["-m", "venv"]:
            command = [*command[:3], "--without-pip", *command[3:]]
        if command[1:3] == ["-m", "pip"]:
            command = [command[0], "-c", ""]
        return run(command, **how)

    def install(python, lists, lock):
        installs.append([path.name for path in lists])

    monkeypatch.setattr(virtual_environment.subprocess, "run", without_pip)
    monkeypatch.setattr(install_packages, "install", install)
    venv = DotVenv(root)
    object.__setattr__(venv, "installs", installs)
    return venv


def lists(venv, *names):
    return [venv.root / name for name in names or ["requirements.txt"]]


def test_the_first_start_makes_and_fills_it(venv, capsys):
    prepare(venv, lists(venv))
    assert venv.installs == [["requirements.txt"]]
    assert is_ready(venv, lists(venv))
    out, err = capsys.readouterr()
    assert out == ""
    assert "for the first time" in err


def test_the_second_start_does_nothing_and_says_nothing(venv, capsys):
    prepare(venv, lists(venv))
    capsys.readouterr()
    prepare(venv, lists(venv))
    assert len(venv.installs) == 1
    assert capsys.readouterr() == ("", "")


def test_a_new_version_of_the_list_is_installed(venv):
    prepare(venv, lists(venv))
    (venv.root / "requirements.txt").write_text("Flask==3.1.4\n")
    assert not is_ready(venv, lists(venv))
    prepare(venv, lists(venv))
    assert len(venv.installs) == 2


def test_the_tests_want_more_and_serving_is_content_with_that(venv):
    prepare(venv, lists(venv))
    both = lists(venv, "requirements.txt", "requirements-dev.txt")
    assert not is_ready(venv, both)
    prepare(venv, both)
    assert venv.installs[-1] == ["requirements.txt", "requirements-dev.txt"]
    assert is_ready(venv, lists(venv))


def test_an_interrupted_install_goes_on(venv, monkeypatch, capsys):
    def interrupted(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(install_packages, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            prepare(venv, lists(venv))
    assert not is_ready(venv, lists(venv))
    half = install_packages.site_packages(venv.python) / "flask-3.1.3.dist-info"
    half.mkdir()
    marker = venv.folder / "kept"
    marker.write_text("")
    prepare(venv, lists(venv))
    assert is_ready(venv, lists(venv))
    assert not half.exists()
    assert marker.exists()
    assert "was not finished. Going on" in capsys.readouterr().err


def test_an_install_interrupted_while_it_replaced_another_is_not_taken_for_whole(venv, monkeypatch):
    prepare(venv, lists(venv))
    both = lists(venv, "requirements.txt", "requirements-dev.txt")

    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(install_packages, "install", interrupted)
    with pytest.raises(KeyboardInterrupt):
        prepare(venv, both)
    assert not is_ready(venv, lists(venv))


def test_a_half_made_venv_without_pip_is_made_anew(venv, monkeypatch):
    prepare(venv, lists(venv))
    venv.stamp.unlink()
    marker = venv.folder / "left over"
    marker.write_text("")
    monkeypatch.setattr(virtual_environment, "_has_pip", lambda venv: False)
    prepare(venv, lists(venv))
    assert not marker.exists()
    assert is_ready(venv, lists(venv))


@pytest.mark.skipif(os.name != "posix", reason="Windows has programs instead of scripts")
def test_a_moved_folder_is_put_right_without_the_internet(venv, capsys):
    prepare(venv, lists(venv))
    script = venv.folder / "bin" / "pytest"
    script.write_text(f"#!{venv.folder}/bin/python3\nprint()\n")
    marker = venv.folder / "kept"
    marker.write_text("")
    new = venv.root.parent / "moved here"
    shutil.move(venv.root, new)
    moved = DotVenv(new)
    assert not is_ready(moved, lists(moved))
    prepare(moved, lists(moved))
    assert is_ready(moved, lists(moved))
    assert "moved" in capsys.readouterr().err
    assert (moved.folder / "kept").exists()
    assert (moved.folder / "bin" / "pytest").read_text() == f"#!{moved.folder}/bin/python3\nprint()\n"
    assert str(new) in (moved.folder / "bin" / "activate").read_text()


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_a_python_that_is_gone_is_replaced(venv, capsys):
    prepare(venv, lists(venv))
    venv.python.unlink()
    venv.python.symlink_to("/nowhere/python3")
    assert not is_ready(venv, lists(venv))
    prepare(venv, lists(venv))
    assert is_ready(venv, lists(venv))
    assert "is gone" in capsys.readouterr().err


def test_a_python_of_another_version_is_noticed(venv):
    prepare(venv, lists(venv))
    stamp = json.loads(venv.stamp.read_text())
    venv.stamp.write_text(json.dumps({**stamp, "python": "3.9"}))
    assert not is_ready(venv, lists(venv))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"lists": 3}', "\xff"])
def test_a_damaged_stamp_is_none(venv, text):
    prepare(venv, lists(venv))
    venv.stamp.write_text(text, "latin-1")
    assert not is_ready(venv, lists(venv))
    prepare(venv, lists(venv))
    assert is_ready(venv, lists(venv))


def test_debian_without_venv(venv, monkeypatch):
    monkeypatch.setattr(virtual_environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Refused, match="sudo apt install python{}.{}-venv".format(*sys.version_info)):
        prepare(venv, lists(venv))


def test_a_file_in_the_place_of_the_folder(venv):
    venv.folder.write_text("not a folder")
    with pytest.raises(Refused):
        prepare(venv, lists(venv))


def test_a_full_disk_is_told_although_venv_hides_it(venv, monkeypatch):
    class Full:
        free = 1000

    monkeypatch.setattr(virtual_environment.shutil, "disk_usage", lambda path: Full)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Refused, match="disk is full"):
        prepare(venv, lists(venv))
