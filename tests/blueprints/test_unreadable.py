"""Values that no page of ours would save: refused at every door, and survived by every way out where they stand."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.conftest import LEAGUE, get_event, make_user, sign_in
from tests.web.test_security_headers import addresses
from timely import metrics
from timely.cli import main
from timely.domain.errors import ValidationError
from timely.event_file.read import read_event_file
from timely.extensions import db
from timely.live import messages
from timely.live.request_limits import Refused
from timely.live.streams.send_queue import EncodedMessage
from timely.live.subscriptions import read_subscription
from timely.live.topics import topics_of
from timely.models import Fixture, User
from timely.queries.event_files import event_file_text
from timely.services import announcements, results
from timely.services.freeze import freeze
from timely.services.people import create_token
from timely.services.score_validation import Score

HALF = r"\ud800"
BAD_EXTRA = {
    "half a pair": '{"cards": {"home": {"\\ud800": 1}}}',
    "half a pair in a text": '{"note": "\\udfff"}',
    "a list": "[1, 2]",
    "cards of another shape": '{"cards": [1]}',
    "sets of another shape": '{"sets": [[25]], "innings": 7}',
    "no JSON": '{"cards": ',
    "null": "null",
}


def put(table: str, id_: int, **values: object) -> None:
    """Straight into the database, as no code of ours would."""
    shown = ", ".join(f"{name} = :{name}" for name in values)
    db.session.execute(text(f"UPDATE {table} SET {shown} WHERE id = :id"), {**values, "id": id_})
    db.session.commit()


@pytest.fixture
def played(app: Flask, make_event: Callable[..., int]) -> int:
    """A league with a result in each of its first games, an announcement and a knockout."""
    final = {"stage": "knockout", "round": "Final", "home_from": {"group": "A", "position": 1}, "code": "F"}
    file = {
        "groups": {"A": LEAGUE["teams"]},
        "matches": [*LEAGUE["matches"], *LEAGUE["matches"], final | {"away_from": {"group": "A", "position": 2}}],
    }
    with app.app_context():
        event_id = make_event(**file)
        for fixture in db.session.query(Fixture).filter_by(event_id=event_id).order_by(Fixture.id).limit(9):
            results.enter_score(fixture, Score(2, 1), by=None)
        announcements.announce(get_event(event_id), title="Lunch", message="", priority="high", by=None)
        return event_id


def every_way_out(app: Flask, client: FlaskClient, event_id: int) -> dict[str, Any]:
    """The schedule's message, after every page, answer, message, export and the audit have been asked for."""
    failed = [(answer.status_code, path) for _, path in addresses(app, event_id) if is_bad(answer := client.get(path))]
    assert failed == []
    with app.app_context():
        built = {topic: messages.build(topic, 0) for topic in ("events", "notifications", *topics_of(event_id))}
        for topic, message in built.items():
            assert message is not None, topic
            assert EncodedMessage(message).frame
            assert json.dumps(message, ensure_ascii=False).encode()
        event_file_text(get_event(event_id)).encode()
        schedule: dict[str, Any] = built[f"event_{event_id}_schedule"] or {}
        return schedule


def is_bad(answer: Any) -> bool:
    return answer.status_code >= 500


