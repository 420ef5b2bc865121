"""Properties of every timetable, for random requests."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.timetable.days import NINE, knockout, league
from timely.domain.timetable import Booking, Game, Hours, Pitch, Spacing, lay_out, shift, violations, violations_of

MINUTE = timedelta(minutes=1)
ZONES = ["Europe/Dublin", "America/New_York", "Asia/Kathmandu"]
CHANGES = [NINE, NINE.replace(month=3, day=29, hour=0), NINE.replace(month=10, day=25, hour=0)]


@st.composite
def pitches(draw):
    day = draw(st.sampled_from(CHANGES))
    found = []
    for number in range(draw(st.integers(1, 4))):
        hours, start = [], day + draw(st.integers(0, 90)) * MINUTE
        for _ in range(draw(st.integers(1, 2))):
            end = start + draw(st.integers(20, 500)) * MINUTE
            hours.append(Hours(start, end))
            start = end + draw(st.integers(0, 900)) * MINUTE
        found.append(Pitch(number, f"Pitch {number}", tuple(hours), draw(st.sampled_from(ZONES))))
    return found


@st.composite
def formats(draw):
    games: list[Game] = []
    for division in "XYZ"[: draw(st.integers(1, 3))]:
        minutes = draw(st.integers(5, 40))
        teams = [f"{division}{number}" for number in range(8)]
        rounds = league(teams[: draw(st.integers(2, 6))], division, minutes)
        kind = draw(st.sampled_from(["league", "knockout", "both"]))
        if kind != "knockout":
            games += rounds
        if kind != "league":
            after = tuple(one.key for one in rounds) if kind == "both" else ()
            games += knockout(teams[: draw(st.sampled_from([2, 4, 8]))], division, minutes, 20, after)
    return games


@st.composite
def days(draw):
    """Games, some of them locked anywhere, some kept to a few pitches."""
    games, there = draw(formats()), draw(pitches())
    for place in draw(st.sets(st.integers(0, len(games) - 1), max_size=4)):
        start = there[0].hours[0].opens_at + draw(st.integers(-30, 500)) * MINUTE
        where = draw(st.sampled_from([None, *(one.key for one in there)]))
        games[place] = replace(games[place], booking=Booking(where, start), locked=True)
    for place in draw(st.sets(st.integers(0, len(games) - 1), max_size=4)):
        allowed = draw(st.frozensets(st.sampled_from([one.key for one in there] + [99]), min_size=1))
        games[place] = replace(games[place], pitches=allowed)
    spacing = Spacing(draw(st.integers(0, 15)), draw(st.integers(0, 45)), draw(st.sampled_from([1, 1, 5])))
    return games, there, spacing


def who(game: Game, could: bool) -> set[object]:
    sides = (game.home, game.away)
    return {one.team for one in sides} - {None} | {team for one in sides if could for team in one.could}


def booked(games: list[Game], layout) -> list[Game]:
    return [replace(one, booking=layout.bookings.get(one.key)) for one in games]


@settings(deadline=None, max_examples=60)
@given(days())
def test_nothing_clashes_everybody_rests_and_the_order_is_kept(day):
    games, there, spacing = day
    layout = lay_out(games, there, spacing)
    locked = {one.key for one in games if one.locked}
    for found in violations(booked(games, layout), there, spacing):
        # Two games that are locked may be as wrong as they like; rounds overlap where there is no other room.
        assert found.kind == "round" or set(found.games) <= locked, found


@settings(deadline=None, max_examples=60)
@given(days())
def test_the_same_by_another_reckoning(day):
    """The same promises without a line of the code that looks for breaches."""
    games, there, spacing = day
    layout = lay_out(games, there, spacing)
    by_key = {one.key: one for one in games}
    opens = {one.key: one.hours for one in there}
    span = {
        key: (one.start_at.timestamp() / 60, one.start_at.timestamp() / 60 + by_key[key].minutes)
        for key, one in layout.bookings.items()
    }
    for key, one in layout.bookings.items():
        if not by_key[key].locked:
            begins, ends = span[key]
            instants = [(each.opens_at.timestamp() / 60, each.closes_at.timestamp() / 60) for each in opens[one.pitch]]
            touching = any(until == since for _, until in instants for since, _ in instants)
            assert touching or any(since <= begins and ends <= until for since, until in instants)
            assert by_key[key].pitches is None or one.pitch in by_key[key].pitches
            assert begins % spacing.step_minutes == 0
    for one, other in combinations(sorted(layout.bookings, key=span.__getitem__), 2):
        if by_key[one].locked and by_key[other].locked:
            continue
        gap = span[other][0] - span[one][1]
        if layout.bookings[one].pitch == layout.bookings[other].pitch:
            assert gap >= spacing.changeover_minutes
        if who(by_key[one], one in by_key[other].after) & who(by_key[other], True):
            assert gap >= spacing.rest_minutes
        if one in by_key[other].after:
            assert gap >= 0
        assert other not in by_key[one].after


@settings(deadline=None, max_examples=60)
@given(days())
def test_every_game_is_placed_once_or_reported(day):
    games, there, spacing = day
    layout = lay_out(games, there, spacing)
    reported = Counter([*layout.bookings, *(one.game for one in layout.missing)])
    assert reported == Counter(one.key for one in games)
    assert all(one.why.endswith(".") for one in layout.missing)
    assert bool(layout.short) == bool(layout.missing)
    for one in games:
        if one.locked:
            assert layout.bookings[one.key] == one.booking


@settings(deadline=None, max_examples=20)
@given(days())
def test_it_is_laid_out_the_same_every_time(day):
    games, there, spacing = day
    assert lay_out(games, there, spacing) == lay_out([replace(one) for one in games], there, spacing)


@settings(deadline=None, max_examples=40)
@given(formats(), st.integers(0, 30), st.integers(1, 4))
def test_where_there_is_room_every_game_has_a_place_and_rounds_are_in_order(games, rest, count):
    there = [Pitch(number, f"{number}", (Hours(NINE, NINE + timedelta(days=6)),)) for number in range(count)]
    layout = lay_out(games, there, Spacing(5, rest))
    assert not layout.missing
    assert violations(booked(games, layout), there, Spacing(5, rest)) == []


@settings(deadline=None, max_examples=60)
@given(days(), st.integers(0, 300), st.integers(1, 90), st.none() | st.just(0), st.data())
def test_a_shift_keeps_the_order_and_moves_no_more_than_it_must(day, since, minutes, pitch, data):
    games, there, spacing = day
    games = booked(games, lay_out(games, there, spacing))
    begun = data.draw(st.sets(st.sampled_from([one.key for one in games])))
    games = [replace(one, begun=one.key in begun) for one in games]
    moment = there[0].hours[0].opens_at + since * MINUTE
    shifted = shift(games, there, spacing, pitch=pitch, since=moment, minutes=minutes)
    on: dict[object, list[tuple[object, object]]] = defaultdict(list)
    for one in games:
        if one.booking and not one.stays and one.booking.pitch is not None:
            after = shifted.bookings.get(one.key, one.booking)
            assert after.pitch == one.booking.pitch
            on[after.pitch].append((one.booking.start_at, after.start_at))
            late = (pitch is None or one.booking.pitch == pitch) and one.booking.start_at >= moment
            moved = after.start_at - one.booking.start_at
            assert moved >= minutes * MINUTE if late else timedelta() <= moved <= minutes * MINUTE
        else:
            assert one.key not in shifted.bookings
    for pairs in on.values():
        pairs.sort()
        assert [after for _, after in pairs] == sorted(after for _, after in pairs)
    stays = {one.key for one in games if one.stays}
    for found in shifted.breaches:
        assert found.kind in ("hours", "round") or set(found.games) & stays, found


@settings(deadline=None, max_examples=40)
@given(days(), st.data())
def test_what_a_change_brings_is_what_was_not_broken_before(day, data):
    games, there, spacing = day
    games = booked(games, lay_out(games, there, spacing))
    one = data.draw(st.sampled_from(games))
    start = there[0].hours[0].opens_at + data.draw(st.integers(0, 300)) * MINUTE
    change = {one.key: Booking(there[0].key, start)}
    after = violations([replace(each, booking=change.get(each.key, each.booking)) for each in games], there, spacing)
    found = violations_of(change, games, there, spacing)
    assert all(each in after for each in found)
    about = {frozenset(each.games) for each in violations(games, there, spacing)}
    assert [each for each in after if frozenset(each.games) not in about] == [
        each for each in found if frozenset(each.games) not in about
    ]
    assert violations_of({}, games, there, spacing) == []
