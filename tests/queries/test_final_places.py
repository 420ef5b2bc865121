"""Final places: who came in where, and the champion, as far as it is decided, and told to everybody alike."""

import pytest

from tests.conftest import get_event, season
from tests.services.test_advancement import CUP, enter, game, play
from timely.domain.formats.format import Format
from timely.event_file.read import read_event
from timely.live import messages
from timely.presenters.final_places import decided_places_rows
from timely.queries.final_places import final_places
from timely.queries.public_view import as_public
from timely.queries.tables import leaderboard
from timely.services import events, freeze, results, withdrawals
from timely.services.event_files import import_event
from timely.services.formats import FormatChoice, make_format

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def cup(make_event):
    return get_event(make_event(**CUP))


def shown(event):
    """("1 Ash, 2 Birch", champion, what is open) of the one division."""
    rows = decided_places_rows(final_places(as_public(event), leaderboard(as_public(event))))
    if not rows:
        return "", None, ""
    places = [f"{row.get('place_text', row['place'])} {row['team_name']}" for row in rows[0]["places"]]
    champion = rows[0]["champion"]
    return ", ".join(places), champion and champion["name"], rows[0]["open_text"]


def test_places_come_as_they_are_decided_and_go_with_a_correction(cup):
    play(cup)
    assert shown(cup) == ("", None, "")
    enter(game(cup, "3P"), 2, 0)
    assert shown(cup) == ("3 Dogwood, 4 Cedar", None, "2 places are still open.")
    enter(game(cup, "F"), 1, 0)
    assert shown(cup) == ("1 Ash, 2 Birch, 3 Dogwood, 4 Cedar", "Ash", "")
    results.take_back(game(cup, "F"), by=None)
    assert shown(cup) == ("3 Dogwood, 4 Cedar", None, "2 places are still open.")


def test_a_running_final_has_no_champion(cup):
    play(cup)
    results.enter_score(game(cup, "F"), results.Score(1, 0), running=True, by=None)
    assert shown(cup) == ("", None, "")


def test_they_are_held_back_with_the_tables(cup):
    play(cup)
    freeze.freeze(cup, by=None)
    enter(game(cup, "3P"), 2, 0)
    enter(game(cup, "F"), 1, 0)
    assert shown(cup) == ("", None, "")
    assert messages.build(f"event_{cup.id}_results", 0)["data"]["final_places"] == []
    freeze.reveal(cup, by=None)
    assert shown(cup)[1] == "Ash"
    (places,) = messages.build(f"event_{cup.id}_results", 0)["data"]["final_places"]
    assert (places["id"], places["champion"]["name"], len(places["places"])) == ("places-0", "Ash", 4)


def test_who_did_not_get_out_of_a_group_comes_behind(make_event):
    event = get_event(make_event(matches=[], teams=[f"Team {number}" for number in range(1, 8)]))
    make_format(event, None, FormatChoice(Format("groups", groups=2, qualifiers=1), event.teams), by=None)
    for one in [one for one in event.fixtures if one.group_id]:
        enter(one, *((2, 0) if one.home_name < one.away_name else (0, 2)))
    assert shown(event) == ("3= Team 3, 3= Team 4, 5= Team 5, 5= Team 6, 7 Team 7", None, "2 places are still open.")
    withdrawals.withdraw(event.teams[6], "withdrawn", by=None)
    assert shown(event)[0] == "3= Team 3, 3= Team 4, 5= Team 5, 5= Team 6"


LEAGUE = [("Ash", "Birch"), ("Birch", "Cedar"), ("Cedar", "Ash")]


def league(make_event, games):
    matches = [{"home": home, "away": away, "home_score": 1, "away_score": 0} for home, away in games]
    return get_event(make_event(teams=["Ash", "Birch", "Cedar"], matches=matches))


