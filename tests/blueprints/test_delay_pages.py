"""The pages of a pitch that runs late: a preview, then saved and announced."""

import re

import pytest

from tests.blueprints.test_timetable import (
    fingerprint,
    page,
    undo_of,
    words,
)
from tests.blueprints.test_timetable_violations import (
    day_fixture,  # noqa: F401  (used by name)
    times,
)
from tests.conftest import get_event
from timely.extensions import db
from timely.models import Event

LATE = "/admin/events/1/late/"


def test_before_and_after_are_shown_and_then_saved_and_announced(app, day):
    text = page(day, f"{LATE}?pitch=2&minutes=20&since=")
    assert times(app) == ["10:00", "10:00", "11:00", "11:00"]
    shown = words(text)
    assert "2 games begin later" in shown
    assert "Cedar – Dogwood 10:00 10:20" in shown
    assert '<label for="title">Title</label>' in text  # not "optional": an announcement needs one
    assert 'value="Pitch 2: games from 10:00 begin 20 minutes later"' in text
    asked = {"pitch": "2", "minutes": "20", "since": "", "fingerprint": fingerprint(text)}
    note = {"announced": "y", "title": "Pitch 2 is late", "message": "Have some tea."}
    answer = day.post(LATE, data={**asked, **note})
    assert answer.status_code == 302
    assert times(app) == ["10:00", "10:20", "11:00", "11:20"]
    done = page(day, LATE)
    assert "2 games begin later, and it is announced" in done
    assert "Pitch 2 runs late" in done
    with app.app_context():
        assert [one.title for one in get_event(1).announcements] == ["Pitch 2 is late"]
    day.post(undo_of(done))
    assert times(app) == ["10:00", "10:00", "11:00", "11:00"]
    with app.app_context():
        assert get_event(1).announcements == []


def test_it_need_not_be_announced_and_pressed_twice_it_moves_once(app, day):
    seen = fingerprint(page(day, f"{LATE}?pitch=1&minutes=15&since=3"))
    asked = {"pitch": "1", "minutes": "15", "since": "3", "fingerprint": seen}
    day.post(LATE, data=asked)
    assert times(app) == ["10:00", "10:00", "11:15", "11:00"]
    again = day.post(LATE, data=asked)
    assert "Look at it again" in again.get_data(as_text=True)
    assert times(app) == ["10:00", "10:00", "11:15", "11:00"]
    with app.app_context():
        assert get_event(1).announcements == []


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"minutes": "0"}, "minutes", "whole number from 1"),
        ({"minutes": "soon"}, "minutes", "whole number from 1"),
        ({"minutes": "99999"}, "minutes", "whole number from 1"),
        ({"pitch": "77"}, "pitch", "Choose one from the list"),
        ({"since": "77"}, "since", "Choose one from the list"),
    ],
)
def test_a_wrong_question_is_answered_beside_its_field(day, changed, field, said):
    answer = day.get(LATE, query_string={"pitch": "1", "minutes": "15", "since": "", **changed})
    assert answer.status_code == 422
    assert said in re.search(rf'id="{field}-error">([^<]*)<', answer.get_data(as_text=True))[1]


def test_an_announcement_without_a_title_keeps_what_was_typed(app, day):
    asked = {
        "pitch": "1",
        "minutes": "15",
        "since": "",
        "fingerprint": "x",
        "announced": "y",
        "message": "Tea is ready.",
    }
    answer = day.post(LATE, data=asked)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "needs a title" in text
    assert "Tea is ready." in text
    assert times(app)[2] == "11:00"


def test_the_first_page_has_a_short_form_while_the_event_is_on(app, day):
    assert "A pitch runs late" not in page(day, "/admin/")
    with app.app_context():
        db.session.get_one(Event, 1).status = "LIVE"
        db.session.commit()
    text = page(day, "/admin/")
    assert f'action="{LATE}"' in text
    assert 'name="minutes"' in text
