"""Two tabs change one record: the second is shown both, and keeps one of them."""

import re
from html import unescape

import pytest

from tests.blueprints.pressing import press
from tests.blueprints.test_doors import ids  # noqa: F401  (the fixture)
from tests.conftest import get_event, make_user, sign_in
from timely.extensions import db
from timely.models import Announcement, Division, Event, Group, Pitch, Team, User


@pytest.fixture(autouse=True)
def _signed_in(client, admin):
    sign_in(client, admin)


def form_on(page, field):
    """What a browser would send of the form that has the field."""
    forms = re.findall(r"<form[^>]*>.*?</form>", page[page.index("<main") :], re.DOTALL)
    form = next(one for one in forms if f'name="{field}"' in one)
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        shown = dict(re.findall(r'\b([a-z]+)="([^"]*)"', tag))
        if shown.get("type") not in ("radio", "checkbox") or " checked" in tag:
            found[shown["name"]] = unescape(shown.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = unescape(text).strip()
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options) or re.search(r'value="([^"]*)"', options)
        found[name] = unescape(chosen[1])
    return found


def cases(ids, admin):  # noqa: F811
    root = f"/admin/events/{ids['event_id']}"
    return {
        "team": (f"{root}/teams/", f"team-{ids['team_id']}-name", Team, ids["team_id"], "name"),
        "pitch": (f"{root}/pitches/{ids['pitch_id']}/", "name", Pitch, ids["pitch_id"], "name"),
        "division": (f"{root}/divisions/{ids['division_id']}/", "name", Division, ids["division_id"], "name"),
        "event": (f"{root}/", "place", Event, ids["event_id"], "place"),
        "announcement": (
            f"{root}/announcements/{ids['announcement_id']}/",
            "title",
            Announcement,
            ids["announcement_id"],
            "title",
        ),
        "person": (f"/admin/people/{ids['user_id']}/", "name", User, ids["user_id"], "name"),
        "timetable": (f"{root}/timetable/", "rest_minutes", Event, ids["event_id"], "timetable"),
    }


@pytest.mark.parametrize("kind", ["team", "pitch", "division", "event", "announcement", "person", "timetable"])
def test_the_second_of_two_tabs_sees_both_and_keeps_one(app, client, admin, ids, kind):  # noqa: F811
    ids["user_id"] = make_user(app, "Bob", "scorer")
    path, field, model, id_, column = cases(ids, admin)[kind]
    first_word, second_word = ("33", "44") if kind == "timetable" else ("Fir", "Oak")

    def saved():
        with app.app_context():
            value = getattr(db.session.get_one(model, id_), column)
            return str(value["rest_minutes"]) if isinstance(value, dict) else value

    post_to = f"{path}change/" if kind == "team" else path
    drawn = form_on(client.get(path).get_data(as_text=True), field)
    drawn |= {"keep": "1"} if kind == "timetable" else {}
    assert client.post(post_to, data={**drawn, field: first_word}).status_code == 302
    assert saved() == first_word
    second = client.post(post_to, data={**drawn, field: second_word})
    text = second.get_data(as_text=True)
    assert second.status_code == 409, text
    assert saved() == first_word
    assert re.search(rf"<td>{first_word}</td>\s*<td>{second_word}</td>", text)
    mine = form_on(text, field)
    assert client.post(post_to, data=mine).status_code == 302
    assert saved() == second_word
    # Saved again as it is by now, nobody is in the way.
    again = form_on(client.get(path).get_data(as_text=True), field) | ({"keep": "1"} if kind == "timetable" else {})
    assert client.post(post_to, data=again).status_code == 302


def test_two_who_change_different_teams_are_in_nobodys_way(app, client, ids):  # noqa: F811
    path = f"/admin/events/{ids['event_id']}/teams/"
    with app.app_context():
        one, other = (team.id for team in get_event(ids["event_id"]).teams[:2])
    drawn = form_on(client.get(path).get_data(as_text=True), f"team-{one}-name")
    assert client.post(f"{path}change/", data={**drawn, f"team-{one}-name": "Fir"}).status_code == 302
    assert client.post(f"{path}change/", data={**drawn, f"team-{other}-name": "Oak"}).status_code == 302
    with app.app_context():
        assert [team.name for team in get_event(ids["event_id"]).teams[:2]] == ["Fir", "Oak"]


