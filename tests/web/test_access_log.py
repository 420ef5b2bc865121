"""Access log: time by kind and status, one line at INFO, and nothing of the query."""

import json
import logging

import pytest

from tests.conftest import sign_in
from timely.logs import JsonLines
from timely.metrics import REQUEST_SECONDS
from timely.monitoring.counter_growth import observed


def grown(client, *paths):
    """{(kind, status): how many} of the requests."""
    before = observed(REQUEST_SECONDS)
    for path in paths:
        client.get(path)
    after = observed(REQUEST_SECONDS)
    return {key: number - before.get(key, 0) for key, number in after.items() if number != before.get(key)}


def test_each_is_counted_by_kind_and_status(client, league):
    assert grown(client, "/healthz", "/nowhere/", "/admin/") == {
        ("page", "2xx"): 1,
        ("page", "4xx"): 1,
        ("page", "3xx"): 1,
    }
    assert grown(client, "/api/nowhere/", f"/api/events/{league}/") == {("page", "4xx"): 1, ("api", "2xx"): 1}
    assert grown(client, "/static/icon.svg") == {("static", "2xx"): 1}


def test_streams_are_not_timed(client, league):
    assert grown(client, f"/api/events/{league}/poll/") == {}


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, "timely.requests")
    return lambda: [json.loads(JsonLines().format(one)) for one in caplog.records if one.name == "timely.requests"]


def test_a_line_has_user_and_path(client, admin, lines):
    sign_in(client, admin)
    client.get("/admin/?key=s3cr3t", headers={"Authorization": "Bearer s3cr3t"})
    (line,) = lines()
    assert line.pop("ms") > 0
    assert line.pop("at")
    assert line == {
        "level": "INFO",
        "logger": "timely.requests",
        "message": "GET /admin/ 200",
        "event": "request",
        "method": "GET",
        "path": "/admin/",
        "status": 200,
        "user": admin,
        "address": "127.0.0.1",
    }


def test_an_anonymous_request_has_no_user(client, lines):
    logged = client.get("/healthz")
    (line,) = lines()
    assert line["user"] is None
    logging.getLogger("timely.requests").setLevel(logging.WARNING)
    quiet = client.get("/healthz")
    assert logged.headers == quiet.headers


def test_without_info_nothing_is_written(client, caplog):
    caplog.set_level(logging.WARNING, "timely.requests")
    client.get("/healthz")
    assert not caplog.records
