"""The data folder is made where it was asked for, proved to be writable, and holds one secret key."""

import os
import stat
import subprocess
import sys

import pytest

from config import ROOT, Config
from tests.configs import refused

POSIX = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")


def test_the_data_folder_stands_beside_the_code_unless_told_otherwise(tmp_path, monkeypatch):
    monkeypatch.setattr("config.ROOT", tmp_path)
    assert Config.from_environment({}).data_dir == tmp_path / "data"


def test_a_relative_data_folder_is_where_one_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    config = Config.from_environment({"TIMELY_DATA_DIR": "club/2026"})
    assert config.data_dir == tmp_path / "club" / "2026"
    assert config.data_dir.is_dir()


def test_a_file_where_the_data_folder_should_be(tmp_path):
    (tmp_path / "data").write_text("a file")
    sentence = refused({"TIMELY_DATA_DIR": str(tmp_path / "data")})
    assert str(tmp_path / "data") in sentence
    assert "TIMELY_DATA_DIR" in sentence
    assert "--data-dir" in sentence


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_may_not_be_written(tmp_path):
    tmp_path.chmod(0o500)
    assert "Permission denied" in refused({"TIMELY_DATA_DIR": str(tmp_path)})


def test_the_data_folder_is_left_clean(environ):
    config = Config.from_environment(environ)
    assert sorted(path.name for path in config.data_dir.iterdir()) == [".first-start", "secret.key"]


@POSIX
def test_a_data_folder_that_timely_makes_is_for_its_owner_alone(environ, tmp_path):
    config = Config.from_environment({**environ, "TIMELY_DATA_DIR": str(tmp_path / "deep" / "data")})
    assert stat.S_IMODE(config.data_dir.stat().st_mode) == 0o700
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o750)  # whatever the umask is by now
    Config.from_environment({**environ, "TIMELY_DATA_DIR": str(shared)})
    assert stat.S_IMODE(shared.stat().st_mode) == 0o750


def test_the_secret_key_is_made_once(environ):
    first = Config.from_environment(environ).secret_key
    assert len(first) == 64
    assert Config.from_environment(environ).secret_key == first


@POSIX
def test_the_secret_key_is_for_its_owner_alone(environ):
    config = Config.from_environment(environ)
    assert stat.S_IMODE((config.data_dir / "secret.key").stat().st_mode) == 0o600


def test_a_secret_key_cut_short_by_a_pulled_plug_is_made_anew(environ, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret.key").write_text("")
    first = Config.from_environment(environ).secret_key
    assert len(first) == 64
    assert Config.from_environment(environ).secret_key == first


def test_two_starts_at_once_agree_on_the_secret_key(environ):
    code = "import config; print(config.Config.from_environment().secret_key)"
    both = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    assert len({start.communicate()[0] for start in both}) == 1
