"""Laying out a day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from tests.domain.timetable.days import NINE, at, game, knockout, league, open_hours, pitch, team
from timely.domain.errors import ValidationError
from timely.domain.timetable import Booking, Game, Hours, Pitch, Side, Spacing, lay_out, violations

EIGHT = ["Ash", "Birch", "Cedar", "Dill", "Elm", "Fir", "Gorse", "Hazel"]


def told(layout, key: str) -> str:
    booking = layout.bookings[key]
    return f"{booking.start_at:%H:%M} {booking.pitch}"


def test_four_teams_on_two_pitches():
    layout = lay_out(league(EIGHT[:4]), [pitch(1), pitch(2)], Spacing(5, 10))
    starts = sorted((f"{one.start_at:%H:%M}", one.pitch) for one in layout.bookings.values())
    assert starts == [("09:00", 1), ("09:00", 2), ("09:30", 1), ("09:30", 2), ("10:00", 1), ("10:00", 2)]
    assert layout.ends_at == at("10:20")
    assert layout.missing == layout.short == ()
    assert layout.rests == dict.fromkeys(EIGHT[:4], (10, 10))
    assert layout.used == {1: 60, 2: 60}


def test_two_hundred_games_leave_no_pitch_empty_and_nobody_waits_longer_than_others():
    games = [one for group in range(13) for one in league([f"{group}-{number}" for number in range(6)], str(group))]
    layout = lay_out(games, [open_hours(number, 24) for number in range(6)], Spacing(5, 20))
    # 195 games are 33 on the fullest pitch, each 25 minutes but the last, which nothing follows.
    assert layout.ends_at == NINE + timedelta(minutes=33 * 25 - 5)
    averages = [sum(rests) / len(rests) for rests in layout.rests.values()]
    assert max(averages) - min(averages) < 25
    assert max(layout.used.values()) - min(layout.used.values()) <= 20


def test_rounds_are_in_order():
    games = league(EIGHT, "U10") + league([f"{name} II" for name in EIGHT], "U12", minutes=25)
    layout = lay_out(games, [pitch(1), pitch(2), pitch(3)], Spacing(5, 10))
    for division in ("U10", "U12"):
        for number in range(1, 7):
            starts, later = (
                [layout.bookings[one.key].start_at for one in games if (one.division, one.round) == (division, each)]
                for each in (number, number + 1)
            )
            assert max(starts) <= min(later)


def test_the_semi_finals_are_played_at_once_although_anyone_could_be_in_both():
    groups = [replace(one, key=f"{name}{one.key}") for name in "AB" for one in league([f"{name}{n}" for n in range(4)])]
    could = {name: frozenset(f"{name}{n}" for n in range(4)) for name in "AB"}
    waits = tuple(one.key for one in groups)

    def place(name: str, position: int) -> Side:
        return Side(f"{name}{position}", None, could[name], (name, position))

    semis = [
        Game("SF1", 20, place("A", 1), place("B", 2), None, 4, waits),
        Game("SF2", 20, place("B", 1), place("A", 2), None, 4, waits),
    ]
    layout = lay_out(groups + semis, [pitch(1), pitch(2)], Spacing(5, 40))
    assert layout.bookings["SF1"].start_at == layout.bookings["SF2"].start_at
    last = max(layout.bookings[key].start_at for key in waits)
    assert layout.bookings["SF1"].start_at == last + timedelta(minutes=60)


def test_two_legs_of_a_tie_are_never_at_once():
    home, away = Side("A1", None, frozenset("ab"), "A1"), Side("B1", None, frozenset("cd"), "B1")
    legs = [Game("leg 1", 20, home, away), Game("leg 2", 20, away, home)]
    assert lay_out(legs, [pitch(1), pitch(2)], Spacing(0, 15)).ends_at == at("09:55")


def test_who_could_come_from_another_division_counts():
    could = frozenset(("Ash", "Birch"))
    games = [
        Game("U16", 20, Side("U16 1st", None, could, 1), team("Cedar"), "U16"),
        Game("Women", 20, Side("Women 1st", None, could, 1), team("Dill"), "Women"),
        game("mixed", "Ash", "Elm", division="Mixed"),
    ]
    layout = lay_out(games, [pitch(1), pitch(2), pitch(3)], Spacing())
    assert sorted(f"{one.start_at:%H:%M}" for one in layout.bookings.values()) == ["09:00", "09:20", "09:40"]


def test_a_knockout_waits_and_rests():
    layout = lay_out(knockout(EIGHT), [pitch(1), pitch(2)], Spacing(5, 20))
    assert {told(layout, key) for key in ("R4-1", "R4-2")} == {"09:00 1", "09:00 2"}
    assert {told(layout, "R1-1")[:5], told(layout, "3P")[:5]} == {"10:45"}


def test_locked_games_stay_and_the_others_go_round_them():
    locked = game("locked", "Ash", "Birch", 1, "09:30", locked=True)
    games = [locked, game("next", "Cedar", "Dill"), game("then", "Ash", "Elm"), game("last", "Fir", "Gorse")]
    layout = lay_out(games, [pitch(1)], Spacing(5, 10))
    assert [told(layout, key) for key in ("next", "locked", "then", "last")] == [
        "09:00 1", "09:30 1", "10:20 1", "09:55 1",
    ]  # fmt: skip


def test_what_a_locked_game_waits_for_is_over_in_time():
    games = [
        *(game(f"other {number}", f"a{number}", f"b{number}") for number in range(6)),
        game("semi", "Ash", "Birch"),
        Game("final", 20, Side("Winner semi", None, frozenset(("Ash", "Birch"))), team("Cedar"), after=("semi",),
             booking=Booking(1, at("10:00")), locked=True),
    ]  # fmt: skip
    layout = lay_out(games, [pitch(1)], Spacing(0, 30))
    assert told(layout, "semi") == "09:00 1"
    assert not layout.missing


def test_a_game_is_played_where_it_may_be():
    games = [game(f"any {number}", f"a{number}", f"b{number}") for number in range(3)]
    games += [game(f"show {number}", f"c{number}", f"d{number}", pitches=frozenset((1,))) for number in range(3)]
    layout = lay_out(games, [pitch(1), pitch(2)], Spacing())
    assert {layout.bookings[f"show {number}"].pitch for number in range(3)} == {1}
    assert layout.ends_at == at("10:00")


def test_games_begin_at_whole_steps():
    games = league(EIGHT, minutes=18)
    layout = lay_out(games, [pitch(1), pitch(2), pitch(3, "09:02")], Spacing(3, 17, 5))
    assert {one.start_at.minute % 5 for one in layout.bookings.values()} == {0}


def test_what_was_booked_before_does_not_matter():
    games = league(EIGHT)
    booked = [replace(one, booking=Booking(1, at("17:00"))) for one in games]
    pitches = [pitch(1), pitch(2)]
    assert lay_out(games, pitches, Spacing(5, 20)) == lay_out(booked, pitches, Spacing(5, 20))


def test_progress_rises_to_one():
    heard: list[float] = []
    lay_out(league(EIGHT), [pitch(1)], Spacing(), heard.append)
    assert heard[0] == 0
    assert heard[-1] == 1
    assert len(heard) > 4
    assert all(sooner < later for sooner, later in pairwise(heard))


def test_too_little_pitch_time():
    layout = lay_out(league(EIGHT[:6]), [pitch(1, closes="11:00"), pitch(2, closes="11:00")], Spacing(5))
    assert layout.short == (
        "The games with 5 minutes between them need 6 h 5 min of pitch time, and there are 4 h "
        "(room for 10 of 15 games): add a pitch, lengthen the day or shorten the games.",
        "All of it would fit if every pitch of the last day stayed open until 12:15.",
    )
    assert len(layout.bookings) == 10
    assert len(layout.missing) == 5


def test_what_is_said_to_be_long_enough_is():
    short = lay_out(league(EIGHT), [pitch(1, closes="11:00"), pitch(2, closes="11:30")], Spacing(5, 15))
    until = short.short[-1].rsplit(" ", 1)[1].rstrip(".")
    assert not lay_out(league(EIGHT), [pitch(1, closes=until), pitch(2, closes=until)], Spacing(5, 15)).missing


def test_too_little_room_on_the_only_pitch_for_some():
    games = [game(f"show {number}", f"c{number}", f"d{number}", pitches=frozenset((1,))) for number in range(4)]
    layout = lay_out(games, [pitch(1, closes="10:00"), pitch(2)], Spacing())
    assert layout.short[0] == (
        "The games that may only be played on Pitch 1 need 1 h 20 min of pitch time, and there are 1 h "
        "(room for 3 of 4 games): add a pitch, lengthen the day or shorten the games."
    )
    assert layout.missing[0].why == "No pitch is free for it any more; the last one closes at 10:00."


def test_too_little_time_to_rest():
    layout = lay_out(league(EIGHT[:4]), [pitch(1, closes="10:30"), pitch(2, closes="10:30")], Spacing(0, 30))
    assert layout.short[0] == (
        "Ash has 3 games, which with 30 minutes of rest between them take 2 h, and the pitches are open for "
        "1 h 30 min: shorten the rest or the games, or lengthen the day."
    )
    assert layout.short[3:] == (
        "So has 1 more team.", "All of it would fit if every pitch of the last day stayed open until 11:00.",
    )  # fmt: skip
    assert layout.missing[0].why.endswith("is rested at 10:40, too late before 10:30.")


def test_without_the_rest_there_would_be_room():
    layout = lay_out(knockout(EIGHT), [pitch(1, closes="10:20"), pitch(2, closes="10:20")], Spacing(0, 30))
    assert layout.short[0] == (
        "There are hours enough, but not with 30 minutes of rest between two games of a team: "
        "shorten the rest, add a pitch or lengthen the day."
    )


@pytest.mark.parametrize(
    ("games", "pitches", "why"),
    [
        ([game("long", "a", "b", minutes=90)], [pitch(1, closes="10:00")],
         "It takes 90 minutes, and no pitch that it may be played on is free for that long."),
        ([game("there", "a", "b", pitches=frozenset((9,)))], [pitch(1)],
         "No pitch that it may be played on has any hours."),
        ([game("there", "a", "b")], [Pitch(1, "Pitch 1")], "No pitch that it may be played on has any hours."),
        ([game("there", "a", "b")], [], "No pitch that it may be played on has any hours."),
        ([game("first", "a", "b"), game("then", "a", "c", 1, "09:10", locked=True, after=("first",))], [pitch(1)],
         "It must be over by 09:10, because what comes after it is locked or has begun."),
    ],
)  # fmt: skip
def test_why_a_game_has_no_place(games, pitches, why):
    layout = lay_out(games, pitches, Spacing())
    assert layout.missing[0].why == why
    assert layout.short


def test_what_waits_for_a_game_without_a_place_has_none():
    games = [game("QF", "a", "b", minutes=90, name="QF"), game("SF", "a", "c", after=("QF",)), game("else", "d", "e")]
    layout = lay_out(games, [pitch(1, closes="10:00")], Spacing())
    assert [one.game for one in layout.missing] == ["QF", "SF"]
    assert layout.missing[1].why == "It waits for QF, which has no place."
    assert told(layout, "else") == "09:00 1"


def test_rounds_overlap_rather_than_games_have_no_place():
    late = [game("1a", "a", "b", round=1, pitches=frozenset((2,))), game("2a", "c", "d", round=2)]
    layout = lay_out(late, [pitch(1, closes="10:00"), pitch(2, "16:00", "17:00")], Spacing())
    assert not layout.missing
    only = [late[0], replace(late[1], pitches=frozenset((1,)))]
    layout = lay_out(only, [pitch(1, closes="10:00"), pitch(2, "16:00", "17:00")], Spacing())
    assert not layout.missing
    assert told(layout, "2a") == "09:00 1"


def test_a_game_that_fits_nowhere_holds_up_no_later_round():
    games = [game("1a", "a", "b", round=1, minutes=600), game("1b", "c", "d", round=1), game("2a", "a", "c", round=2)]
    games += [game("3a", "e", "f", round=3, after=("1a",)), game("4a", "a", "d", round=4)]
    layout = lay_out(games, [pitch(1)], Spacing())
    assert [told(layout, key) for key in ("1b", "2a", "4a")] == ["09:00 1", "09:20 1", "09:40 1"]
    assert [one.game for one in layout.missing] == ["1a", "3a"]


def test_rounds_do_not_overlap_for_a_few_more_games():
    games = league([f"t{number}" for number in range(20)], times=2)
    pitches = [open_hours(number, 8) for number in range(6)]
    layout = lay_out(games, pitches, Spacing(5, 20))
    assert layout.missing
    booked = [replace(one, booking=layout.bookings.get(one.key)) for one in games]
    assert violations(booked, pitches, Spacing(5, 20)) == []


def test_a_second_day_is_used_when_the_first_is_full():
    two_days = Pitch(1, "Pitch 1", (Hours(at("09:00"), at("10:00")), Hours(at("09:00", 7), at("10:00", 7))))
    layout = lay_out(league(EIGHT[:4]), [two_days], Spacing())
    assert sorted(f"{one.start_at:%d %H:%M}" for one in layout.bookings.values()) == [
        "06 09:00", "06 09:20", "06 09:40", "07 09:00", "07 09:20", "07 09:40",
    ]  # fmt: skip
    assert all(rest < 60 for rests in layout.rests.values() for rest in rests)


@pytest.mark.parametrize("games", [
    [game("QF", "a", "b", after=("SF",)), game("SF", "a", "c", after=("QF",))],
    [game("QF", "a", "b", after=("nowhere",))],
    [game("QF", "a", "b"), game("QF", "c", "d")],
    [game("QF", "a", "a")],
    [game("QF", "a", "b", minutes=0)],
    [game("QF", "a", "b", booking=Booking(1, datetime(2026, 6, 6, 9)))],
])  # fmt: skip
def test_what_cannot_be_meant_is_refused(games):
    with pytest.raises(ValidationError):
        lay_out(games, [pitch(1)], Spacing())


@pytest.mark.parametrize("wrong", [
    pitch(1, "10:00", "09:00"),
    pitch(1, timezone="Europe/Atlantis"),
    Pitch(1, "Pitch 1", (Hours(datetime(2026, 6, 6, 9), datetime(2026, 6, 6, 10, tzinfo=UTC)),)),
])  # fmt: skip
def test_pitches_that_cannot_be_meant_are_refused(wrong):
    with pytest.raises(ValidationError):
        lay_out([], [wrong], Spacing())


def test_nothing_to_do():
    layout = lay_out([], [pitch(1)], Spacing())
    assert (layout.bookings, layout.missing, layout.ends_at) == ({}, (), None)


def test_a_layout_breaks_nothing():
    games = league(EIGHT, "league") + knockout([f"{name} II" for name in EIGHT], "cup")
    pitches, spacing = [pitch(1), pitch(2), pitch(3)], Spacing(5, 20)
    layout = lay_out(games, pitches, spacing)
    assert violations([replace(one, booking=layout.bookings[one.key]) for one in games], pitches, spacing) == []
