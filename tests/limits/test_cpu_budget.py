"""Pages are drawn for what their views know, once at a time, and within the share of the address that asks."""

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from tests.conftest import make_app, sign_in
from tests.web.test_response_cache import came_from, save
from timely.extensions import db
from timely.limits.cpu_budget import LONGEST_WAIT, MAX_ADDRESSES, Budgets, Meter
from timely.models import User
from timely.services.people import create_token
from timely.web import response_cache
from timely.web.etags import with_etag
from timely.web.response_cache import ResponseCache

SLUG = "saturday-league"
EVENT = f"/events/{SLUG}/"
PLACES = (
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
HERE = "this computer"


@pytest.fixture
def app_on_sqlite(empty_database: Path, tmp_path: Path) -> Flask:
    (tmp_path / "timely.sqlite3").write_bytes(empty_database.read_bytes())
    return make_app(tmp_path, TIMELY_DRAWING_PER_ADDRESS=25)


@pytest.fixture
def cache(app: Flask, monkeypatch: pytest.MonkeyPatch) -> ResponseCache:
    monkeypatch.setattr(response_cache, "FRESH_SECONDS", 60.0)  # however slow this computer is
    monkeypatch.setattr("timely.limits.cpu_budget.LONGEST_WAIT", 0.01)
    found: ResponseCache = app.extensions["timely.web.response_cache"]
    found.budgets.burst = 100.0
    return found


def spend_all(cache: ResponseCache) -> None:
    cache.budgets.spend(HERE, 1000.0)


@pytest.mark.parametrize("path", PLACES)
def test_words_that_no_view_knows_make_no_other_page(
    client: FlaskClient, league: int, cache: ResponseCache, path: str
) -> None:
    first = client.get(f"{path}?a=1")
    assert first.status_code == 200
    for query in ("", "b=2", "a=1&a=2", "%ff=%fe", "key=x"):
        answer, way = came_from(client, f"{path}?{query}")
        assert (way, answer.data) == ("ready", first.data)


@pytest.mark.parametrize("query", ["division=7", "division=x", "key=x"])
@pytest.mark.parametrize(
    "path", [EVENT, f"{EVENT}leaderboard/", f"/display/{SLUG}/", f"/embed/events/{SLUG}/schedule/"]
)
def test_a_value_that_there_is_not_draws_nothing(
    client: FlaskClient, league: int, cache: ResponseCache, path: str, query: str
) -> None:
    first = client.get(path)
    answer, way = came_from(client, f"{path}?{query}")
    assert way in ("ready", "drawn_before")
    assert answer.data == first.data


@pytest.mark.parametrize(("name", "there"), [("team", "Ash"), ("pitch", "Pitch 1"), ("event", "1")])
def test_games_are_drawn_once_for_all_names_that_there_are_not(
    client: FlaskClient, league: int, cache: ResponseCache, name: str, there: str
) -> None:
    path = f"/matches/?day=2026-11-28&{name}="
    chosen, first = client.get(path + there).text, client.get(f"{path}nobody").text
    assert "Birch" in chosen
    assert "No games to show" in first
    answer, way = came_from(client, f"{path}somebody")
    assert (way, answer.text) == ("drawn_before", first)


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
        {"User-Agent": "x", "Accept-Language": "de"},
    ],
    ids=str,
)
def test_what_makes_no_difference_draws_nothing(
    client: FlaskClient, league: int, cache: ResponseCache, headers: dict[str, str]
) -> None:
    first = client.get(EVENT, headers={"Host": "localhost"})
    answer, way = came_from(client, EVENT, **{"Host": "localhost", **headers})
    assert (way, answer.data) == ("ready", first.data)


def test_the_head_of_a_page_is_ready_with_the_page(client: FlaskClient, league: int, cache: ResponseCache) -> None:
    first = client.head(EVENT)
    page, way = came_from(client, EVENT)
    assert (way, first.data, first.status_code) == ("ready", b"", 200)
    assert first.headers["Content-Length"] == str(len(page.data))
    assert client.head(EVENT).data == b""


@pytest.mark.parametrize("head", ["/", "/api/", "/wp-admin/"])
def test_addresses_that_do_not_exist_are_one(
    client: FlaskClient, league: int, cache: ResponseCache, monkeypatch: pytest.MonkeyPatch, head: str
) -> None:
    first = client.get(f"{head}nowhere-1")
    monkeypatch.setattr(cache, "inner", None)  # nothing is asked of the app any more
    for number in range(2, 5):
        answer = client.get(f"{head}nowhere-{number}")
        assert (answer.status_code, answer.data) == (404, first.data)


