"""Arbitrary input to the API and to the sockets: refused with an error of ours, never a failure of the server."""

import json
import os
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import make_user
from tests.limits import raw_client
from tests.limits.test_attacks import told
from tests.transports.conftest import LeagueServer
from timely.extensions import db, socketio
from timely.models import User
from timely.services.people import create_token

# TIMELY_EXAMPLES=20000 looks for longer than a test run has time for.
EXAMPLES = int(os.environ.get("TIMELY_EXAMPLES", "250"))
any_number_of = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

LARGE = 2**63
ODD = st.sampled_from(
    ["", "\0", "\ud800", "9" * 400, "-1", "١", "null", "<b>", "\r\n", "💥", "a" * 5000, "../..", "%00"]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-LARGE, LARGE),
    st.just(10**90),
    st.floats(),
    st.text(max_size=20),
    ODD,
)
SAID = ("event_id", "topics", "versions", "epoch", "key", "page", "type", "results", "schedule")
WRITTEN = ("home_score", "away_score", "status", "running", "extra", "reason", "version", "start_at", "pitch", "title")
NAMES = st.sampled_from([*SAID, *WRITTEN, "message", "priority", "expires_at"])
WORDS = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.one_of(NAMES, ODD, st.text(max_size=5)), inner, max_size=6)
    ),
    max_leaves=12,
)
OBJECTS = st.dictionaries(
    NAMES, st.one_of(WORDS, st.lists(st.sampled_from(["results", "events", "event_1"]))), max_size=6
)
NESTED = st.sampled_from([b"[" * 100_000, b'{"a":' * 50_000, b"[" * 900 + b"]" * 900])
BODIES = st.one_of(
    OBJECTS.map(lambda one: json.dumps(one).encode()),
    WORDS.map(lambda one: json.dumps(one).encode()),
    st.binary(max_size=60),
    NESTED,
    st.just(b'{"home_score":1,"home_score":"x","away_score":NaN}'),
    st.just(b'{"home_score":' + b"9" * 5000 + b',"away_score":0}'),
)


@pytest.fixture
def api(app: Flask, league: int) -> tuple[FlaskClient, str]:
    ada = make_user(app, "Ada", "administrator")
    with app.app_context():
        return app.test_client(), create_token(db.session.get_one(User, ada))


