"""The state of a game at a moment, by what was said, the clock, its pitch and its teams."""

from datetime import UTC, datetime, timedelta

import pytest

from timely.domain.game_states import OpenGame, PitchScore, state_when_saved, states_at, usual_length

TWENTY = timedelta(minutes=20)


def at(clock, day=28):
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=UTC)


def game(key, clock, pitch="1", sides=None, state="SCHEDULED", since=None, said=None, **more):
    facts = {
        "key": key,
        "state": state,
        "since": at(since) if since else None,
        "start_at": at(clock) if clock else None,
        "day_over": None,
        "said_at": at(said) if said else None,
        "is_said": said is not None,
        "pitch": pitch,
        "sides": tuple(sides if sides is not None else (f"{key} home", f"{key} away")),
        "is_open": True,
        "lasts": TWENTY,
    }
    return OpenGame(**facts | more)


def states(clock, *games, scores=()):
    return {key: state for key, (state, _) in states_at(at(clock), games, scores).items()}


def play(until, *games, since="09:00"):
    """The states minute by minute, as the clock keeps them: {game: "state since, state since…"}."""
    kept = {one.key: one for one in games}
    told = {one.key: [] for one in games}
    moment = at(since)
    while moment <= at(until):
        for key, (state, begun) in states_at(moment, list(kept.values())).items():
            if kept[key].state != state:
                told[key].append(f"{state} {moment:%H:%M}")
                old = kept[key]
                fields = {name: getattr(old, name) for name in OpenGame.__dataclass_fields__}
                kept[key] = OpenGame(**fields | {"state": state, "since": begun if state == "NOW" else None})
        moment += timedelta(minutes=1)
    return {key: ", ".join(one) for key, one in told.items()}


def test_a_game_is_on_by_the_clock_for_as_long_as_it_takes_and_then_its_result_is_awaited():
    assert play("12:00", game("A", "10:00")) == {"A": "NOW 10:00, AWAITED 10:20"}


def test_what_is_to_come_is_next_although_others_are_long_past():
    past = [game(f"past {n}", "08:00", pitch=str(n), state="SCHEDULED") for n in range(14)]
    found = states("12:00", *past, game("next", "13:00"))
    assert found.pop("next") == "SCHEDULED"
    assert set(found.values()) == {"AWAITED"}


def test_two_games_are_never_on_one_pitch_by_the_clock():
    told = play("11:30", game("A", "10:00"), game("B", "10:10"), game("C", "10:10", pitch="2"))
    assert told == {
        "A": "NOW 10:00, AWAITED 10:20",
        "B": "LATE 10:12, NOW 10:20, AWAITED 10:40",
        "C": "NOW 10:10, AWAITED 10:30",
    }


def test_a_team_is_in_one_place():
    told = play("11:00", game("A", "10:00", sides=("Ash", "Birch")), game("B", "10:10", "2", sides=("Ash", "Cedar")))
    assert told["B"] == "LATE 10:12, NOW 10:20, AWAITED 10:40"


def test_a_running_score_keeps_the_pitch_and_the_next_game_is_late():
    on = game("A", "10:00", state="NOW", since="10:00", said="10:15")
    assert states("10:35", on, game("B", "10:30")) == {"A": "NOW", "B": "LATE"}


def test_a_running_score_of_yesterday_is_not_on():
    old = game("A", "10:00", state="NOW", since="10:00", said="10:15")
    assert states("11:14", old) == {"A": "NOW"}
    assert states("11:15", old) == {"A": "AWAITED"}


def test_whoever_begins_the_next_game_on_a_pitch_has_ended_the_one_before():
    old = game("A", "10:00", state="NOW", since="10:00", said="10:15")
    new = game("B", "10:30", state="NOW", since="10:31", said="10:31")
    scores = [PitchScore("1", at("10:00"), at("10:15")), PitchScore("1", at("10:30"), at("10:31"))]
    assert states("10:32", old, new, scores=scores) == {"A": "AWAITED", "B": "NOW"}


