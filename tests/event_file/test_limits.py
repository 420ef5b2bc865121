"""No file makes more work than an event is worth: each list, each text and each product of lists has a bound."""

import json
import random
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import LEAGUE
from tests.costs import cpu_seconds
from timely.domain.errors import ValidationError
from timely.event_file import limits
from timely.event_file.read import read_event, read_event_file

TEAMS = [f"Team {number}" for number in range(500)]


def refused(**more) -> ValidationError:
    with pytest.raises(ValidationError) as fault:
        read_event({**LEAGUE, **more})
    return fault.value


def knockout(code, **sides):
    return {"stage": "knockout", "round": "Cup", "code": code, "home_label": "?", "away_label": "?", **sides}


def waits(code, *others, key="winner_of"):
    return knockout(
        code, **{f"{side}_from": {key: other} for side, other in zip(("home", "away"), others, strict=False)}
    )


@pytest.mark.parametrize(
    ("more", "path", "words"),
    [
        ({"teams": ["Ash"] * 501}, "teams", "has 501 entries, at most 500"),
        ({"groups": {f"G{n}": [] for n in range(251)}}, "groups", "has 251 entries, at most 250"),
        ({"groups": {"A": ["Ash"] * 1001}}, "groups.A", "makes 1,001 places of teams in groups in all, at most 1,000"),
        ({"pitches": [f"P{n}" for n in range(201)]}, "pitches", "has 201 entries, at most 200"),
        ({"slots": [{"round": "F", "teams": []}] * 501}, "slots", "has 501 entries, at most 500"),
        ({"slots": [{"round": "F", "teams": [["A", 1]] * 3}]}, "slots[0].teams", "has 3 entries, at most 2"),
        ({"stages": [{}] * 103}, "stages", "has 103 entries, at most 102"),
        ({"manual_order": {"play_off": ["Ash"] * 9}}, "manual_order.play_off", "has 9 entries, at most"),
        ({"fair_play_totals": dict.fromkeys(map(str, range(501)), 1)}, "fair_play_totals", "has 501 entries"),
        ({"fair_play_totals": {"Ash": 10**30}}, "fair_play_totals.Ash", "is outside"),
        ({"deductions": [{}] * 1001}, "deductions", "has 1,001 entries, at most 1,000"),
        ({"announcements": [{}] * 1001}, "announcements", "has 1,001 entries, at most 1,000"),
        ({"matches": [{}] * 5001}, "matches", "has 5,001 entries, at most 5,000"),
        ({"cross_group_ranking": {"tiebreakers": ["points"] * 99}}, "cross_group_ranking.tiebreakers", "99 entries"),
        ({"timetable": {"days": [{}] * 32}}, "timetable.days", "has 32 entries, at most 31"),
        ({"rules": {"tiebreakers": ["points"] * 9999}}, "rules", "at most 6,000 characters"),
        ({"rules": {"fair_play_points": {f"c{n}": 1 for n in range(21)}}}, "rules.fair_play_points", "21 entries"),
        ({"rules": {"fair_play_points": {"c" * 41: 1}}}, "rules.fair_play_points", "1 to 40 characters"),
    ],
)
def test_what_is_too_much_is_refused_before_it_is_read(more, path, words):
    fault = refused(**more)
    assert fault.path == path
    assert words in fault.message


def test_divisions_times_groups_have_a_bound_of_their_own():
    divisions = [f"U{number}" for number in range(6)]
    groups = {division: {f"G{number}": [] for number in range(42)} for division in divisions}
    fault = refused(divisions=divisions, division_groups=groups)
    assert str(fault) == "division_groups.U5: makes 252 groups in all, at most 250"


def test_pitches_that_matches_name_are_counted_too():
    matches = [{"home": "Ash", "away": "Birch", "pitch": f"Pitch {number}"} for number in range(5000)]
    fault = refused(pitches=["North"], matches=matches)
    assert str(fault) == "matches[199].pitch: is one pitch more than the 200 that an event may have"
    assert len(read_event({**LEAGUE, "matches": matches[:200]}).pitches) == 200


def test_the_matches_of_one_knockout_have_a_bound():
    fault = refused(matches=[knockout(f"T{number}") for number in range(1001)])
    assert str(fault) == "matches: has 1,001 in the knockout, at most 1,000"


