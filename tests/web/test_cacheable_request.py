"""Cache keys: what a request may vary in without rendering another page."""

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from tests.web.test_response_cache import response_and_origin
from timely.web.etags import with_etag
from timely.web.response_cache import ResponseCache

SLUG = "saturday-league"
EVENT = f"/events/{SLUG}/"

PATHS = (
    "/",
    "/matches/",
    EVENT,
    f"{EVENT}leaderboard/",
    f"{EVENT}schedule/",
    f"{EVENT}bracket/",
    f"{EVENT}announcements/",
    f"/display/{SLUG}/",
    f"/embed/events/{SLUG}/leaderboard/",
    f"/embed/events/{SLUG}/schedule/",
    "/api/events/",
    "/api/events/1/",
    "/api/events/1/leaderboard/",
    "/api/events/1/schedule/",
    "/api/events/1/bracket/",
    "/api/fixtures/1/",
    "/live.js",
    "/page/live.js",
    "/static/css/timely.css",
)


@pytest.mark.parametrize("path", PATHS)
def test_unknown_arguments_do_not_render_another_page(
    client: FlaskClient, league: int, cache: ResponseCache, path: str
) -> None:
    first = client.get(f"{path}?a=1")
    assert first.status_code == 200
    for query in ("", "b=2", "a=1&a=2", "%ff=%fe", "key=x"):
        response, origin = response_and_origin(client, f"{path}?{query}")
        assert (origin, response.data) == ("ready", first.data)


@pytest.mark.parametrize("query", ["division=7", "division=x", "key=x"])
@pytest.mark.parametrize(
    "path", [EVENT, f"{EVENT}leaderboard/", f"/display/{SLUG}/", f"/embed/events/{SLUG}/schedule/"]
)
def test_an_unknown_value_does_not_render_another_page(
    client: FlaskClient, league: int, cache: ResponseCache, path: str, query: str
) -> None:
    first = client.get(path)
    response, origin = response_and_origin(client, f"{path}?{query}")
    assert origin in ("ready", "drawn_before")
    assert response.data == first.data


@pytest.mark.parametrize(("name", "there"), [("team", "Ash"), ("pitch", "Pitch 1"), ("event", "1")])
def test_games_are_rendered_once_for_all_unknown_names(
    client: FlaskClient, league: int, cache: ResponseCache, name: str, there: str
) -> None:
    path = f"/matches/?day=2026-11-28&{name}="
    chosen, first = client.get(path + there).text, client.get(f"{path}nobody").text
    assert "Birch" in chosen
    assert "No games to show" in first
    response, origin = response_and_origin(client, f"{path}somebody")
    assert (origin, response.text) == ("drawn_before", first)


def test_a_team_that_does_not_play_on_the_day_stays_chosen(
    client: FlaskClient, league: int, cache: ResponseCache
) -> None:
    assert "team=Ash" in client.get("/matches/?day=2026-11-30&team=Ash").text
    assert "team=Nobody" not in client.get("/matches/?day=2026-11-30&team=Nobody").text


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "LocalHost"},
        {"Host": "localhost."},
        {"Host": "localhost:80"},
        {"Host": "localhost:0080"},
        {"Cookie": "c=1"},
        {"Accept-Encoding": "br"},
        {"Accept-Encoding": "gzip;q=0, x"},
        {"Origin": "https://other.example"},
        {"User-Agent": "x", "Accept": "text/html"},
    ],
    ids=str,
)
def test_irrelevant_headers_do_not_render_another_page(
    client: FlaskClient, league: int, cache: ResponseCache, headers: dict[str, str]
) -> None:
    first = client.get(EVENT, headers={"Host": "localhost"})
    response, origin = response_and_origin(client, EVENT, **{"Host": "localhost", **headers})
    assert (origin, response.data) == ("ready", first.data)


def test_head_and_get_share_the_cached_page(client: FlaskClient, league: int, cache: ResponseCache) -> None:
    first = client.head(EVENT)
    page, origin = response_and_origin(client, EVENT)
    assert (origin, first.data, first.status_code) == ("ready", b"", 200)
    assert first.headers["Content-Length"] == str(len(page.data))
    assert client.head(EVENT).data == b""


@pytest.mark.parametrize("head", ["/", "/api/", "/wp-admin/"])
def test_unknown_paths_share_one_page(
    client: FlaskClient, league: int, cache: ResponseCache, monkeypatch: pytest.MonkeyPatch, head: str
) -> None:
    first = client.get(f"{head}nowhere-1")
    monkeypatch.setattr(cache, "inner", None)  # nothing is asked of the app any more
    for number in range(2, 5):
        response = client.get(f"{head}nowhere-{number}")
        assert (response.status_code, response.data) == (404, first.data)


def test_a_page_that_reads_undeclared_arguments_is_not_cached(app: Flask, league: int, cache: ResponseCache) -> None:
    app.add_url_rule("/made-up/", "made_up", lambda: with_etag({}, lambda: f"<p>{request.args.get('a')}</p>"))
    client = app.test_client()
    assert [client.get(f"/made-up/?a={a}").text for a in "121"] == ["<p>1</p>", "<p>2</p>", "<p>1</p>"]
