"""The tables held back: whatever is done after the freeze, no pipe, page or program tells of it until the reveal."""

import json
import re

import pytest

from tests.conftest import get_event
from tests.services.test_advancement import CUP, enter, game
from timely.live import messages
from timely.live.topics import EVENT_KEYS, topic_of
from timely.models.topic import EVENTS
from timely.queries.knockouts import knockouts
from timely.queries.public_view import HELD_TEXT, as_public
from timely.queries.tables import leaderboard
from timely.queries.versions import versions_of
from timely.services import deductions, fixtures, freeze, results, walkovers
from timely.services.withdrawals import withdraw

DAY = {"date": "2026-11-28"}
MEET = {
    **CUP,
    "status": "LIVE",
    "teams": ["Ash", "Birch", "Cedar", "Dogwood", "Elm"],
    "rules": {"tiebreakers": ["points", "drawing_of_lots"]},
    "groups": {"A": ["Ash", "Birch", "Elm"], "B": ["Cedar", "Dogwood"]},
    "matches": [
        *({**one, **DAY} for one in CUP["matches"]),
        {"home": "Ash", "away": "Elm", "group": "A", **DAY},
        {"home": "Birch", "away": "Elm", "group": "A", **DAY},
    ],
}
PAGES = (
    *("/", "/matches/?day=2026-11-28", "/events/saturday-league/", "/display/saturday-league/"),
    *(f"/events/saturday-league/{tab}/" for tab in ("leaderboard", "schedule", "announcements", "bracket")),
    *(f"/embed/events/saturday-league/{part}/" for part in ("leaderboard", "schedule")),
    *("/api/events/", "/api/events/1/", *(f"/api/events/1/{part}/" for part in ("leaderboard", "schedule", "bracket"))),
    *(f"/api/fixtures/{id_}/" for id_ in range(1, 9)),
    *(f"/events/saturday-league/leaderboard/{id_}/" for id_ in range(1, 6)),
)


@pytest.fixture(name="cup")
def cup_fixture(in_app, make_event):
    """Group B is over, group A is not; Cedar and Dogwood stand in the semi-finals."""
    event = get_event(make_event(**MEET))
    enter(event.fixtures[0], 2, 1)
    enter(event.fixtures[1], 1, 0)
    return event


def after_the_freeze(event):
    """All that could tell something: scores, who comes through, walkovers, a withdrawal, points, a lot, the rules."""
    enter(event.fixtures[6], 77, 0)
    enter(event.fixtures[7], 78, 0)
    enter(game(event, "SF1"), 79, 0)
    enter(event.fixtures[1], 0, 81, reason="sides swapped", rulings={game(event, "SF1").id: "replay"})
    walkovers.award_walkover(game(event, "SF2"), "home", by=None)
    deductions.deduct(
        event, event.teams[0], 5, by=None, rulings=dict.fromkeys((one.id for one in event.fixtures), "keep")
    )
    results.take_back(event.fixtures[0], by=None, rulings=dict.fromkeys((one.id for one in event.fixtures), "keep"))
    withdraw(event.teams[2], "expelled", by=None, rulings=dict.fromkeys((one.id for one in event.fixtures), "keep"))


def seen(event):
    """The data of every topic's snapshot; what counts saves is left out."""
    found = {}
    for topic in (EVENTS, *(topic_of(event.id, key) for key in EVENT_KEYS)):
        found[topic] = tidy(messages.build(topic, 0)["data"])
    return found


def tidy(value):
    if isinstance(value, dict):
        return {key: tidy(inner) for key, inner in value.items() if key not in ("version", "versions", "timestamp")}
    return [tidy(inner) for inner in value] if isinstance(value, list) else value


def public_text(client, path):
    """The page as everybody gets it, without what counts saves; None where there is no such page."""
    answer = client.get(path)
    if answer.status_code == 404:
        return None
    assert answer.status_code == 200, path
    if answer.is_json:
        return json.dumps(tidy(answer.get_json()))
    text = re.sub(r'"version": \d+|"versions": \{[^}]*\}', "", answer.text.replace("&#34;", '"'))
    return re.sub(r"Updated.{0,80}?\d\d:\d\d:\d\d", "", text)


def test_no_message_of_any_topic_tells_what_happened_since(cup):
    freeze.freeze(cup, by=None)
    before = seen(cup)
    assert "Cedar" in json.dumps(before)
    after_the_freeze(cup)
    after = seen(cup)
    for topic in before:
        assert without_state(after[topic]) == without_state(before[topic]), topic


def without_state(data):
    """That a game is over, off or on is no secret; what came of it is."""
    if isinstance(data, dict):
        left_out = (
            "status",
            "status_text",
            "state",
            "caption",
            "caption_short",
            *(("fixtures", "played_text") if "action" in data else ()),
        )
        found = {key: without_state(inner) for key, inner in data.items() if key not in left_out}
        if "fixtures" in data:
            found["fixtures"] = [without_state(one) for one in data["fixtures"]]
        return found
    return [without_state(one) for one in data] if isinstance(data, list) else data


