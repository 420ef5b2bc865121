"""Live messages in the language that a subscriber asks for: one building for each language in use."""

import json

import pytest

from tests.languages.pseudo import PSEUDO, pseudo
from tests.live.spectator import Spectator, play, publish
from timely.extensions import db
from timely.languages.available import EXTENSION
from timely.live import messages, subscriptions
from timely.live.topics import topic_of
from timely.models import Event
from timely.queries.versions import epoch

pytestmark = pytest.mark.usefixtures("invented_languages")


@pytest.fixture
def built(monkeypatch):
    """[(topic, code)] of what is built."""
    calls, build = [], messages.build

    def counting(topic, since, version=None, code=""):
        calls.append((topic, code))
        return build(topic, since, version, code)

    monkeypatch.setattr(messages, "build", counting)
    return calls


def set_language(app, event_id, code):
    with app.app_context():
        db.session.get(Event, event_id).language = code
        db.session.commit()


def follower(app, event_id, **asked):
    client = Spectator(app)
    assert client.subscribe(event_id=event_id, topics=["results", "schedule"], **asked)["ok"]
    client.new_messages()
    return client


def languages_heard(client):
    heard = [message for message in client.new_messages() if "lang" in message]
    return {message["topic"].rsplit("_", 1)[-1]: message["lang"] for message in heard}


def test_each_hears_its_own_language_and_each_is_built_once(app, hub, league, built):
    clients = {code: [follower(app, league, lang=code) for _ in range(2)] for code in ("de", "fr", "en")}
    built.clear()
    play(app, league)
    publish(hub)
    for code, both in clients.items():
        for client in both:
            assert languages_heard(client) == {"results": code, "schedule": code}
    assert sorted(built) == sorted(
        (topic_of(league, key), code) for key in ("results", "schedule") for code in ("de", "en", "fr")
    )


def test_words_are_those_of_the_language(app, hub, league):
    clients = {code: follower(app, league, lang=code) for code in ("de", "fr", "en")}
    fixture_id = play(app, league)
    publish(hub)
    said = {}
    for code, client in clients.items():
        (message,) = client.new_messages("schedule_update")
        (row,) = message["data"]["fixtures"]
        assert (row["id"], row["home_score"], message["version"]) == (fixture_id, 2, 2)
        said[code] = row["status_text"]
    assert said == {"de": "Full time de", "fr": "Full time fr", "en": "Full time"}


@pytest.mark.parametrize("lang", [None, "xx", "", 7, ["de"], "de" * 50])
def test_who_says_none_of_ours_gets_the_events(app, hub, league, lang):
    set_language(app, league, "de")
    publish(hub)
    client = follower(app, league, **({} if lang is None else {"lang": lang}))
    play(app, league)
    publish(hub)
    assert set(languages_heard(client).values()) == {"de"}


def test_those_who_say_none_and_those_who_say_the_events_share_one_building(app, hub, league, built):
    set_language(app, league, "de")
    publish(hub)
    silent, german = follower(app, league), follower(app, league, lang="de")
    built.clear()
    play(app, league)
    publish(hub)
    assert languages_heard(silent) == languages_heard(german) == {"results": "de", "schedule": "de"}
    assert len(built) == 2  # of the two topics


def test_a_subscriber_may_change_its_language(app, hub, league):
    client = follower(app, league, lang="de")
    client.subscribe(event_id=league, topics=["results", "schedule"], lang="fr")
    assert languages_heard(client)["results"] == "fr"
    play(app, league)
    publish(hub)
    heard = [message["lang"] for message in client.new_messages() if "version" in message]
    assert heard == ["fr", "fr"]  # once each, and not in the old language too


def test_who_leaves_a_topic_leaves_it_in_every_language(app, hub, league):
    client = follower(app, league, lang="de")
    client.socket.emit("unsubscribe", {"event_id": league, "topics": ["results", "schedule"]}, callback=True)
    play(app, league)
    publish(hub)
    assert client.new_messages() == []


def test_another_language_of_the_event_is_told_to_those_who_say_none(app, hub, league):
    silent, french = follower(app, league), follower(app, league, lang="fr")
    set_language(app, league, "de")
    publish(hub)
    assert languages_heard(silent) == {"results": "de", "schedule": "de"}
    assert set(languages_heard(french).values()) == {"fr"}


def test_a_snapshot_is_kept_for_each_language(app, hub, league, built):
    for _ in range(2):
        for code in ("de", "fr"):
            follower(app, league, lang=code)
    assert sorted(built) == sorted(
        (topic_of(league, key), code) for key in ("results", "schedule") for code in ("de", "fr")
    )


@pytest.mark.usefixtures("in_app")
def test_poll_and_stream_take_a_language(app, client, hub, league):
    polled = client.get(f"/api/events/{league}/poll/?topics=results&lang=de").json
    assert [message["lang"] for message in polled["messages"]] == ["de"]
    with client.get(f"/api/events/{league}/stream/?topics=results&lang=fr") as response:
        lines = iter(response.response)
        first = next(line for line in lines if b"data:" in line)
        assert json.loads(first.decode().split("data: ")[1].splitlines()[0])["lang"] == "fr"


@pytest.mark.usefixtures("in_app")
def test_versions_are_the_same_in_every_language(app, league):
    asked = {"event_id": league, "topics": ["results"], "versions": {"results": 1}, "epoch": epoch(), "lang": "de"}
    subscription = subscriptions.read_subscription(asked)
    assert subscriptions.missing_versions(subscription) == {}


def test_a_refusal_is_in_the_language_that_is_asked_for(app, client, hub, league):
    app.extensions[EXTENSION].by_code[PSEUDO.code] = PSEUDO
    asked = {"event_id": 10**6, "lang": PSEUDO.code}
    said = pseudo("there is no such event")
    assert Spectator(app).subscribe(**asked)["error"] == {"code": "not_found", "message": said}
    assert Spectator(app).subscribe(event_id=10**6)["error"]["message"] == "there is no such event"
    refused = client.get(f"/api/events/{10**6}/poll/?lang={PSEUDO.code}").json["error"]
    assert (refused["code"], refused["message"]) == ("not_found", said)
