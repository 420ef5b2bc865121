"""Every setting is read, refused with a sentence that names it, and handed to Flask."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT, VARIABLES, Config, ConfigError, is_large

POSIX = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")


@pytest.fixture
def environ(tmp_path):
    return {"TIMELY_DATA_DIR": str(tmp_path / "data")}


def refused(environ):
    with pytest.raises(ConfigError) as caught:
        Config.from_environment(environ)
    return str(caught.value)


def test_defaults(environ, tmp_path):
    config = Config.from_environment(environ)
    assert (config.host, config.port, config.log_level) == ("0.0.0.0", 8000, "WARNING")
    assert not config.open_browser
    assert not config.demo
    assert config.async_mode == "eventlet"
    assert config.fan_out
    assert config.data_dir == tmp_path / "data"
    assert config.database_url == f"sqlite:///{tmp_path.as_posix()}/data/timely.sqlite3"


def test_the_data_folder_stands_beside_the_code_unless_told_otherwise(tmp_path, monkeypatch):
    monkeypatch.setattr("config.ROOT", tmp_path)
    assert Config.from_environment({}).data_dir == tmp_path / "data"


def test_a_relative_data_folder_is_where_one_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    config = Config.from_environment({"TIMELY_DATA_DIR": "club/2026"})
    assert config.data_dir == tmp_path / "club" / "2026"
    assert config.data_dir.is_dir()


def test_all_that_is_given_is_taken(environ):
    config = Config.from_environment(
        {
            **environ,
            "TIMELY_HOST": "127.0.0.1",
            "TIMELY_PORT": "8001",
            "TIMELY_DATABASE_URL": "mysql://db/timely",
            "TIMELY_SECRET_KEY": "0123456789abcdef",
            "TIMELY_OPEN_BROWSER": "yes",
            "DISPLAY": ":0",
            "TIMELY_DEMO": "1",
            "TIMELY_LOG_LEVEL": "info",
            "TIMELY_ASYNC_MODE": " Threading ",
            "TIMELY_FAN_OUT": "0",
            "TIMELY_REDIS_URL": " redis://:hunter2@cache:6380/1 ",
            "TIMELY_PROXIES": "2",
            "TIMELY_EMBED_ORIGINS": "https://Club.example  http://192.168.1.5:8080",
            "TIMELY_ALLOWED_HOSTS": "Timely.Example.org.  münchen.example ",
            "TIMELY_METRICS_TOKEN": " figures-for-the-club ",
            "TIMELY_CONNECTIONS_PER_ADDRESS": "10",
            "TIMELY_TOPICS_PER_CONNECTION": " 40 ",
            "TIMELY_MESSAGES_PER_SECOND": "2",
            "TIMELY_WRITES_PER_MINUTE": "1000000",
            "TIMELY_READS_PER_MINUTE": "0060",
        }
    )
    assert config == Config(
        host="127.0.0.1",
        port=8001,
        data_dir=Path(environ["TIMELY_DATA_DIR"]),
        database_url="mysql://db/timely",
        secret_key="0123456789abcdef",
        open_browser=True,
        demo=True,
        log_level="INFO",
        async_mode="threading",
        fan_out=False,
        redis_url="redis://:hunter2@cache:6380/1",
        proxies=2,
        embed_origins=("https://club.example", "http://192.168.1.5:8080"),
        allowed_hosts=("timely.example.org", "xn--mnchen-3ya.example"),
        metrics_token="figures-for-the-club",
        connections_per_address=10,
        topics_per_connection=40,
        messages_per_second=2,
        writes_per_minute=1_000_000,
        reads_per_minute=60,
    )
    assert not (config.data_dir / "secret.key").exists()


@pytest.mark.parametrize("port", ["0", "-1", "65536", "80.5", "http", "٨٠٠٠", "9" * 5000, "8 000", "0x50"])
def test_a_port_that_is_none(environ, port):
    sentence = refused({**environ, "TIMELY_PORT": port})
    assert sentence.startswith("TIMELY_PORT must be a whole number from 1 to 65535")


@pytest.mark.parametrize(("port", "number"), [("1", 1), ("65535", 65535), (" 8000 ", 8000), ("", 8000)])
def test_a_port(environ, port, number):
    assert Config.from_environment({**environ, "TIMELY_PORT": port}).port == number


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIMELY_DEMO", "perhaps"),
        ("TIMELY_OPEN_BROWSER", "2"),
        ("TIMELY_LOG_LEVEL", "LOUD"),
        ("TIMELY_FAN_OUT", "fast"),
        ("TIMELY_REDIS_URL", "localhost:6379"),
        ("TIMELY_REDIS_URL", "http://localhost:6379"),
        ("TIMELY_REDIS_URL", "redis://"),
        ("TIMELY_REDIS_URL", "redis://cache:99999"),
        ("TIMELY_REDIS_URL", "unix://"),
        ("TIMELY_PROXIES", "-1"),
        ("TIMELY_PROXIES", "10"),
        ("TIMELY_PROXIES", "one"),
        ("TIMELY_PROXIES", "٢"),
        ("TIMELY_SECRET_KEY", "short"),
        ("TIMELY_DATABASE_URL", "timely.sqlite3"),
        ("TIMELY_EMBED_ORIGINS", "club.example"),
        ("TIMELY_EMBED_ORIGINS", "https://club.example/news"),
        ("TIMELY_EMBED_ORIGINS", "https://club.example; script-src *"),
        ("TIMELY_EMBED_ORIGINS", "'none'"),
        ("TIMELY_ALLOWED_HOSTS", "http://timely.example"),
        ("TIMELY_ALLOWED_HOSTS", "timely.example:8000"),
        ("TIMELY_ALLOWED_HOSTS", "timely.example, other.example"),
        ("TIMELY_ALLOWED_HOSTS", "*.example"),
        ("TIMELY_ALLOWED_HOSTS", "a" * 70),
        ("TIMELY_CONNECTIONS_PER_ADDRESS", "9"),
        ("TIMELY_TOPICS_PER_CONNECTION", "many"),
        ("TIMELY_MESSAGES_PER_SECOND", "0"),
        ("TIMELY_MESSAGES_PER_SECOND", "2.5"),
        ("TIMELY_WRITES_PER_MINUTE", "-60"),
        ("TIMELY_READS_PER_MINUTE", "1000001"),
        ("TIMELY_READS_PER_MINUTE", "٦٠"),
        ("TIMELY_READS_PER_MINUTE", "9" * 5000),
        ("TIMELY_ASYNC_MODE", "asyncio"),
        ("TIMELY_ASYNC_MODE", "eventlet,gevent"),
        ("TIMELY_METRICS_TOKEN", "short"),
        ("TIMELY_METRICS_TOKEN", "words with spaces in them"),
        ("TIMELY_METRICS_TOKEN", "schlüssel-für-zahlen"),
    ],
)
def test_other_values_that_cannot_be(environ, name, value):
    assert name in refused({**environ, name: value})


def test_a_refused_token_is_not_repeated(environ):
    assert "hunter2" not in refused({**environ, "TIMELY_METRICS_TOKEN": "hunter2"})


@pytest.mark.parametrize("url", ["redis://cache", "rediss://u:p@cache:6380/2", "redis://[::1]:6379", "unix:///run/r.sock"])
def test_redis_is_for_workers_that_share_their_key(environ, url):
    assert refused({**environ, "TIMELY_REDIS_URL": url}).endswith("TIMELY_SECRET_KEY, of 16 characters or more.")
    config = Config.from_environment({**environ, "TIMELY_REDIS_URL": url, "TIMELY_SECRET_KEY": "0123456789abcdef"})
    assert config.redis_url == url


@pytest.mark.parametrize(
    ("settings", "package"),
    [
        ({"TIMELY_REDIS_URL": "redis://cache", "TIMELY_SECRET_KEY": "0123456789abcdef"}, "redis"),
        ({"TIMELY_DATABASE_URL": "postgresql://db/timely"}, "psycopg2"),
        ({"TIMELY_ASYNC_MODE": "gevent"}, "gevent"),
    ],
)
def test_a_package_that_is_missing_is_named_with_its_setting(environ, settings, package, monkeypatch):
    config = Config.from_environment({**environ, **settings})
    assert config.packages == [(package, next(iter(settings)))]
    config.require_packages()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=rf"^{next(iter(settings))} needs the Python package {package}, which is not"):
        config.require_packages()


@pytest.mark.parametrize(
    ("settings", "large"),
    [
        ({}, False),
        ({"TIMELY_DATABASE_URL": "sqlite:////srv/timely.sqlite3"}, False),
        ({"TIMELY_DATABASE_URL": " ", "TIMELY_REDIS_URL": "", "TIMELY_ASYNC_MODE": "threading"}, False),
        ({"TIMELY_DATABASE_URL": "postgresql://db/timely"}, True),
        ({"TIMELY_DATABASE_URL": "postgres://db/timely"}, True),
        ({"TIMELY_REDIS_URL": "redis://cache"}, True),
        ({"TIMELY_ASYNC_MODE": "Gevent"}, True),
    ],
)
def test_what_has_to_be_installed_follows_from_the_settings(settings, large):
    assert is_large(settings) is large


def test_a_laptop_needs_no_further_package(environ, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    config = Config.from_environment(environ)
    config.require_packages()
    assert (config.redis_url, config.proxies, config.packages) == ("", 0, [])


def test_a_password_in_a_broken_redis_url_is_not_repeated(environ):
    assert "hunter2" not in refused({**environ, "TIMELY_REDIS_URL": "http://:hunter2@cache"})


def test_a_password_in_a_broken_url_is_not_repeated(environ):
    assert "hunter2" not in refused({**environ, "TIMELY_DATABASE_URL": "me:hunter2@db"})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_is_spoken_to_by_a_driver_that_eventlet_can_patch(environ, scheme):
    url = Config.from_environment({**environ, "TIMELY_DATABASE_URL": f"{scheme}://u:p@db/t"}).database_url
    assert url == "postgresql+psycopg2://u:p@db/t"


def test_a_driver_that_was_chosen_is_kept(environ):
    url = "postgresql+psycopg://u:p@db/t"
    assert Config.from_environment({**environ, "TIMELY_DATABASE_URL": url}).database_url == url


def test_without_a_screen_no_browser_is_opened(environ, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    wanted = {**environ, "TIMELY_OPEN_BROWSER": "1"}
    assert not Config.from_environment(wanted).open_browser
    assert Config.from_environment({**wanted, "WAYLAND_DISPLAY": "wayland-0"}).open_browser
    monkeypatch.setattr(sys, "platform", "darwin")
    assert Config.from_environment(wanted).open_browser


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
        subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]
    assert len({start.communicate()[0] for start in both}) == 1


def test_flask_settings(environ):
    config = Config.from_environment(environ)
    settings = config.flask_settings()
    assert settings == {
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SESSION_COOKIE_NAME": "timely_session",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 8 * 1024 * 1024,
        "TIMELY_DATA_DIR": config.data_dir,
        "TIMELY_NEW": False,
        "TIMELY_HOST": "0.0.0.0",
        "TIMELY_FAN_OUT": True,
        "TIMELY_METRICS_TOKEN": None,
        "TIMELY_CONNECTIONS_PER_ADDRESS": 6000,
        "TIMELY_TOPICS_PER_CONNECTION": 300,
        "TIMELY_MESSAGES_PER_SECOND": 20,
        "TIMELY_WRITES_PER_MINUTE": 6000,
        "TIMELY_READS_PER_MINUTE": 60_000,
        "TIMELY_DRAWING_PER_ADDRESS": 25,
        "TIMELY_PORT": 8000,
        "TIMELY_EMBED_ORIGINS": (),
        "TIMELY_REDIS_URL": "",
        "TIMELY_PROXIES": 0,
        "TIMELY_ALLOWED_HOSTS": (),
    }


class Recorder(dict):
    """An environment that remembers what was asked of it."""

    def __init__(self, *args):
        super().__init__(*args)
        self.asked = set()

    def get(self, name, default=None):
        self.asked.add(name)
        return super().get(name, default)


def test_the_table_names_every_variable_that_is_read(environ):
    recorder = Recorder(environ)
    Config.from_environment(recorder)
    read = {name for name in recorder.asked if name.startswith("TIMELY_")}
    assert read == {variable.name for variable in VARIABLES}


def test_nobody_else_reads_the_environment():
    def reads(path):
        return any(word in path.read_text("utf-8") for word in ("os.environ", "getenv"))

    # start.py's part hands the environment on, with the flags put in.
    readers = {path.name for path in ROOT.glob("*.py") if reads(path)}
    readers |= {str(path.relative_to(ROOT)) for path in (ROOT / "timely").rglob("*.py") if reads(path)}
    assert readers == {"config.py", "start.py"}
