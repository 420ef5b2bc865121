"""Presence: each client counted once, by event, transport and page, with an hour of history."""

import pytest

from timely.live import presence


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Nobody there yet, and a clock that the test sets."""
    presence.reset()
    at = {"now": 1000.0}
    monkeypatch.setattr(presence.time, "monotonic", lambda: at["now"])
    yield at
    presence.reset()


def test_each_connection_is_counted_once():
    presence.record_connection("a", "stream", {7}, "leaderboard")
    presence.record_connection("a", "stream", {7, None}, "leaderboard")
    presence.record_connection("b", "websocket", {7, 9})
    count = presence.count()
    assert (count.total, dict(count.by_event)) == (2, {7: 2, 9: 1})
    assert dict(count.by_transport) == {"stream": 1, "websocket": 1}
    assert dict(count.by_page) == {"leaderboard": 1, "": 1}


def test_the_page_is_kept_and_an_unknown_page_is_ignored():
    presence.record_connection("a", "stream", {7}, "schedule")
    presence.record_connection("a", "stream", {9})
    presence.record_connection("b", "stream", {9}, "<script>")
    count = presence.count()
    assert (dict(count.by_event), dict(count.by_page)) == ({9: 2}, {"schedule": 1, "": 1})


def test_clients_without_topics_are_not_counted():
    presence.record_connection("a", "stream", {7})
    presence.record_connection("b", "stream", set())
    presence.remove_connection("a")
    presence.remove_connection("never came")
    assert presence.count().total == 0


def test_a_polling_client_counts_for_a_while(clock):
    presence.record_connection("phone", "poll", {7}, lasts=30)
    clock["now"] += 29
    assert presence.count().total == 1
    presence.record_connection("phone", "poll", {7}, lasts=30)
    clock["now"] += 29
    assert presence.count().total == 1
    clock["now"] += 2
    assert presence.count().total == 0


def test_a_transport_that_may_change_is_read_when_it_is_counted():
    carried = ["socketio-polling"]
    presence.record_connection("a", lambda: carried[0], {7})
    assert dict(presence.count().by_transport) == {"socketio-polling": 1}
    carried[0] = "socketio-websocket"
    assert dict(presence.count().by_transport) == {"socketio-websocket": 1}


def test_the_history_is_one_hour_long(clock):
    for number in range(presence.KEPT_SAMPLES + 40):
        presence.record_connection(str(number), "stream", {7})
        presence.sample()
        clock["now"] += presence.SAMPLE_EVERY
    history = presence.history()
    assert len(history) == presence.KEPT_SAMPLES
    assert history[-1].total == presence.KEPT_SAMPLES + 40
    clock["now"] += 1800
    assert len(presence.history()) == presence.KEPT_SAMPLES / 2
