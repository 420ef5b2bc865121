"""A setting's text is read or refused, with a sentence that names the setting and repeats no secret."""

import pytest

from config import Config
from tests.configs import refused


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
