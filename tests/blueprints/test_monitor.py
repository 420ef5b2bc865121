"""`/admin/live/`: who sees it, and what it says."""

import pytest

from tests.conftest import make_user, sign_in
from timely import metrics
from timely.live import presence
from timely.presenters.chart import POINTS, area, bar, line, thin


@pytest.fixture(autouse=True)
def _nobody():
    presence.reset()
    metrics.DELIVERED.clear()
    yield
    presence.reset()
    metrics.DELIVERED.clear()


def test_it_says_how_many_watch_by_event_page_and_pipe(client, admin, league):
    for number in range(3):
        presence.record_connection(str(number), "stream", {league}, "leaderboard")
    presence.record_connection("own", "websocket", {None})
    sign_in(client, admin)
    found = client.get("/admin/live/numbers/").json
    assert (found["watching"], found["watching_text"]) == (4, "4 watching")
    assert [(row["name"], row["count"]) for row in found["events"]] == [("Saturday League", 3)]
    pipes = {row["id"]: (row["count"], row["bar"]) for row in found["pipes"]}
    assert (pipes["stream"], pipes["websocket"], pipes["poll"]) == ((3, 100), (1, 33), (0, 0))
    pages = {row["name"]: row["count"] for row in found["pages"]}
    assert (pages["Leaderboard"], pages["Other pages and programs"], pages["Front page"]) == (3, 1, 0)


def test_the_page_is_whole_without_script(client, admin, league):
    presence.record_connection("a", "stream", {league}, "leaderboard")
    presence.sample()
    presence.record_connection("b", "stream", {league}, "schedule")
    sign_in(client, admin)
    page = client.get("/admin/live/").get_data(as_text=True)
    assert '<b data-field="watching">2 watching</b>' in page
    assert page.index('http-equiv="refresh" content="10"') < page.index("<meta charset")
    assert page.count("<polyline") >= 2
    assert "Saturday League" in page
    assert "data-live=" not in page


def test_an_organiser_sees_their_own_events_alone(app, client, league, make_event):
    other = make_event(name="Elsewhere")
    presence.record_connection("a", "stream", {league})
    presence.record_connection("b", "stream", {other})
    sign_in(client, make_user(app, "Olga", "organiser", league))
    found = client.get("/admin/live/numbers/").json
    assert [row["name"] for row in found["events"]] == ["Saturday League"]
    assert client.get(f"/admin/live/numbers/?event={other}").status_code == 403
    assert "Elsewhere" not in client.get("/admin/live/").get_data(as_text=True)


def test_a_scorer_sees_the_number_of_their_desk_alone(app, client, league):
    presence.record_connection("a", "stream", {league})
    sign_in(client, make_user(app, "Sam", "scorer", league))
    assert client.get("/admin/live/").status_code == 403
    assert client.get("/admin/live/numbers/").status_code == 403
    assert client.get(f"/admin/live/numbers/?event={league}").json == {"watching": 1, "watching_text": "1 watching"}
    assert client.get("/admin/live/numbers/?event=999").status_code == 404
    assert client.get(f"/admin/live/numbers/?event={'9' * 5000}").status_code == 404
    desk = client.get("/admin/results/").get_data(as_text=True)
    assert f'data-numbers="/admin/live/numbers/?event={league}"' in desk
    assert ">1 watching</span>" in desk


def test_nobody_else_sees_it(client, league):
    assert client.get(f"/admin/live/numbers/?event={league}").status_code == 302


def test_where_nobody_watches_it_says_what_to_do(client, admin):
    sign_in(client, admin)
    assert client.get("/admin/live/numbers/").json["most_text"].startswith("Nobody yet")
    assert 'Start yours on the page <a href="/admin/">Today</a>' in client.get("/admin/live/").get_data(as_text=True)


def test_a_line_goes_from_then_to_now_and_up_to_the_most():
    assert line([(0.0, 0), (1800.0, 10), (3600.0, 5)], 3600, 3600, 100, 22) == "0.0,21.0 50.0,1.0 100.0,11.0"
    assert area("0.0,21.0 100.0,11.0", 22) == "0.0,22 0.0,21.0 100.0,11.0 100.0,22"
    assert (line([(0.0, 3)], 3600, 3600, 100, 22), area("", 22)) == ("", "")


def test_thinning_loses_no_peak_and_draws_few_points():
    samples = [(float(number), 1) for number in range(360)]
    samples[200] = (200.0, 50)
    thinned = list(thin(samples))
    assert len(thinned) == POINTS
    assert max(number for _, number in thinned) == 50
    assert list(thin([])) == []


def test_a_bar_is_as_long_as_its_share():
    assert (bar(3, 3), bar(1, 3), bar(0, 3), bar(0, 0)) == (100, 33, 0, 0)


@pytest.fixture
def monitor(app):
    return app.extensions["timely.monitor"]


def test_a_warning_stands_on_top_and_says_since_when(client, admin, monitor):
    sign_in(client, admin)
    page = client.get("/admin/live/").get_data(as_text=True)
    assert ">No warnings.</p>" in page
    monitor.check()
    metrics.LOST.labels("ping_timeout").inc(12)
    monitor.check()
    page = client.get("/admin/live/").get_data(as_text=True)
    assert 'class="flash watch-warning is-high" data-row="lost"' in page
    assert page.index("12 spectators lost in the last minute") < page.index('data-field="watching"')
    assert ">No warnings.</p>" not in page
    (row,) = client.get("/admin/live/numbers/").json["warnings"]
    assert (row["id"], row["priority"], row["age"]) == ("lost", "high", "just now")


def test_the_figures_of_the_server_are_words(client, admin, monitor):
    sign_in(client, admin)
    for seconds in (0.012, 0.02, 0.5):
        metrics.record_delivery("socketio", seconds)
    monitor.check()
    found = client.get("/admin/live/numbers/").json
    tiles = {row["id"]: row for row in found["tiles"]}
    assert list(tiles) == ["delivery", "messages", "deliveries", "lost", "refused", "requests"]
    assert (tiles["delivery"]["value"], tiles["delivery"]["note"]) == ("20 ms", "500 ms at worst")
    assert [(row["name"], row["median"], row["worst"]) for row in found["delivery"]] == [
        ("Socket.IO", "20 ms", "500 ms"),
        ("Event streams, WebSockets, polling", "–", "–"),
    ]
    facts = {row["id"]: row["text"] for row in found["server"]}
    assert facts["mode"] == "threading"
    assert facts["up"].startswith("for ")
    assert {"disk", "delay", "cpu"} <= facts.keys()
    page = client.get("/admin/live/").get_data(as_text=True)
    assert page.count('data-list="watch-') == 7
    for row in [*found["tiles"], *found["server"]]:
        assert f'data-row="{row["id"]}"' in page


def test_the_metrics_of_other_workers_are_included(client, admin, monitor, app):
    class Relay:
        is_connected = True

        def share_metrics(self, own_metrics): ...

        def metrics_of_others(self):
            return [{"deliveries": 4000, "times": {"streams": [0.1]}, "memory": 10**9, "warnings": []}]

    monitor.share_through(Relay())
    sign_in(client, admin)
    found = client.get("/admin/live/numbers/").json
    assert next(row for row in found["tiles"] if row["id"] == "deliveries")["value"] == "4,000"
    assert next(row for row in found["server"] if row["id"] == "mode")["text"] == "threading, 2 workers"
    assert found["delivery"][1]["median"] == "100 ms"
