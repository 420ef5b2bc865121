"""Divisions of event files: their groups and formats, and teams of one name."""

import re

import pytest

from tests.services.test_event_files import goes_round
from timely.domain.errors import ValidationError
from timely.domain.formats.format import Format
from timely.event_file.read import read_event, read_event_file
from timely.extensions import db
from timely.models import Event
from timely.queries.event_files import event_file_text
from timely.services import divisions, formats
from timely.services.event_files import import_event

pytestmark = pytest.mark.usefixtures("in_app")


def test_groups_of_teams_that_are_in_no_division_yet(make_event):
    event = db.session.get_one(Event, make_event(groups={"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]}, matches=[]))
    divisions.add_divisions(event, "U10", by=None)
    assert [group.name for group in goes_round(event).stages[0].groups] == ["A", "B"]


def test_divisions_whose_formats_were_made_in_another_order(make_event):
    teams = [{"name": f"{word} {number}", "division": word} for word in ("U10", "U12") for number in range(4)]
    event = db.session.get_one(Event, make_event(divisions=["U10", "U12"], teams=teams, matches=[]))
    assert [(one.name, one.position) for one in event.divisions] == [("U10", 1), ("U12", 2)]
    for division in reversed(event.divisions):
        choice = formats.FormatChoice(Format("groups", groups=2, qualifiers=1), formats.teams_of(event, division))
        formats.make_format(event, division, choice, by=None)
    goes_round(event)


TWO_OF_A_NAME = {
    "name": "Youth Cup",
    "sport": "football",
    "divisions": ["U9", "U11"],
    "teams": [
        *({"name": name, "division": division} for division in ("U9", "U11") for name in ("Ash", "Birch")),
        {"name": "Cedar", "division": "U11", "colour": "#d62828"},
    ],
    "division_groups": {"U9": {"A": ["Ash", "Birch"]}, "U11": {"A": ["Ash", "Birch (U11)", "Cedar"]}},
    "matches": [
        {"division": "U9", "home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0},
        {"home": "Ash (U11)", "away": "Birch (U11)", "home_score": 2, "away_score": 1},
        {"home": "Cedar", "away": "Ash"},
        {"division": "U9", "stage": "knockout", "round": "Final", "home": "Ash", "away": "Birch", "home_score": 3,
         "away_score": 1},
    ],
    "deductions": [{"team": "Ash (U9)", "points": 1, "reason": "late"}],
    "fair_play_totals": {"Ash (U11)": -2},
    "manual_order": {"drawing_of_lots": ["Birch (U11)", "Ash (U11)"]},
}  # fmt: skip


def test_two_divisions_with_teams_of_one_name_go_round(in_app):
    event = import_event(read_event(TWO_OF_A_NAME))
    u9, u11 = (division.id for division in event.divisions)
    played = [(fixture.home_name, fixture.home_team.division_id) for fixture in event.fixtures]
    assert played == [("Ash", u9), ("Ash", u11), ("Cedar", u11), ("Ash", u9)]
    assert event.deductions[0].team_id == event.teams[0].id
    assert event.fair_play_totals == {str(event.teams[2].id): -2}
    text = event_file_text(event)
    assert '"home": "Ash (U9)"' in text
    assert '"away": "Ash (U11)"' in text
    assert event_file_text(import_event(read_event_file(text.encode()))) == text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"matches": [{"home": "Ash", "away": "Birch"}]}, "called 'Ash'; write 'Ash (U9)' or 'Ash (U11)'"),
        ({"matches": [{"home": "Ash (U9)", "away": "Cedar"}]}, "'Ash (U9)' and 'Cedar' are in different divisions"),
        ({"deductions": [{"team": "Ash", "points": 1}]}, "several teams are called 'Ash'"),
        ({"fair_play_totals": {"Ash": 1}}, "several teams are called 'Ash'"),
        ({"teams": [*TWO_OF_A_NAME["teams"], {"name": "Ash", "division": "U9"}]}, "'U9' twice"),
        ({"teams": [*TWO_OF_A_NAME["teams"], "Caf\u00e9", "Cafe\u0301"]}, "stands in the list twice"),
    ],
)
def test_a_name_that_several_have_needs_its_division(changed, said):
    with pytest.raises(ValidationError, match=re.escape(said)):
        read_event({**TWO_OF_A_NAME, **changed})