@pytest.fixture
def curious(app: Flask, client: FlaskClient) -> FlaskClient:
    """A client of an administrator's, on an app that answers a failure as it would in earnest."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    sign_in(client, make_user(app, "Ada", "administrator"))
    return client


def test_games_that_cannot_be_read_say_so_and_the_rest_is_there(
    app: Flask, curious: FlaskClient, played: int, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context():
        games = [one.id for one in db.session.query(Fixture).filter_by(event_id=played).order_by(Fixture.id)]
        for fixture_id, extra in zip(games, BAD_EXTRA.values(), strict=False):
            result_id = db.session.get_one(Fixture, fixture_id).result.id
            put("results", result_id, extra=extra)
        put("results", db.session.get_one(Fixture, games[7]).result.id, status="MAYBE", entered_at="soon")
        put("results", db.session.get_one(Fixture, games[8]).result.id, home_score="three")
        put("fixtures", games[9], status="SOMEDAY", venue_timezone="Mars/Base")
        put("fixtures", games[10], start_on="2026-13-45", start_at="9999-99-99 25:00:00.000000")
        put("fixtures", games[12], home_source='{"winner": 7}', away_source="{")
    counted = metrics.UNREADABLE.labels("JSON value")._value.get()
    with caplog.at_level(logging.WARNING, "timely.models.columns"):
        shown = every_way_out(app, curious, played)
    rows = {row["id"]: row for row in shown["data"]["fixtures"]}
    assert len(rows) == len(games) == 13
    texts = {number: rows[id_]["status_text"] for number, id_ in enumerate(games)}
    mended = [0, 1]  # all of it but the half letter can be read
    assert [texts[number] for number in mended] == ["Full time"] * 2
    assert {number for number, said in texts.items() if said == "Unreadable"} == {2, 3, 4, 5, 6, 7, 8, 9}
    assert rows[games[2]]["score_text"].startswith("2–1"), "what can be read of a game is there"
    assert rows[games[11]]["home_team"]["name"]
    assert metrics.UNREADABLE.labels("JSON value")._value.get() > counted
    noted = [record.getMessage() for record in caplog.records]
    assert len(noted) == len(set(noted)), "each fault is told once"


def test_an_event_that_cannot_be_read_is_shown_with_what_can(app: Flask, curious: FlaskClient, played: int) -> None:
    with app.app_context():
        put(
            "events",
            played,
            timezone="Nowhere/Land",
            sport="quidditch",
            status="ODD",
            entrants="dragons",
            counts_from="SOME",
            rules='{"points": "many"}',
            slots='[{"teams": 3}]',
            manual_order='{"lots": "x"}',
            fair_play_totals='{"77": 1}',
            third_place_ranking="[]",
            cross_group_ranking='{"manual_order": 1}',
            timetable='{"pitches": 5}',
            starts_on="2026-02-31",
            created_at="never",
        )
        for table, column in (("stages", "kind"), ("announcements", "state"), ("announcements", "priority")):
            db.session.execute(text(f"UPDATE {table} SET {column} = 'other'"))
        db.session.execute(text("UPDATE announcements SET publish_at = 'noon', expires_at = 'tea', state = 'CURRENT'"))
        db.session.execute(text("UPDATE audit SET before = '[1]', after = '\"x\\ud800\"', at = 'once'"))
        db.session.execute(text("UPDATE pitches SET timezone = 'Pitch/Time'"))
        db.session.execute(text("UPDATE notifications SET priority = 'x', created_at = 'y', expires_at = NULL"))
        db.session.commit()
    shown = every_way_out(app, curious, played)
    assert len(shown["data"]["fixtures"]) == 13
    assert "unreadable" in curious.get(f"/admin/events/{played}/audit/").text


@pytest.mark.parametrize("frozen", ['{"fixtures": {"1": {"result": 5}, "x": 3, "2": {"home_id": 1}}}', "[]", '{"a":'])
def test_held_tables_that_cannot_be_read_stay_held(app: Flask, curious: FlaskClient, played: int, frozen: str) -> None:
    with app.app_context():
        freeze(get_event(played), by=None)
        put("events", played, frozen=frozen)
    shown = every_way_out(app, curious, played)
    assert {row["score_text"] for row in shown["data"]["fixtures"]} == {""}


@pytest.mark.parametrize("extra", [{"cards": {"home": {"\ud800": 1}}}, {"note": "\udfff"}, {"a": ["\0"]}, {"\0": 1}])
def test_the_api_refuses_what_cannot_be_sent(app: Flask, client: FlaskClient, league: int, extra: object) -> None:
    ada = make_user(app, "Ada", "administrator")
    with app.app_context():
        token = create_token(db.session.get_one(User, ada))
    answer = client.put(
        "/api/fixtures/1/result/",
        json={"home_score": 1, "away_score": 0, "extra": extra},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 422
    assert [name.split(".")[0] for name in answer.json["error"]["fields"]] == ["extra"]
    assert client.get("/api/fixtures/1/").json["home_score"] is None


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ('{"name": "Cup", "sport": "football", "details": "\\ud800"}', "details"),
        ('{"name": "Cup", "sport": "football", "matches": [{"extra": {"\\udfff": 1}}]}', r"matches[0].extra.\udfff"),
        ('{"name": "Cup", "sport": "football", "x": {"y": "\\u0000"}}', "x.y"),
    ],
)
def test_an_event_file_with_such_a_text_is_refused_by_its_path(file: str, path: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_event_file(file.encode())
    assert str(refused.value).startswith(path)


def test_a_subscription_with_such_a_text_is_refused() -> None:
    for data in ({"event_id": 1, "page": "\ud800"}, {"event_id": 1, "versions": {"\udfff": 1}}, {"topics": ["a\0"]}):
        with pytest.raises(Refused) as refused:
            read_subscription(data)
        assert refused.value.code == "bad_request"


def test_a_form_keeps_no_half_letter(app: Flask, curious: FlaskClient, league: int) -> None:
    answer = curious.post(
        f"/admin/events/{league}/pitches/",
        data="name=Pitch%ED%A0%80%00",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code < 500
    with app.app_context():
        names = [pitch.name for pitch in get_event(league).pitches]
    assert all("\0" not in name and name.encode() for name in names)


def test_a_word_on_the_command_line_that_is_no_text_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["create-user", "Ada\udcff", "--role", "scorer"])
    assert ended.value.code == 2
    assert "has characters that cannot be shown" in capsys.readouterr().err
