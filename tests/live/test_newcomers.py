"""A hall of newcomers to one event: the first reads the database, the others share what it read."""

import pytest
from flask import Flask

from tests.live.spectator import Spectator
from tests.statements import statements
from timely.database import commit_counter


@pytest.mark.usefixtures("hub")
def test_a_further_subscriber_asks_the_database_nothing(app: Flask, league: int) -> None:
    Spectator(app).subscribe(event_id=league)
    newcomer = Spectator(app)
    with app.app_context(), statements() as asked:
        assert newcomer.subscribe(event_id=league)["ok"]
    assert asked == []
    assert len(newcomer.new_messages("results_update", "schedule_update")) == 2


@pytest.mark.parametrize("path", ["stream/results/", "poll/?topics=results,schedule"])
def test_a_further_stream_or_poll_asks_the_database_nothing(app: Flask, league: int, path: str) -> None:
    http = app.test_client()
    http.get(f"/api/events/{league}/{path}").close()
    with app.app_context(), statements() as asked:
        answer = http.get(f"/api/events/{league}/{path}")
        assert answer.status_code == 200
        answer.close()
    assert asked == []


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize(("recent", "times"), [(-1, 2), (60, 0)], ids=["after a while", "in a hall that comes back"])
def test_a_subscription_reads_the_commit_counter_a_few_times_whatever_it_follows(
    app: Flask, league: int, monkeypatch: pytest.MonkeyPatch, recent: float, times: int
) -> None:
    """May it follow these, and what it lacks; neither if another newcomer has asked just now."""
    counter, asked = app.extensions["timely.database.commit_counter"], []
    read = counter.stamp
    monkeypatch.setattr(commit_counter, "RECENT", recent)
    newcomer = Spectator(app)
    monkeypatch.setattr(counter, "stamp", lambda: asked.append(1) or read())
    newcomer.subscribe(event_id=league)
    assert len(asked) == times
