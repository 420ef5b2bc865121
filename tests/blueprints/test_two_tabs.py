"""Two tabs change one record: the second is shown both, and keeps one of them."""

import re
from html import unescape

import pytest

from tests.blueprints.test_doors import ids  # noqa: F401  (the fixture)
from tests.conftest import get_event, make_user, sign_in
from timely.extensions import db
from timely.models import Announcement, Division, Event, Pitch, Team, User


@pytest.fixture(autouse=True)
def _signed_in(client, admin):
    sign_in(client, admin)


def form_on(page, field):
    """What a browser would send of the form that has the field."""
    forms = re.findall(r"<form[^>]*>.*?</form>", page[page.index("<main") :], re.DOTALL)
    form = next(one for one in forms if f'name="{field}"' in one)
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        told = dict(re.findall(r'\b([a-z]+)="([^"]*)"', tag))
        if told.get("type") not in ("radio", "checkbox") or " checked" in tag:
            found[told["name"]] = unescape(told.get("value", ""))
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
