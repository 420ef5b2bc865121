"""The play: step by step, with whatever somebody changes meanwhile."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from tests.demo.conftest import order
from timely.clock import now
from timely.demo.play import FINAL_TABLE_SHOWN, MOST_NEWS, step
from timely.models import Event
from timely.queries.announcements import announcements
from timely.queries.schedule import next_up, on_now, played_count, recorded_fixtures
from timely.queries.versions import all_versions
from timely.services import events, fixtures, results, teams, walkovers
from timely.services.results import Score
from timely.services.teams import TeamDetails


def play(event: Event, steps: int, seed: int = 1, moment: datetime | None = None) -> Counter[str]:
    """How often each thing happened in so many steps, four seconds apart."""
    chance, moment = Random(seed), moment or now()
    done: Counter[str] = Counter()
    for number in range(steps):
        done[step(event, moment + timedelta(seconds=4 * number), chance)] += 1
    return done


def test_two_hundred_steps_move_the_table(event: Event) -> None:
    before, versions = order(event), all_versions()
    done = play(event, 200)
    assert done["full time"] >= 28
    assert done["goal"] > done["full time"]
    assert done["kick-off"] >= 26
    assert done["announcement"] > 0
    assert order(event) != before
    assert sum(points for _, points in order(event)) > sum(points for _, points in before)
    now_ = all_versions()
    for key in ("results", "schedule", "announcements"):
        assert now_[f"event_{event.id}_{key}"] > versions[f"event_{event.id}_{key}"]


def test_something_moves_within_a_minute(event: Event) -> None:
    for seed in range(5):
        assert play(event, 15, seed)["full time"] > 0, seed


def test_two_games_are_on_and_only_two(event: Event) -> None:
    chance = Random(3)
    for _ in range(60):
        step(event, now(), chance)
        assert 1 <= len(on_now(event)) <= 2


def test_a_game_that_goes_on_early_says_since_when(event: Event) -> None:
    play(event, 60)
    assert all(abs(game.start_at - now()) < timedelta(minutes=16) for game in on_now(event))


def test_the_final_table_is_seen_and_then_the_second_half_begins_again(event: Event) -> None:
    chance = Random(1)
    while played_count(event)[0] < 56:
        step(event, now(), chance)
    assert step(event, now(), chance) == ""
    assert step(event, now() + FINAL_TABLE_SHOWN, chance) == "begin again"
    assert played_count(event) == (28, 56)
    assert next_up(event)[0].start_at > now()
    assert step(event, now(), chance) == "kick-off"


def test_news_do_not_pile_up(event: Event) -> None:
    for seed in range(3):
        play(event, 40, seed)
        assert len(announcements(event)) <= MOST_NEWS


def test_people_may_change_anything_meanwhile(event: Event) -> None:
    chance = Random(7)
    games = recorded_fixtures(event)
    results.take_back(games[0], by=None)
    fixtures.set_status(games[40], "CANCELLED", by=None)
    fixtures.set_status(games[41], "POSTPONED", by=None)
    fixtures.delete_fixture(games[42], by=None)
    fixtures.reschedule(games[43], start_at=None, start_on=None, pitch=None, by=None)
    results.enter_score(games[44], Score(7, 7), by=None)
    walkovers.award_walkover(games[45], "home", by=None)
    teams.change_teams(event, {event.teams[0].id: TeamDetails("Somebody Else")}, by=None)
    for _ in range(200):
        step(event, now(), chance)
    assert games[40].status == "CANCELLED"
    assert (games[44].result.home_score, games[44].result.away_score) == (7, 7)


def test_an_event_without_a_game_stands_still(event: Event) -> None:
    for game in recorded_fixtures(event):
        if game.result:
            results.take_back(game, by=None)
    fixtures.delete_unplayed(event, by=None)
    for game in recorded_fixtures(event):
        fixtures.delete_fixture(game, by=None)
    assert play(event, 5) == {"": 5}


@pytest.mark.parametrize("status", ["COMPLETED", "DRAFT", "CANCELLED"])
def test_an_event_that_was_ended_is_left_alone(event: Event, status: str) -> None:
    events.set_event_status(event, status, by=None)
    assert play(event, 5) == {"": 5}