def done(client, answer):
    """The action, once more where it is looked at first."""
    answer = press(client, answer.get_data(as_text=True)) if answer.status_code == 200 else answer
    assert answer.status_code == 302


def groups_of(app, event_id):
    with app.app_context():
        event = get_event(event_id)
        names = {team.id: team.name for team in event.teams}
        groups = [group for stage in event.stages for group in stage.groups]
        return {group.name: sorted(names[entry.team_id] for entry in group.entries) for group in groups}


def test_two_tabs_that_deal_out_groups(app, client, make_event):
    event_id = make_event(matches=[])
    path = f"/admin/events/{event_id}/teams/groups/"
    with app.app_context():
        keys = [f"group-{team.id}" for team in get_event(event_id).teams]
    first, mine = dict(zip(keys, "AABB", strict=True)), dict(zip(keys, "ABAB", strict=True))
    drawn = form_on(client.get(path).get_data(as_text=True), keys[0])
    assert client.post(path, data={**drawn, **first}).status_code == 302
    answer = client.post(path, data={**drawn, **mine})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert re.search(r'<th scope="row">Birch</th><td>A</td><td>B</td>', text)
    assert ">Ash</th>" not in text  # both have it in A
    assert groups_of(app, event_id) == {"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]}
    assert client.post(path, data=form_on(text, keys[0])).status_code == 302
    assert groups_of(app, event_id) == {"A": ["Ash", "Cedar"], "B": ["Birch", "Dogwood"]}


def test_a_team_that_was_added_is_nobodys_conflict(app, client, make_event):
    event_id = make_event(matches=[])
    path = f"/admin/events/{event_id}/teams/groups/"
    with app.app_context():
        keys = [f"group-{team.id}" for team in get_event(event_id).teams]
    drawn = form_on(client.get(path).get_data(as_text=True), keys[0])
    client.post(f"/admin/events/{event_id}/teams/", data={"names": "Elm"})
    answer = client.post(path, data={**drawn, **dict(zip(keys, "AABB", strict=True))})
    assert answer.status_code == 422
    assert "Elm is in no group yet." in answer.get_data(as_text=True)


def test_two_tabs_that_put_one_team_into_groups(app, client, make_event):
    event_id = make_event(groups={"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]}, matches=[])
    with app.app_context():
        event = get_event(event_id)
        team_id = event.teams[0].id
        stage = event.stages[0]
        db.session.add(Group(event_id=event_id, stage_id=stage.id, name="C", position=3))
        db.session.commit()
        ids_of = {group.name: group.id for group in get_event(event_id).stages[0].groups}
    path = f"/admin/events/{event_id}/teams/{team_id}/group/"
    drawn = form_on(client.get(path).get_data(as_text=True), "group")
    del drawn["arrange"]  # whoever has games in a group stays there
    done(client, client.post(path, data={**drawn, "group": ids_of["B"]}))
    answer = client.post(path, data={**drawn, "group": ids_of["C"]})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert re.search(r">Group</th><td>Group B</td><td>Group C</td>", text)
    assert "Ash" in groups_of(app, event_id)["B"]
    done(client, client.post(path, data=form_on(text, "group")))
    assert "Ash" in groups_of(app, event_id)["C"]


def test_two_tabs_that_lock_different_games_both_do(app, client, make_event):
    matches = [
        {"home": "Ash", "away": "Birch", "kickoff_utc": "2099-11-28T10:00:00Z", "pitch": "1", "locked": True},
        {"home": "Cedar", "away": "Dogwood", "kickoff_utc": "2099-11-28T10:00:00Z", "pitch": "2"},
    ]
    event_id = make_event(matches=matches)
    path = f"/admin/events/{event_id}/timetable/"

    def locked():
        with app.app_context():
            return [one.locked for one in get_event(event_id).fixtures]

    with app.app_context():
        one, other = (str(fixture.id) for fixture in get_event(event_id).fixtures)
    page = client.get(path).get_data(as_text=True)
    assert re.findall(r'name="was" value="(\d+)"', page) == [one]
    first = {"shown": [one, other], "was": [one], "locked": []}
    second = {"shown": [one, other], "was": [one], "locked": [one, other]}
    client.post(f"{path}locks/", data=first)
    assert locked() == [False, False]
    client.post(f"{path}locks/", data=second)
    assert locked() == [False, True]