def scores(data):
    text = json.dumps(data)
    for secret in ("77", "78", "79", "81"):
        assert not re.search(rf"(?<!\d){secret}(?!\d)", text), secret


def test_updates_while_held_back_tell_nothing_either(cup):
    freeze.freeze(cup, by=None)
    topics = [topic_of(cup.id, key) for key in EVENT_KEYS]
    since = versions_of(topics)
    after_the_freeze(cup)
    for topic in topics:
        message = messages.build(topic, since[topic])
        text = json.dumps(tidy(message["data"]))
        for secret in (": 77", ": 78", ": 79", ": 81", "77–", "–81", "expelled"):
            assert secret not in text, (topic, secret)


@pytest.mark.costly
def test_no_page_and_no_program_shows_what_happened_since(app, client, make_event):
    with app.app_context():
        event = get_event(make_event(**MEET))
        enter(event.fixtures[0], 2, 1)
        enter(event.fixtures[1], 1, 0)
        freeze.freeze(event, by=None)
    before = {path: public_text(client, path) for path in PAGES}
    assert str(HELD_TEXT) in before["/events/saturday-league/leaderboard/"]
    assert str(HELD_TEXT) in before["/display/saturday-league/"]
    assert str(HELD_TEXT) in before["/embed/events/saturday-league/leaderboard/"]
    with app.app_context():
        after_the_freeze(get_event(1))
    for path in PAGES:
        text = public_text(client, path)
        assert (text is None) == (before[path] is None), path
        for secret in ("77", "78", "79", "81", "expelled", "annulled"):
            if text is not None and not re.search(rf"\b{secret}\b", before[path]):
                assert not re.search(rf"\b{secret}\b", text), (path, secret)
        if path.startswith("/api/events/1/leaderboard"):
            assert text == before[path]


def test_the_reveal_is_one_message_on_each_topic(cup):
    freeze.freeze(cup, by=None)
    after_the_freeze(cup)
    topics = [topic_of(cup.id, key) for key in ("event", "results", "schedule")]
    since = versions_of(topics)
    freeze.reveal(cup, by=None)
    now = versions_of(topics)
    assert {topic: now[topic] - since[topic] for topic in topics} == dict.fromkeys(topics, 1)
    shown = {topic: messages.build(topic, since[topic])["data"] for topic in topics}
    assert shown[topics[0]]["held_text"] == ""
    assert {one["home_score"] for one in shown[topics[1]]["results"]} >= {77, 78}
    assert any(row["team_name"] == "Ash" and row["pts"] < 3 for row in shown[topics[1]]["leaderboard"])
    assert 77 in [one["home_score"] for one in shown[topics[2]]["fixtures"]]


def test_times_go_on_changing(cup):
    freeze.freeze(cup, by=None)
    before = messages.build(topic_of(cup.id, "schedule"), 0)["data"]["fixtures"]
    fixtures.set_status(game(cup, "F"), "POSTPONED", by=None)
    after = messages.build(topic_of(cup.id, "schedule"), 0)["data"]["fixtures"]
    assert [one["status"] for one in before].count("POSTPONED") == 0
    assert [one["status"] for one in after].count("POSTPONED") == 1


def test_a_running_score_is_held_back_too(cup):
    results.enter_score(cup.fixtures[6], results.Score(66, 0), by=None, running=True)
    freeze.freeze(cup, by=None)
    results.enter_score(cup.fixtures[6], results.Score(67, 0), by=None, running=True)
    row = next(one for one in as_public(cup).fixtures if one.id == cup.fixtures[6].id)
    assert (row.status, row.result) == ("LIVE", None)


def test_the_truth_is_the_organisers(cup):
    freeze.freeze(cup, by=None)
    after_the_freeze(cup)
    public = {line.team.name: line.standing.points for table in leaderboard(as_public(cup)) for line in table.lines}
    true = {line.team.name: line.standing.points for table in leaderboard(cup) for line in table.lines}
    assert public != true
    assert public == {"Ash": 3, "Birch": 0, "Elm": 0, "Cedar": 3, "Dogwood": 0}
    assert true["Ash"] < 3


def test_the_bracket_is_as_at_the_freeze(cup):
    def sides(event):
        return {
            played.tie.code: [(one.home_name, one.away_name) for one in played.fixtures]
            for knockout in knockouts(event)
            for played in knockout.ties
        }

    freeze.freeze(cup, by=None)
    before = sides(as_public(cup))
    assert before["SF1"] == [("A1", "Dogwood")]
    after_the_freeze(cup)
    assert sides(as_public(cup)) == before != sides(cup)
