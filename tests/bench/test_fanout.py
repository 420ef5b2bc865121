"""The bench of the fan-out, with few clients: it starts what it compares, and its figures are those of deliveries."""

import json

import pytest

from bench import fanout, workshop
from bench.contenders import BY_KEY
from bench.fan_client import play
from bench.league import GAP, as_frame, frame_text
from bench.measures import Measure, middle
from bench.targets import verdicts

CLIENTS, ROUNDS = 20, 3
HERE = ("bare", "plain-polling", "timely", "timely-stream", "timely-ws", "timely-polling", "timely-xhr")


@pytest.mark.parametrize("key", HERE)
def test_every_update_reaches_every_client(one, key):
    contender = BY_KEY[key]
    with contender.make(one) as server:
        seen = play(server, contender.mode, CLIENTS, ROUNDS)
        nobody = play(server, contender.mode, 0, ROUNDS)
    assert (seen.held, seen.still, seen.deliveries, seen.lost) == (CLIENTS, CLIENTS, CLIENTS * ROUNDS, 0)
    assert 0 < seen.first_ms <= seen.p50_ms <= seen.last_ms
    assert seen.message_bytes > 2_000
    assert seen.cpu_s > 0
    assert nobody.deliveries == 0


def test_the_table_of_one_run(one):
    planned = [(BY_KEY[key], CLIENTS) for key in ("bare", "plain", "timely")]
    rows, notes = fanout.run(one, planned, runs=1, rounds=ROUNDS)
    assert notes == []
    assert list(rows) == [("bare", CLIENTS), ("plain", CLIENTS), ("timely", CLIENTS)]
    printed = fanout.table(rows, ["Somebody, 20 clients: is not here."])
    assert "Timely, Socket.IO" in printed
    assert "processor per update, timely to bare, 20 clients" in printed
    assert printed.endswith("Somebody, 20 clients: is not here.")
    assert rows["timely", CLIENTS].save_ms > rows["bare", CLIENTS].save_ms


def test_all_are_sent_the_message_of_a_whole_league(one):
    message = json.loads(one.message.read_text("utf-8"))
    assert message["type"] == "results_update"
    assert len(message["data"]["leaderboard"]) == 20
    text = frame_text(one).read_text("utf-8")
    assert text.count(GAP) == 1
    kind, sent = json.loads(text.removeprefix("42").replace(GAP, "7"))
    assert kind == "message"
    assert sent["data"]["results"][0]["home_score"] == 7
    assert as_frame(message) == text


def test_what_is_missing_is_a_note_and_no_end(one, monkeypatch):
    monkeypatch.setattr(workshop.shutil, "which", lambda name: None)
    rows, notes = fanout.run(one, [(BY_KEY["node"], 2)], runs=2, rounds=2)
    assert rows == {}
    assert notes == ["Node, Socket.IO, 2 clients: Node and npm are not installed."]


def figures(**changed):
    values = dict.fromkeys(Measure.__dataclass_fields__, 1.0) | {"clients": 1_000, "held": 1_000, "lost": 0}
    return Measure(**values | changed)


def test_the_middle_of_three_runs_hides_no_loss():
    runs = [figures(delivery_us=9), figures(delivery_us=5, lost=2), figures(delivery_us=7, held=999)]
    found = middle(runs)
    assert (found.clients, found.delivery_us, found.lost, found.held) == (1_000, 7, 2, 999)


def test_what_is_met_and_what_is_missed():
    rows = {
        ("node", 1_000): figures(delivery_us=20, last_ms=31),
        ("bare", 1_000): figures(delivery_us=5),
        ("timely", 1_000): figures(delivery_us=10, last_ms=21, held=998),
        ("timely-stream", 1_000): figures(delivery_us=21),
        ("timely", 5_000): figures(clients=5_000, held=5_000, delivery_us=20, kb_each=34),
        ("timely-stream", 5_000): figures(clients=5_000, held=5_000, delivery_us=21, kb_each=46),
    }
    words = {verdict.what: (verdict.value, verdict.word) for verdict in verdicts(rows)}
    assert words["processor per update, timely to node, 1000 clients"] == (0.5, "met")
    assert words["processor per update, timely to bare, 1000 clients"] == (2.0, "MISSED")
    assert words["processor per update, timely-stream to node, 1000 clients"] == (1.05, "MISSED")
    assert words["last screen after the first, timely to node, 1000 clients"][1] == "met"
    assert words["clients and messages lost, timely, 1000 clients"] == (2, "MISSED")
    assert words["kB for each client, timely, 5000 clients"] == (34, "met")
    assert words["kB for each client, timely-stream, 5000 clients"] == (46, "MISSED")
    growth = "growth of the processor's time per update, timely, from 1000 to 5000 clients"
    assert words[growth] == (2.0, "MISSED")
