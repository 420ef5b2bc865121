"""Random event files: reading one gives an event or a fault with a place, and never anything else."""

import copy
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timely.domain.errors import ValidationError
from timely.event_file.read import read_event, read_event_file

WHOLE = {
    "name": "Cup",
    "sport": "football",
    "season": "2026",
    "timezone": "Europe/Dublin",
    "rules": {
        "points": {"win": 3, "draw": 1, "loss": 0, "bonus": {"try_threshold": 4, "losing_margin": 7}},
        "tiebreakers": ["points", "head_to_head_points", "fair_play"],
        "head_to_head_restart": "never",
        "fair_play_points": {"yellow": -1},
    },
    "teams": ["Ash", {"name": "Birch", "colour": "#d62828"}, "Cedar"],
    "groups": {"A": ["Ash", "Birch", "Cedar"]},
    "pitches": ["Pitch 1"],
    "deductions": [{"team": "Ash", "points": 3, "reason": "late"}],
    "manual_order": {"drawing_of_lots": ["Ash", "Birch"]},
    "fair_play_totals": {"Ash": -3},
    "slots": [{"round": "Final", "teams": [["A", 1], ["A", 2]]}],
    "third_place_ranking": {"criteria": ["points"], "external_rank": ["Ash"]},
    "matches": [
        {
            "home": "Ash",
            "away": "Birch",
            "home_score": 1,
            "away_score": 0,
            "kickoff_utc": "2026-11-28T10:00:00Z",
            "extra": {"cards": {"home": {"yellow": 1}}, "tries": {"home": 1, "away": 0}, "sets": [[25, 19]]},
        },
        {"home": "Ash", "away": "Cedar", "date": "2026-11-28", "time_local": "10:00", "venue_tz": "Asia/Tokyo"},
        {"stage": "knockout", "home_label": "A1", "away_label": "A2", "round": "Final"},
    ],
    "announcements": [{"title": "Hello", "publish_at": "2026-11-28T10:00:00Z"}],
}

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(["Ash", "points", "A", "2026-11-28", "10:00", "knockout", "#000000", "LIVE", "UTC"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(value, path=()):
    """Every place in the file, as a path."""
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*path, index))


PLACES = [path for path in places(WHOLE) if path]


def replaced(changes):
    data = copy.deepcopy(WHOLE)
    for path, value in changes:
        target = data
        try:
            for key in path[:-1]:
                target = target[key]
            target[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change has taken this place away
    return data


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PLACES), ANYTHING), min_size=1, max_size=3))
def test_any_value_at_any_place(changes):
    try:
        read_event(replaced(changes))
    except ValidationError as fault:
        assert fault.path
        assert fault.message


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_bytes_changed_in_the_text(data):
    raw = bytearray(json.dumps(WHOLE).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_event_file(bytes(raw[: data.draw(st.integers(0, len(raw)))]))
    except ValidationError as fault:
        assert fault.path
        assert fault.message
