"""Every setting of the table is read, has its default, and is handed to Flask."""

import sys
from dataclasses import fields
from pathlib import Path

import pytest

from config import ROOT, SETTINGS, Config, ConfigError, is_large
from tests.configs import refused


def test_defaults(environ, tmp_path):
    config = Config.from_environment(environ)
    assert (config.host, config.port, config.log_level) == ("0.0.0.0", 8000, "WARNING")
    assert not config.open_browser
    assert not config.demo
    assert config.async_mode == "eventlet"
    assert config.fan_out
    assert config.data_dir == tmp_path / "data"
    assert config.database_url == f"sqlite:///{tmp_path.as_posix()}/data/timely.sqlite3"


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


@pytest.mark.parametrize(
    "url", ["redis://cache", "rediss://u:p@cache:6380/2", "redis://[::1]:6379", "unix:///run/r.sock"]
)
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


def test_without_a_screen_no_browser_is_opened(environ, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    wanted = {**environ, "TIMELY_OPEN_BROWSER": "1"}
    assert not Config.from_environment(wanted).open_browser
    assert Config.from_environment({**wanted, "WAYLAND_DISPLAY": "wayland-0"}).open_browser
    monkeypatch.setattr(sys, "platform", "darwin")
    assert Config.from_environment(wanted).open_browser


def test_flask_settings(environ):
    config = Config.from_environment(environ)
    settings = config.flask_settings()
    expected = {
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
    assert expected.items() <= settings.items()


def test_what_the_app_does_not_need_is_not_in_its_configuration(environ):
    withheld = {setting.name for setting in SETTINGS} - Config.from_environment(environ).flask_settings().keys()
    secret = {"TIMELY_DATABASE_URL", "TIMELY_SECRET_KEY"}  # there under Flask's names
    of_the_start = {"TIMELY_OPEN_BROWSER", "TIMELY_DEMO", "TIMELY_ASYNC_MODE", "TIMELY_LOG_LEVEL"}
    assert withheld == secret | of_the_start


def test_a_setting_is_called_alike_in_the_environment_and_in_python():
    assert [f"TIMELY_{field.name.upper()}" for field in fields(Config)] == [setting.name for setting in SETTINGS]


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
    assert read == {setting.name for setting in SETTINGS}


def test_nobody_else_reads_the_environment():
    def reads(path):
        return any(word in path.read_text("utf-8") for word in ("os.environ", "getenv"))

    # start.py's part hands the environment on, with the flags put in.
    readers = {path.name for path in ROOT.glob("*.py") if reads(path)}
    readers |= {str(path.relative_to(ROOT)) for path in (ROOT / "timely").rglob("*.py") if reads(path)}
    assert readers == {"config.py", "start.py"}