def test_a_league_has_a_champion_when_all_have_met_all(make_event):
    event = league(make_event, [("Ash", "Birch"), ("Birch", "Cedar")])
    # No game is left, and still nobody has won: one is not arranged yet.
    assert leaderboard(event)[0].is_over
    assert shown(event) == ("", None, "")
    events.set_event_status(event, "COMPLETED", by=None)
    assert shown(event)[1] == "Ash"


def test_level_leaders_are_no_champions(make_event):
    event = league(make_event, LEAGUE)
    assert shown(event) == ("1= Ash, 1= Birch, 1= Cedar", None, "")
    event = league(make_event, [("Ash", "Birch"), ("Birch", "Cedar"), ("Ash", "Cedar")])
    assert shown(event) == ("1 Ash, 2 Birch, 3 Cedar", "Ash", "")
    results.take_back(event.fixtures[2], by=None)
    assert shown(event) == ("", None, "")


def test_each_division_has_its_own(client, make_event):
    names = {"U10": ["Ash", "Birch"], "U12": ["Cedar", "Dogwood", "Elm"]}
    teams = [{"name": name, "division": division} for division, there in names.items() for name in there]
    event = get_event(make_event(divisions=[*names], teams=teams, matches=[]))
    for division, kind in zip(event.divisions, ("knockout", "league"), strict=True):
        there = [team for team in event.teams if team.division_id == division.id]
        make_format(event, division, FormatChoice(Format(kind), there), by=None)
    for one in event.fixtures:
        enter(one, *((2, 0) if one.home_name < one.away_name else (0, 2)))
    rows = client.get(f"/api/events/{event.id}/leaderboard/").json["final_places"]
    assert [(row["name"], row["division"], row["champion"]["name"], len(row["places"])) for row in rows] == [
        ("U10 · Final places", "U10", "Ash", 2),
        ("U12 · The first three", "U12", "Cedar", 3),
    ]
    of_one = client.get(f"/events/{event.slug}/leaderboard/?division={event.divisions[1].id}").get_data(as_text=True)
    assert "Champion U12" in of_one
    assert "Champion U10" not in of_one


def test_every_door_tells_the_same(client, cup):
    play(cup)
    enter(game(cup, "3P"), 2, 0)
    enter(game(cup, "F"), 1, 0)
    (api,) = client.get(f"/api/events/{cup.id}/leaderboard/").json["final_places"]
    assert [row["team_name"] for row in api["places"]] == ["Ash", "Birch", "Dogwood", "Cedar"]
    slug = cup.slug
    for address in (
        f"/events/{slug}/leaderboard/",
        f"/events/{slug}/bracket/",
        f"/display/{slug}/",
        f"/embed/events/{slug}/leaderboard/",
    ):
        page = client.get(address).get_data(as_text=True)
        section = page.split('data-list="places"')[1].split("</tbody>")[0]
        assert [name for name in ("Ash", "Birch", "Dogwood", "Cedar") if f">{name}</bdi>" in section], address
        assert section.index(">Ash<") < section.index(">Birch<") < section.index(">Dogwood<") < section.index(">Cedar<")
        assert '>Champion</span> <b><bdi data-field="champion.name" data-glow>Ash</bdi>' in page, address


@pytest.mark.parametrize(
    ("file", "champion", "first", "count"),
    [
        ("football_world_cup_2018", "France", "1 France, 2 Croatia, 3 Belgium, 4 England", 32),
        ("football_euro_2004", "Greece", "1 Greece, 2 Portugal, 3= Czech Republic, 3= Netherlands", 16),
        (
            "ice_hockey_olympics_2018_men",
            "Olympic Athletes from Russia",
            "1 Olympic Athletes from Russia, 2 Germany, 3 Canada, 4 Czech Republic",
            12,
        ),
        ("football_premier_league_2011_12", "Manchester City", "1 Manchester City, 2 Manchester United, 3 Arsenal", 3),
    ],
)
def test_champions_as_they_were(file, champion, first, count):
    event = import_event(read_event(season(file)))
    places, won, left = shown(event)
    assert (won, places[: len(first)], len(places.split(", ")), left) == (champion, first, count, "")