def test_ties_that_wait_for_each_other_are_refused_with_where():
    first = refused(matches=[waits("SF1", "SF2"), waits("SF2", "SF1")])
    assert str(first) == "matches[0]: can never be played: SF1 waits for SF2 waits for SF1"
    third = refused(
        matches=[waits("F", "A", "B"), knockout("A"), waits("B", "C", key="loser_of"), waits("C", "A", "B")]
    )
    assert str(third) == "matches[2]: can never be played: B waits for C waits for B"
    number = 900
    ring = refused(matches=[waits(f"T{n}", f"T{(n + 1) % number}") for n in range(number)])
    assert str(ring).startswith("matches[0]: can never be played: T0 waits for T1 waits for ")
    assert str(ring).endswith(" waits for T5 waits for …")


def test_a_long_chain_is_no_circle():
    chain = [waits(f"T{number}", f"T{number - 1}") if number else knockout("T0") for number in range(1000)]
    random.Random(1).shuffle(chain)
    assert len(read_event({**LEAGUE, "matches": chain}).matches) == 1000


def test_the_same_code_in_two_divisions_is_no_circle():
    sides = {"U10": waits("A", "B") | {"division": "U10"}, "U12": waits("B", "A") | {"division": "U12"}}
    others = [knockout("B") | {"division": "U10"}, knockout("A") | {"division": "U12"}]
    assert read_event({**LEAGUE, "divisions": ["U10", "U12"], "matches": [*sides.values(), *others]})


def test_what_would_fill_the_memory_is_refused_unread():
    with pytest.raises(ValidationError, match="more than 300,000 lists and objects"):
        read_event_file(b'{"a": [' + b"{}," * 400_000 + b"{}]}")
    with pytest.raises(ValidationError, match="1,000,000 values"):
        read_event_file(b'{"a": [' + b"0," * 2_000_000 + b"0]}")


def test_faults_are_short_whatever_stands_in_the_file():
    long = "x" * 100_000
    for more in (
        {"groups": {long: ["nobody"]}},
        {"timetable": {"division_minutes": {long: "many"}}},
        {"rules": {"fair_play_points": {"yellow": long}}},
        {"third_place_ranking": {"criteria": [long]}},
        {"matches": [{"home": long, "away": "Birch"}]},
        {"manual_order": {"play_off": [long]}},
    ):
        assert len(str(refused(**more))) < 1300


def test_keys_that_mean_nothing_are_listed_up_to_a_number():
    file = read_event({**LEAGUE, **{f"key {number}": 1 for number in range(3000)}})
    assert len(file.ignored) == limits.MOST_NAMED


WORDS = st.sampled_from([*TEAMS[:5], "A", "B", "points", "knockout", "yellow", "winner_of", "U10", "F", "2026-11-28"])
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-9, 99), WORDS, st.text(string.printable, max_size=9))
NAMES = (
    "name sport teams groups division_groups divisions stages pitches deductions manual_order fair_play_totals slots "
    "third_place_ranking cross_group_ranking matches announcements rules timetable home away code home_from away_from "
    "group position winner_of loser_of extra cards sets innings tiebreakers points by_sets options format days"
)
KEYS = st.sampled_from(NAMES.split()) | st.text(max_size=5)


@st.composite
def hostile(draw):
    """A value that repeats one thing very often: in a list, as keys, as a text."""
    one = draw(
        st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner), max_leaves=5)
    )
    times = draw(st.sampled_from([1, 60, 2000, 20_000]))
    kind = draw(st.sampled_from(["list", "keys", "text", "pair"]))
    if kind == "list":
        return [one] * times
    if kind == "keys":
        return {f"{draw(WORDS)} {number}": one for number in range(times)}
    return str(one) * times if kind == "text" else [one, {"group": "A", "teams": [one] * times}]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.dictionaries(KEYS, hostile(), max_size=3))
def test_a_hostile_file_costs_no_more_than_its_own_length(changes):
    text = json.dumps({**LEAGUE, **changes}).encode()

    def read() -> None:
        try:
            read_event_file(text)
        except ValidationError as fault:
            assert fault.path
            assert len(str(fault)) < 1300

    # A file of 8 MB takes seconds on the slowest computer; nothing takes more than its share.
    share = 0.5 + len(text) / 1_000_000
    assert cpu_seconds(read, share) < share
