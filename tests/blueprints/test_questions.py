"""Public actions: a question before those that end something, undo by one click, and the way back."""

import re
from html import unescape

import pytest

from tests.conftest import get_event, sign_in
from timely.extensions import db
from timely.models import Fixture


@pytest.fixture(autouse=True)
def _signed_in(client, admin):
    sign_in(client, admin)


def status_of(app, league):
    with app.app_context():
        return get_event(league).status


def set_status(client, league, *statuses):
    for one in statuses:
        client.post(f"/admin/events/{league}/status/", data={"status": one, "sure": "y"})


@pytest.mark.parametrize("wanted", ["COMPLETED", "CANCELLED", "DRAFT"])
def test_a_step_that_takes_something_away_is_asked_first(app, client, league, wanted):
    set_status(client, league, "PUBLISHED", *(["LIVE"] if wanted == "COMPLETED" else []))
    before = status_of(app, league)
    assert before != wanted
    page = client.post(f"/admin/events/{league}/status/", data={"status": wanted, "back": "/admin/"})
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "No, go back" in text
    assert status_of(app, league) == before
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text[text.index("<main") :]))
    assert client.post(f"/admin/events/{league}/status/", data=fields).location == "/admin/"
    assert status_of(app, league) == wanted


def test_start_and_publish_stay_on_today(app, client, league):
    set_status(client, league, "PUBLISHED")
    set_status(client, league, "DRAFT")
    for button, status in (("Publish", "PUBLISHED"), ("Start the event", "LIVE")):
        page = client.get("/admin/").get_data(as_text=True)
        form = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if f">{button}</button>" in one)
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        assert client.post(f"/admin/events/{league}/status/", data=fields).location == "/admin/"
        assert status_of(app, league) == status


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/" + "x" * 600])
def test_the_way_back_leads_to_no_other_site(client, league, back):
    answer = client.post(f"/admin/events/{league}/status/", data={"status": "PUBLISHED", "sure": "y", "back": back})
    assert answer.location == f"/admin/events/{league}/" or len(answer.location) <= 500
    assert "evil" not in answer.location


@pytest.mark.parametrize(("action", "status"), [("cancel", "CANCELLED"), ("postpone", "POSTPONED")])
def test_a_game_is_called_off_or_put_off_only_when_asked(app, client, league, action, status):
    with app.app_context():
        game = get_event(league).fixtures[0].id
    path = f"/admin/events/{league}/fixtures/{game}/{action}/"
    asked = client.post(path)
    assert "Everybody sees at once" in asked.get_data(as_text=True)
    with app.app_context():
        assert db.session.get_one(Fixture, game).status == "SCHEDULED"
    client.post(path, data={"sure": "y"})
    with app.app_context():
        assert db.session.get_one(Fixture, game).status == status


def test_leaving_a_form_has_another_word_than_calling_a_game_off(app, client, league):
    with app.app_context():
        game = get_event(league).fixtures[0].id
    page = client.get(f"/admin/events/{league}/fixtures/{game}/").get_data(as_text=True)
    assert "Back without saving" in page
    assert "Call it off…" in page
    assert not re.search(r">\s*Cancel\s*<", page)


def undo_button(page):
    """(address, fields) of the button in the message."""
    form = re.search(r'<div class="flash[^>]*has-button.*?</form>', page, re.DOTALL)[0]
    fields = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
    return unescape(re.search(r'action="([^"]+)"', form)[1]), fields


ACTIONS = {
    "status": ("status/", {"status": "PUBLISHED"}),
    "start": ("fixtures/{game}/start/", {}),
    "cancel": ("fixtures/{game}/cancel/", {"sure": "y"}),
    "announce": ("announcements/new/", {"title": "Lunch", "type": "info", "priority": "normal"}),
    "teams": ("teams/", {"names": "Elm"}),
    "pitches": ("pitches/", {"names": "Pitch 3"}),
    "delete a game": ("fixtures/{game}/delete/", {}),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_undone_by_its_message_which_leads_back(app, client, league, name):
    def shown():
        with app.app_context():
            event = get_event(league)
            return (
                event.status,
                [(one.id, one.status) for one in event.fixtures],
                sorted(one.title for one in event.announcements),
                sorted(one.name for one in (*event.teams, *event.pitches)),
            )

    with app.app_context():
        game = get_event(league).fixtures[0].id
    if name == "status":
        set_status(client, league, "DRAFT")
        client.get("/admin/")  # takes the message away
    before = shown()
    path, data = ACTIONS[name]
    answer = client.post(f"/admin/events/{league}/{path.format(game=game)}", data=data)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    assert shown() != before
    action, fields = undo_button(client.get(answer.location).get_data(as_text=True))
    assert fields["back"] == answer.location.split("#")[0]
    assert client.post(action, data=fields).location == fields["back"]
    assert shown() == before


def test_what_changed_nothing_offers_no_undo_of_something_else(app, client, league):
    client.post(f"/admin/events/{league}/pitches/", data={"names": "Pitch 3"})
    client.get("/admin/")
    with app.app_context():
        team = get_event(league).teams[0]
        same = {f"team-{team.id}-name": team.name, f"team-{team.id}-colour": "", f"team-{team.id}-members": ""}
    answer = client.post(f"/admin/events/{league}/teams/change/", data=same)
    page = client.get(f"/admin/events/{league}/teams/").get_data(as_text=True)
    assert answer.status_code == 302
    assert "Nothing was changed." in page
    assert "Undo" not in page