def test_what_somebody_said_goes_before_the_clock():
    by_clock = game("A", "10:00", state="NOW", since="10:00")
    said = game("B", "10:00", state="NOW", since="10:05", said="10:05")
    assert states("10:06", by_clock, said) == {"A": "LATE", "B": "NOW"}


def test_a_game_said_to_be_on_and_never_scored_does_not_stay_on():
    said = game("A", "10:00", state="NOW", since="10:05", is_said=True)
    assert states("10:24", said) == {"A": "NOW"}
    assert states("10:25", said) == {"A": "AWAITED"}


def test_teams_that_are_not_known_cannot_have_begun():
    assert states("10:01", game("A", "10:00", sides=("Ash",))) == {"A": "SCHEDULED"}
    late = game("A", "10:00", sides=("Ash",), state="LATE")
    assert states("10:30", late) == {"A": "LATE"}
    assert states("11:00", late) == {"A": "AWAITED"}


def test_an_event_that_was_not_started_has_late_games_and_none_that_are_on():
    assert play("11:00", game("A", "10:00", is_open=False)) == {"A": "LATE 10:02, AWAITED 10:20"}


def test_a_laptop_that_slept_over_a_kick_off_or_over_a_whole_game():
    assert states("10:15", game("A", "10:00")) == {"A": "NOW"}
    assert states("10:25", game("A", "10:00")) == {"A": "AWAITED"}


def test_a_game_of_which_only_the_day_is_known_waits_until_the_day_is_over_there():
    one = game("A", None, day_over=at("11:00", day=28))  # midnight in Auckland
    assert states("10:59", one) == {"A": "SCHEDULED"}
    assert states("11:00", one) == {"A": "AWAITED"}


@pytest.mark.parametrize(
    ("status", "old", "said", "moved", "state"),
    [
        ("FINISHED", "NOW", False, False, "FINISHED"),
        ("WALKOVER", "SCHEDULED", False, False, "FINISHED"),
        ("CANCELLED", "LATE", False, False, "OFF"),
        ("POSTPONED", "LATE", False, False, "POSTPONED"),
        ("LIVE", "AWAITED", True, False, "NOW"),
        ("LIVE", "NOW", False, True, "NOW"),
        ("SCHEDULED", "LATE", False, False, "LATE"),
        ("SCHEDULED", "AWAITED", False, True, "SCHEDULED"),
        ("SCHEDULED", "FINISHED", False, False, "SCHEDULED"),
    ],
)
def test_a_save_says_what_it_can_say_alone(status, old, said, moved, state):
    found = state_when_saved(status, old, at("10:30"), start_at=at("10:00"), is_said_now=said, is_moved=moved)
    assert found == state


def test_a_game_of_another_day_comes_in_as_awaited():
    found = state_when_saved("SCHEDULED", "", at("10:30"), start_at=at("10:00", 27), is_said_now=False, is_moved=True)
    assert found == "AWAITED"


def test_games_are_as_long_as_they_are_mostly_apart():
    starts = [at("10:00"), at("10:30"), at("10:31"), at("11:00"), at("11:30")]
    assert usual_length(starts, timedelta(minutes=90)) == timedelta(minutes=29)
    assert usual_length([at("10:00"), at("15:00")], timedelta(minutes=90)) == timedelta(minutes=90)
    assert usual_length([], timedelta(minutes=90)) == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("lasts", "until"),
    [(20, "11:00"), (30, "11:00"), (90, "13:00")],
)
def test_a_running_score_says_that_a_game_is_on_for_an_hour_or_twice_its_length(lasts, until):
    one = game("A", "10:00", state="NOW", since="10:00", said="10:00", lasts=timedelta(minutes=lasts))
    just_before = f"{int(until[:2]) - 1}:59"
    assert (states(just_before, one), states(until, one)) == ({"A": "NOW"}, {"A": "AWAITED"})


def test_of_two_that_could_begin_the_earlier_does_and_one_without_a_time_comes_last():
    late, early, never = game("A", "10:10"), game("B", "10:00"), game("C", None, pitch="1")
    assert states("10:10", late, never, early)["B"] == "NOW"
    assert states("10:10", late, never, early)["A"] != "NOW"