def test_a_page_that_reads_more_than_it_said_is_kept_for_nobody(app: Flask, league: int, cache: ResponseCache) -> None:
    app.add_url_rule("/made-up/", "made_up", lambda: with_etag({}, lambda: f"<p>{request.args.get('a')}</p>"))
    client = app.test_client()
    assert [client.get(f"/made-up/?a={a}").text for a in "121"] == ["<p>1</p>", "<p>2</p>", "<p>1</p>"]


@pytest.mark.parametrize("path", [EVENT, "/api/events/1/schedule/"])
def test_who_has_spent_the_share_gets_what_was_drawn_last(
    app: Flask, client: FlaskClient, league: int, cache: ResponseCache, path: str
) -> None:
    before = client.get(path)
    save(app)
    spend_all(cache)
    assert client.get(path).data == before.data
    assert client.get(f"{path}?a=1", headers={"Cookie": "timely_session=made.up"}).data == before.data
    fresh = client.get(path, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert fresh.status_code == 200
    assert fresh.data != before.data
    assert client.get(path).data == fresh.data  # drawn by another, it is there for all


@pytest.mark.parametrize("path", ["/matches/", "/login/", "/admin/", "/events/nowhere/", "/static/css/none.css"])
def test_what_was_not_drawn_lately_takes_a_moment(
    client: FlaskClient, admin: int, cache: ResponseCache, path: str
) -> None:
    spend_all(cache)
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3")
    assert "comes by itself" in answer.text
    assert client.get(path, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code in (200, 302, 404)


def test_a_program_is_told_so_in_json(client: FlaskClient, cache: ResponseCache) -> None:
    spend_all(cache)
    answer = client.get("/api/events/")
    assert answer.json
    assert (answer.status_code, answer.json["error"]["code"]) == (429, "too_many_requests")


def test_what_is_old_does_not_stay_for_long(
    app: Flask, client: FlaskClient, league: int, cache: ResponseCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(EVENT)
    save(app)
    spend_all(cache)
    monkeypatch.setattr(response_cache, "STALE_SECONDS", 0.0)
    assert client.get(EVENT).status_code == 429


def test_what_was_taken_from_view_is_not_shown_any_more_once_anybody_has_asked(
    app: Flask, client: FlaskClient, league: int, cache: ResponseCache
) -> None:
    client.get(EVENT)
    with app.app_context():
        db.session.execute(db.text("UPDATE events SET status = 'DRAFT'"))
        db.session.commit()
    assert client.get(EVENT, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 404
    spend_all(cache)
    assert client.get(EVENT).status_code == 429


def test_an_organiser_at_the_same_address_notices_nothing(
    app: Flask, client: FlaskClient, admin: int, league: int, cache: ResponseCache
) -> None:
    sign_in(client, admin)
    client.get(EVENT)
    save(app)
    spend_all(cache)
    for path in ("/admin/", EVENT, f"/admin/events/{league}/teams/", "/matches/"):
        assert client.get(path).status_code == 200
    assert client.get(f"{EVENT}schedule/").text.count("Full time") == 1
    with app.app_context():
        token = create_token(db.session.get_one(User, admin))
    program = app.test_client()
    read = {"headers": {"Authorization": f"Bearer {token}"}}
    assert program.get("/api/events/1/", environ_base={"REMOTE_ADDR": "10.0.0.9"}, **read).status_code == 200
    assert program.get("/api/events/1/schedule/", **read).status_code == 200
    assert program.get("/api/events/1/schedule/", headers={"Authorization": "Bearer x"}).status_code == 429


def test_a_cookie_that_is_over_is_nobodys(app: Flask, admin: int, cache: ResponseCache) -> None:
    client = app.test_client()
    sign_in(client, admin)
    assert client.get("/admin/").status_code == 200
    with app.app_context():
        db.session.execute(db.text("UPDATE users SET active = false"))
        db.session.commit()
    assert client.get("/admin/").status_code == 302
    spend_all(cache)
    assert client.get("/admin/").status_code == 429


def test_what_people_of_ours_ask_for_is_not_counted(
    client: FlaskClient, admin: int, league: int, cache: ResponseCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent: list[float] = []
    monkeypatch.setattr(cache.budgets, "spend", lambda who, seconds: spent.append(seconds))
    sign_in(client, admin)
    assert client.get("/admin/").status_code == 200
    assert spent == []
    assert client.application.test_client().get("/no-such-page").status_code == 404
    assert len(spent) == 1
    assert spent[0] > 0


class Slow:
    """Takes its time in the app's place, and counts how often it was asked, and by how many at once."""

    def __init__(self, inner: Callable[..., Iterable[bytes]]) -> None:
        self.inner = inner
        self.asked = self.now = self.at_once = 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.asked += 1
        self.now += 1
        self.at_once = max(self.at_once, self.now)
        try:
            time.sleep(0.3)
            return self.inner(environ, start)
        finally:
            self.now -= 1


def ask_at_once(app: Flask, paths: list[str], *, from_afar: bool = True) -> list[Any]:
    """*from_afar*: each from an address of their own."""
    found: list[Any] = []

    def ask(number: int, path: str) -> None:
        address = {"REMOTE_ADDR": f"10.0.0.{number}" if from_afar else "127.0.0.1"}
        found.append(app.test_client().get(path, environ_base=address))

    threads = [threading.Thread(target=ask, args=one) for one in enumerate(paths)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.parametrize("from_afar", [True, False])
def test_the_same_page_is_drawn_once_however_many_ask_for_it(
    app: Flask, league: int, cache: ResponseCache, from_afar: bool
) -> None:
    slow = cache.inner = Slow(cache.inner)
    answers = ask_at_once(app, [f"{EVENT}?a={number}" for number in range(8)], from_afar=from_afar)
    assert slow.asked == 1
    assert {(answer.status_code, answer.data) for answer in answers} == {(200, answers[0].data)}
    save(app)
    ask_at_once(app, [EVENT] * 8, from_afar=from_afar)
    assert slow.asked == 2


def test_pages_that_are_not_the_same_are_drawn_side_by_side(
    app: Flask, admin: int, league: int, cache: ResponseCache
) -> None:
    slow = cache.inner = Slow(cache.inner)
    ask_at_once(app, [EVENT, f"{EVENT}schedule/", "/"])
    assert (slow.asked, slow.at_once) == (3, 3)
    app.test_client().get("/login/")
    ask_at_once(app, ["/login/"] * 3)  # each has a form of their own
    assert (slow.asked, slow.at_once) == (7, 3)


def test_one_address_has_one_page_drawn_at_a_time(app: Flask, league: int, cache: ResponseCache) -> None:
    slow = cache.inner = Slow(cache.inner)
    ask_at_once(app, [EVENT, f"{EVENT}schedule/", "/", "/login/"], from_afar=False)
    assert (slow.asked, slow.at_once) == (4, 1)
    assert cache.turns._queues == {}


def test_a_page_that_was_drawn_before_goes_before_addresses_that_are_made_up(
    app: Flask, league: int, cache: ResponseCache
) -> None:
    app.test_client().get(EVENT)
    save(app)
    asked: list[str] = []
    inner = cache.inner

    def note(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        asked.append(environ["PATH_INFO"])
        return inner(environ, start)

    cache.inner = note
    paths = ["/events/made-up/", "/events/made-up-too/", EVENT]
    threads = [threading.Thread(target=app.test_client().get, args=[path]) for path in paths]
    assert cache.turns.acquire(HERE, 1.0)
    for number, thread in enumerate(threads):
        thread.start()
        while len(cache.turns._queues[HERE]) <= number:
            time.sleep(0.001)
    cache.turns.release(HERE)
    for thread in threads:
        thread.join()
    assert asked == [EVENT, *paths[:2]]


def test_a_budget_is_spent_and_fills_again() -> None:
    now = [0.0]
    budgets = Budgets(0.25, 2.0, clock=lambda: now[0])
    budgets.spend("a", 2.5)
    assert (budgets.has_left("a"), budgets.has_left("b"), budgets.seconds_to_wait("b")) == (False, True, 0.0)
    assert budgets.seconds_to_wait("a") == LONGEST_WAIT
    now[0] = 1.9
    assert budgets.seconds_to_wait("a") == pytest.approx(0.1)
    now[0] = 2.1
    assert budgets.has_left("a")
    for number in range(MAX_ADDRESSES + 5):
        budgets.spend(str(number), 3.0)
    assert (budgets.has_left("a"), budgets.has_left("3"), budgets.has_left("9")) == (True, True, False)


def test_a_share_of_nothing_bounds_nothing() -> None:
    budgets = Budgets(0.0)
    budgets.spend("a", 1e9)
    assert budgets.has_left("a")


def test_time_is_shared_among_what_goes_on_side_by_side() -> None:
    now = [0.0]
    meter = Meter(lambda: now[0])
    now[0] = 5.0  # nobody's
    first = meter.begin()
    now[0] = 6.0
    second = meter.begin()
    now[0] = 10.0
    assert meter.end(first) == pytest.approx(3.0)
    now[0] = 11.0
    assert meter.end(second) == pytest.approx(3.0)
