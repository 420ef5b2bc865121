"""Teams of an event with divisions: one name may be entered in several."""

import pytest
from sqlalchemy import select

from tests.services.dividing import put_teams
from tests.services.test_teams import event_fixture  # noqa: F401  (used by name)
from timely.extensions import db
from timely.models import AuditEntry
from timely.queries.teams import team_choices
from timely.services import divisions, teams
from timely.services.errors import RuleBroken
from timely.services.teams import TeamDetails
from timely.services.undo import undo

pytestmark = pytest.mark.usefixtures("in_app")


def in_divisions(event, text):
    divisions.add_divisions(event, text, by=None)
    return {one.name: one for one in event.divisions}


def called(event):
    return [(team.name, team.division_id) for team in event.teams]


def test_a_club_enters_the_same_name_in_two_divisions(event):
    there = in_divisions(event, "U9\nU11")
    for division in there.values():
        teams.add_teams(event, "Ash\nBirch", by=None, division=division)
    nine, eleven = (one.id for one in there.values())
    assert called(event) == [("Ash", nine), ("Birch", nine), ("Ash", eleven), ("Birch", eleven)]
    with pytest.raises(RuleBroken, match="Line 1: there is a team called “ash” in U9 already"):
        teams.add_teams(event, "ash", by=None, division=there["U9"])


def test_a_team_keeps_out_of_a_division_that_has_its_name(event):
    there = in_divisions(event, "U9\nU11")
    for division in there.values():
        teams.add_teams(event, "Ash", by=None, division=division)
    first = event.teams[0]
    with pytest.raises(RuleBroken, match="Another team in U11 is called “ASH”") as broken:
        teams.change_teams(event, {first.id: TeamDetails("ASH", division_id=there["U11"].id)}, by=None)
    assert set(broken.value.fields) == {f"name-{first.id}"}
    with pytest.raises(RuleBroken, match="Another team in U11 is called “Ash”"):
        put_teams(event, {first.id: there["U11"].id})
    divisions.delete_division(there["U9"], by=None)
    with pytest.raises(RuleBroken, match="Another team in no division is called “Ash”"):
        divisions.delete_division(there["U11"], by=None)
    assert called(event) == [("Ash", None), ("Ash", there["U11"].id)]


@pytest.mark.parametrize("names_too", [False, True])
def test_two_teams_swap_their_divisions(event, names_too):
    there = in_divisions(event, "U9\nU11")
    teams.add_teams(event, "Ash\nBirch", by=None, division=there["U9"])
    teams.add_teams(event, "Ash\nCedar", by=None, division=there["U11"])
    nine, eleven = (one.id for one in there.values())
    ash, _, other, cedar = event.teams
    new = ("Cedar", "Ash") if names_too else ("Ash", "Ash")
    if names_too:  # Ash goes up and is called Cedar, Cedar comes down and is called Ash
        wanted = {ash.id: TeamDetails("Cedar", division_id=eleven), cedar.id: TeamDetails("Ash", division_id=nine)}
    else:
        wanted = {ash.id: TeamDetails("Ash", division_id=eleven), other.id: TeamDetails("Ash", division_id=nine)}
    assert teams.change_teams(event, wanted, by=None) == 2
    moved = dict(zip(wanted, new, strict=True))
    assert [(team.id, team.name) for team in event.teams if team.id in moved] == list(moved.items())
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert set(entry.before) == {"Ash (U9)", "Cedar" if names_too else "Ash (U11)"}
    undo(entry, by=None)
    assert called(event) == [("Ash", nine), ("Birch", nine), ("Ash", eleven), ("Cedar", eleven)]


def test_a_list_to_choose_from_tells_two_of_one_name_apart(event):
    there = in_divisions(event, "U9\nU11")
    for division in there.values():
        teams.add_teams(event, "Ash", by=None, division=division)
    teams.add_teams(event, "Birch", by=None, division=there["U9"])
    assert [name for _, name in team_choices(event)] == ["Ash (U11)", "Ash (U9)", "Birch"]
