"""Forwarded headers are trusted for as many proxies as are configured, and no more."""

from pathlib import Path

import pytest
from flask import Flask, request, session

from tests.conftest import make_app

SAID = {
    "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "timely.example.org",
}


def seen_by(app: Flask) -> tuple[str | None, str, str]:
    """The visitor's address, the scheme and the host, as the app sees them of a request that says SAID."""
    app.add_url_rule("/seen/", view_func=lambda: [request.remote_addr, request.scheme, request.host])
    answer = app.test_client().get("/seen/", headers=SAID).get_json()
    return tuple(answer)


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [
        (0, ("127.0.0.1", "http", "localhost")),
        (1, ("198.51.100.7", "https", "timely.example.org")),
        (2, ("203.0.113.9", "http", "localhost")),
    ],
    ids=["none", "one", "two, of which one says nothing of scheme and host"],
)
def test_the_visitor(tmp_path: Path, proxies: int, seen: tuple[str, str, str]) -> None:
    app = make_app(tmp_path, TIMELY_PROXIES=proxies, TIMELY_ALLOWED_HOSTS=("timely.example.org",))
    assert seen_by(app) == seen


def test_the_name_that_a_proxy_was_asked_by_is_checked_too(tmp_path: Path) -> None:
    app = make_app(tmp_path, TIMELY_PROXIES=1)
    answer = app.test_client().get("/", headers=SAID)
    assert answer.status_code == 400
    assert "timely.example.org" in answer.text


@pytest.mark.parametrize(("proxies", "is_safe"), [(1, True), (0, False)])
def test_a_cookie_that_came_by_https_goes_by_https_alone(tmp_path: Path, proxies: int, is_safe: bool) -> None:
    app = make_app(tmp_path, TIMELY_PROXIES=proxies, TIMELY_ALLOWED_HOSTS=("timely.example.org",))
    app.add_url_rule("/visit/", view_func=lambda: session.setdefault("visit", "of somebody"))
    cookie = app.test_client().get("/visit/", headers=SAID).headers["Set-Cookie"]
    assert cookie.startswith("timely_session=")
    assert ("Secure" in cookie) == is_safe