def api_rules(app: Flask) -> list[str]:
    return sorted({rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")})


@any_number_of
@given(data=st.data())
def test_the_api_answers_any_input_with_its_own_errors(
    app: Flask, api: tuple[FlaskClient, str], data: st.DataObject
) -> None:
    client, token = api
    rule = data.draw(st.sampled_from(api_rules(app)))
    number = data.draw(st.sampled_from(["1", "2", "0", "999999", str(LARGE), "9" * 60, "x", "-1"]))
    path = "/".join(
        part if "<" not in part else data.draw(st.sampled_from(["results", number])) if "any" in part else number
        for part in rule.split("/")
    )
    query = data.draw(st.dictionaries(st.one_of(NAMES, st.sampled_from(["wait", "limit", "day"])), ODD, max_size=3))
    if "stream" in rule or query.get("wait"):
        query["wait"] = "0"
    headers = {"Content-Type": data.draw(st.sampled_from(["application/json", "text/plain", "", "application/json;x"]))}
    if data.draw(st.booleans()):
        headers["Authorization"] = data.draw(st.sampled_from([f"Bearer {token}", "Bearer x", "Basic eDp5", "Bearer"]))
    if data.draw(st.booleans()):
        headers["Last-Event-ID"] = data.draw(
            st.sampled_from(["k;results:1", ";;", "x;results:x,:", "k;results:" + "9" * 99])
        )
    answer = client.open(
        path,
        method=data.draw(st.sampled_from(["GET", "PUT", "POST", "PATCH", "DELETE"])),
        query_string={name: text.encode("utf-8", "surrogatepass") for name, text in query.items()},
        headers=headers,
        data=data.draw(BODIES),
        buffered=False,
    )
    try:
        assert answer.status_code < 500, (path, answer.status_code)
        if answer.status_code >= 400:
            assert set(answer.json["error"]) >= {"code", "message", "fields"}
            assert "Traceback" not in answer.text
    finally:
        answer.close()


@pytest.fixture
def talker(app: Flask, league: int) -> Iterator[Callable[[str, object], object]]:
    client = socketio.test_client(app, flask_test_client=app.test_client())

    def say(name: str, data: object) -> object:
        client.get_received()
        return client.emit(name, data, callback=True)

    yield say
    client.disconnect()


@any_number_of
@given(name=st.sampled_from(["subscribe", "unsubscribe"]), data=st.one_of(OBJECTS, WORDS))
def test_sockets_answer_any_subscription(
    talker: Callable[[str, object], object], caplog: pytest.LogCaptureFixture, name: str, data: object
) -> None:
    caplog.clear()
    answer = talker(name, data)
    assert isinstance(answer, dict)
    assert isinstance(answer["ok"], bool)
    assert answer["ok"] or set(answer["error"]) == {"code", "message"}
    assert not [record for record in caplog.records if record.exc_info], data


def test_a_lone_surrogate_as_key_is_a_wrong_key(
    app: Flask, talker: Callable[[str, object], object], make_event: Callable[..., int]
) -> None:
    hidden = make_event(visibility="private")
    for key, code in (("wrong", "not_found"), ("\ud800", "bad_request"), ("\0", "bad_request")):
        answers = [talker("subscribe", {"event_id": event_id, "key": key}) for event_id in (hidden, 999)]
        assert answers[0] == answers[1], "nothing tells whether there is such an event"
        assert isinstance(answers[0], dict)
        assert answers[0]["error"]["code"] == code


PACKETS = st.one_of(
    st.binary(max_size=40),
    st.text(max_size=40).map(lambda one: one.encode("utf-8", "replace")),
    st.sampled_from(
        [b"0", b"1", b"2probe", b"3", b"4", b"5", b"6", b"40", b"41", b"42", b"43[]", b"44", b"451-[]", b"46"]
    ),
    st.sampled_from(
        [b'42["subscribe"]', b'42["subscribe",1,2,3]', b'420["ping"]', b"42[1]", b"42{}", b"42[[]]", b"4299"]
    ),
    st.sampled_from(
        [b"40/admin,", b'42/x,["subscribe",{}]', b'42["connect"]', b'42["disconnect"]', b'42["message",{}]']
    ),
    st.sampled_from(
        [b"42" + b"[" * 20_000, b'42["subscribe",' + b'{"a":' * 5_000, b'42["subscribe",{"event_id":1e999}]']
    ),
    OBJECTS.map(lambda one: b"42" + json.dumps(["subscribe", one]).encode()),
)


def test_the_server_survives_any_packets(besieged: LeagueServer) -> None:
    port = besieged.server.port
    said = told(besieged)

    @settings(any_number_of, max_examples=max(60, EXAMPLES // 4))
    @given(
        st.lists(PACKETS, min_size=1, max_size=8),
        st.booleans(),
        st.sampled_from([raw_client.TEXT, raw_client.BINARY, 0, 3]),
    )
    def talk(packets: list[bytes], is_polling: bool, opcode: int) -> None:
        if is_polling:
            answer = raw_client.post(port, raw_client.poller(port), b"\x1e".join(packets))
            assert b" 500 " not in answer.partition(b"\r\n")[0]
            assert b"Traceback" not in answer
            return
        client = raw_client.join(port)
        try:
            for packet in packets:
                raw_client.try_to_send(client, raw_client.frame(packet, opcode))
        finally:
            client.close()

    talk()
    answer = raw_client.ask(port, raw_client.request("/healthz", "GET", "Connection: close"))
    assert b" 200 " in answer.partition(b"\r\n")[0]
    assert told(besieged).removeprefix(said) == ""
