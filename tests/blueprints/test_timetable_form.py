"""The form of the timetable: days, hours of pitches, and faults beside their fields."""

import re

import pytest

from tests.blueprints.test_timetable import (
    FORM,
    HERE,
    organiser_fixture,  # noqa: F401  (used by name)
    page,
)
from tests.conftest import get_event
from tests.forty import SETTINGS
from timely.queries.timetables import timetable


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("day_0", "28.11.2026", "There is no such day"),
        ("day_0", "", "Which day is that?"),
        ("day_1", "2026-11-28", "This day stands here twice"),
        ("hours_0", "all day", "cannot be read"),
        ("hours_0", "", "From when to when?"),
        ("hours_0", "18:00-09:00", "ends before it begins"),
        ("pitch_0_1", "never", "cannot be read"),
        ("game_minutes", "0", "whole number from 1"),
        ("game_minutes", "", "whole number from 1"),
        ("changeover_minutes", "-1", "whole number from 0"),
        ("rest_minutes", "１０", "whole number from 0"),
        ("step_minutes", "7", "Choose one from the list"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_stays(app, organiser, field, typed, said):
    answer = organiser.post(HERE, data={**FORM, field: typed, "lay_out": "1"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    beside = re.search(rf'id="{field}-error">([^<]*)<', text)
    assert beside, field
    assert said in beside[1]
    assert not typed or field == "step_minutes" or f'value="{typed}"' in text
    with app.app_context():
        assert get_event(1).timetable == SETTINGS


def test_no_day_at_all_is_asked_for(organiser):
    answer = organiser.post(HERE, data={**FORM, "day_0": "", "hours_0": "", "day_count": "1", "lay_out": "1"})
    assert answer.status_code == 422
    assert "Say at least one day" in answer.get_data(as_text=True)


def test_one_more_day_keeps_what_was_typed_and_saves_nothing(app, organiser):
    text = organiser.post(HERE, data={**FORM, "hours_1": "what?", "more": "1"}).get_data(as_text=True)
    assert 'name="day_2"' in text
    assert 'value="what?"' in text
    assert 'name="day_count" type="hidden" value="3"' in text
    with app.app_context():
        assert get_event(1).timetable == SETTINGS
    many = organiser.post(HERE, data={**FORM, "day_count": "999", "more": "1"}).get_data(as_text=True)
    assert 'name="day_13"' in many
    assert 'name="day_14"' not in many


def test_hours_of_single_pitches_are_kept(app, organiser):
    form = {**FORM, "pitch_0_2": "closed", "pitch_0_3": "10-12, 13-15", "pitch_0_4": "09:00-18:00", "keep": "1"}
    assert organiser.post(HERE, data=form).status_code == 302
    with app.app_context():
        assert get_event(1).timetable["days"][0]["pitches"] == {"2": "closed", "3": "10:00–12:00, 13:00–15:00"}
        hours = {pitch.name: len(pitch.hours) for pitch in timetable(get_event(1)).pitches}
        assert [hours[f"Pitch {number}"] for number in (1, 2, 3)] == [2, 1, 3]
    text = page(organiser)
    assert 'value="closed"' in text
    assert 'value="10:00–12:00, 13:00–15:00"' in text
