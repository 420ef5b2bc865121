"""One golden message of each type: what the server sends, the templates draw and the script reads."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.leagues import large_event
from tests.conftest import LEAGUE
from timely.clock import now
from timely.event_file.read import read_event
from timely.extensions import db
from timely.live import messages
from timely.live.subscriptions import heartbeats, read_subscription
from timely.models import Fixture, Meta
from timely.services import announcements, fixtures, results
from timely.services.event_files import import_event
from timely.services.results import Score

HERE = Path(__file__).parent
pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def event(set_clock):
    """The league of the golden files, on its morning, after one result, one postponement and one announcement."""
    set_clock(datetime(2026, 11, 28, 9, 30, tzinfo=UTC))
    db.session.get_one(Meta, "epoch").value = "k3f9"
    db.session.commit()
    event = import_event(read_event({**LEAGUE, "teams": [{"name": "Ash", "colour": "#d62828"}, *LEAGUE["teams"][1:]]}))
    first, second = db.session.query(Fixture).order_by(Fixture.id).limit(2)
    results.enter_score(first, Score(2, 1), by=None)
    fixtures.set_status(second, "POSTPONED", by=None)
    announcements.announce(event, title="Pitch 2 runs late", message="Ten minutes.", priority="high", by=None)
    event.place = "Riverside"
    db.session.commit()
    return event


def normal(message):
    """The message with every moment of this run replaced, as a client would read it: through JSON."""
    text = json.dumps(message, ensure_ascii=False)
    data = json.loads(text)

    def tidy(value, key=""):
        if isinstance(value, dict):
            return {inner: tidy(value[inner], inner) for inner in value}
        if isinstance(value, list):
            return [tidy(inner) for inner in value]
        if key in ("timestamp", "updated_text", "posted_text"):
            return f"<{key}>"
        return value

    return tidy(data)


def golden(name):
    return json.loads((HERE / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "topic", "since"),
    [
        ("event_update", "event_{}", 1),
        ("results_update", "event_{}_results", 1),
        ("results_snapshot", "event_{}_results", 0),
        ("schedule_update", "event_{}_schedule", 2),
        ("schedule_snapshot", "event_{}_schedule", 0),
        ("announcement_update", "event_{}_announcements", 1),
        ("announcement_snapshot", "event_{}_announcements", 0),
        ("events_update", "events", 1),
    ],
)
def test_the_message_is_as_the_golden_file_has_it(event, name, topic, since):
    assert normal(messages.build(topic.format(event.id), since)) == golden(name)


def test_the_heartbeat_is_as_the_golden_file_has_it(event):
    (beat,) = heartbeats(read_subscription({"event_id": event.id}).topics)
    assert normal(beat) == golden("heartbeat")


def test_times_are_utc_and_whole_seconds(event):
    message = messages.build(f"event_{event.id}_results", 0)
    assert message["data"]["timestamp"] <= now().strftime("%Y-%m-%dT%H:%M:%SZ")
    assert len(message["data"]["timestamp"]) == 20


def test_an_update_of_a_table_of_20_fits_the_air(make_event):
    """4.9 kB without any compression, with the first three after the last game: 300 phones take 1.4 MB, which a club's
    Wi-Fi carries within a second."""
    teams = [f"Team no. {number + 1:02}" for number in range(20)]
    games = [(one, other) for one in teams for other in teams if one != other]
    scores = [{"home_score": number * 7 % 5, "away_score": number * 3 % 4} for number in range(len(games) - 1)]
    matches = [{"home": home, "away": away} | score for (home, away), score in zip(games, [*scores, {}], strict=True)]
    event_id = make_event(teams=teams, matches=matches)
    fixture = db.session.query(Fixture).filter_by(event_id=event_id, status="SCHEDULED").one()
    results.enter_score(fixture, Score(2, 1), by=None)
    message = messages.build(f"event_{event_id}_results", 1)
    size = len(json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode())
    assert len(message["data"]["leaderboard"]) == 20
    assert {line["p"] for line in message["data"]["leaderboard"]} == {38}
    assert len(message["data"]["final_places"][0]["places"]) == 3
    assert size < 4_900, size


def test_what_is_told_of_one_game_is_small_however_many_there_are():
    event = import_event(read_event(large_event()))
    fixture = db.session.query(Fixture).filter_by(event_id=event.id, status="SCHEDULED").first()
    results.enter_score(fixture, Score(12, 11), by=None)
    message = messages.build(f"event_{event.id}_schedule", 1)
    assert [one["id"] for one in message["data"]["fixtures"]] == [fixture.id]
    assert len(json.dumps(message, separators=(",", ":"))) < 1_500
