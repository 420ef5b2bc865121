"""Fast fan-out on a real server: every frame whole and in order; no client delays another."""

import hashlib
import inspect
import json
import threading
import time
from collections.abc import Iterator

import engineio
import pytest
import socketio as library
from engineio.socket import Socket
from socketio.base_manager import BaseManager

from tests.live.fans import FanServer, wait_for
from tests.live.raw_sockets import PING, Broken, RawPolling, RawSocket
from timely.live.connection import MAX_BYTES
from timely.live.socketio import fanout
from timely.live.socketio.engineio_internals import fits


@pytest.fixture(scope="module", params=["fast", "queue", "plain"])
def server(request: pytest.FixtureRequest) -> Iterator[FanServer]:
    """With the fast fan-out, with it below a message queue, and without it: all that a client sees is the same."""
    server = FanServer(request.param)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def fast() -> Iterator[FanServer]:
    server = FanServer("fast")
    yield server
    server.stop()


def test_all_members_of_a_room_get_all_messages_in_order(server):
    with RawSocket(server.port).join() as one, RawSocket(server.port).join() as other:
        outside = RawSocket(server.port).join("elsewhere")
        server.tell(count=30, size=100)
        assert one.numbers(30) == other.numbers(30) == list(range(30))
        outside.say('421["leave","elsewhere"]')
        assert outside.text() == '431["elsewhere"]', "what is told to one room came to another"
        outside.socket.close()


def test_frames_of_every_length_are_right(server):
    with RawSocket(server.port).join() as client:
        for body in (b"", b"\x00" * 20):
            client.say(body, PING)
        # Around 125 and 65,535 bytes the head of a frame gets longer.
        server.tell(count=12, first=0, size=6)
        server.tell(count=4, first=900, size=40_000)
        assert client.numbers(16) == [*range(12), *range(900, 904)]
        assert client.pongs == 2


def test_a_client_that_reads_single_bytes_gets_whole_frames_in_order(server):
    count = 1_200
    with RawSocket(server.port).join() as slow, RawSocket(server.port).join() as quick:
        quick_numbers: list[int] = []
        reader = threading.Thread(target=lambda: quick_numbers.extend(quick.numbers(count)), daemon=True)
        reader.start()
        slow.at_once = 1
        numbers: list[int] = []

        def tell() -> None:
            """No further ahead than may wait for a client, however slowly this computer lets it read."""
            for first in range(0, count, 60):
                while first - len(numbers) > 100:
                    time.sleep(0.005)
                server.tell(count=60, first=first, size=3_000, alone=7, pause=0.003)

        teller = threading.Thread(target=tell, daemon=True)
        teller.start()
        for index in range(count):
            if index == 20:
                slow.at_once = 977  # a byte at a time would take minutes; this still cuts every frame
            elif index % 100 == 0:
                slow.say(b"are you there", PING)
            elif index % 100 == 50:
                time.sleep(0.15)
            numbers.append(slow.message()["number"])
        teller.join(30)
        reader.join(30)
        assert numbers == quick_numbers == list(range(count))
        assert slow.pings >= 1
        assert slow.pongs >= count // 100 - 1


def test_a_client_on_polling_gets_everything_once_and_in_order(server):
    client = RawPolling(server.port).join()
    teller = server.tell_meanwhile(count=300, size=500, alone=9, pause=0.004)
    assert client.numbers(300) == list(range(300))
    teller.join(20)


def test_nothing_is_lost_or_duplicated_during_an_upgrade(server):
    client = RawPolling(server.port).join()
    teller = server.tell_meanwhile(count=400, size=400, alone=11, pause=0.004)
    numbers = client.numbers(60)
    with RawSocket(server.port, client.sid) as upgraded:
        upgraded.say("2probe")
        assert upgraded.frame()[1] == b"3probe"
        # The poll that is open is answered, at the latest with the word that there is nothing more there.
        rest = [*client._packets, *client.poll()]
        numbers += [json.loads(packet[2:])[1]["number"] for packet in rest if packet.startswith("42")]
        time.sleep(0.2)  # what is told now waits for the end of the change
        upgraded.say("5")
        while len(numbers) < 400:
            text = upgraded.text()
            if text != "6":
                numbers.append(json.loads(text[2:])[1]["number"])
        assert numbers == list(range(400))
        teller.join(20)


def test_a_client_that_reads_nothing_is_cut_off_and_delays_no_other(fast):
    cut_off = fast.figures()["cut_off"]
    with RawSocket(fast.port).join() as deaf, RawSocket(fast.port).join() as other:
        most, late = 0, 0.0
        for number in range(0, 600, 20):
            began = time.monotonic()
            fast.tell(count=20, first=number, size=2_000)
            assert other.numbers(20) == list(range(number, number + 20))
            late = max(late, time.monotonic() - began)
            most = max(most, fast.figures()["waiting"])
        wait_for(lambda: fast.figures()["cut_off"] > cut_off)
        assert fast.figures()["cut_off"] == cut_off + 1
        assert most < MAX_BYTES + 100_000
        assert late < 2
        wait_for(lambda: fast.figures()["waiting"] == 0)
        with pytest.raises(Broken):
            deaf.numbers(600)
    with RawSocket(fast.port).join() as again:  # it comes back as anybody would
        fast.tell(count=1, size=10)
        assert again.numbers(1) == [0]


def test_nothing_is_kept_of_a_disconnected_client(fast):
    wait_for(lambda: fast.figures()["held"] == 0)
    clients = [RawSocket(fast.port).join() for _ in range(20)]
    assert fast.figures()["writers"] == 20
    for client in clients:
        client.socket.close()
    fast.tell(count=3, size=2_000)
    wait_for(lambda: fast.figures()["writers"] == 0)
    wait_for(lambda: fast.figures()["held"] == 0)


def test_deliveries_are_counted(fast):
    before = fast.figures()["told"] or 0
    with RawSocket(fast.port).join() as one, RawSocket(fast.port).join() as other:
        fast.tell(count=5)
        assert one.numbers(5) == other.numbers(5)
    assert fast.figures()["told"] - before == 10


# What the fan-out leans on: where one of these has changed, look whether it still holds, and note the new digest.
REPLACED_CODE = {
    Socket._websocket_handler: "58afe122719282de",
    Socket._send_ping: "21861287bd38dedc",
    Socket.schedule_ping: "fe316639159cd70d",
    Socket.send: "f8b2738ee5d48ab2",
    Socket.poll: "d7d705066fd3b948",
    Socket.close: "05fac55831999f25",
    Socket.check_ping_timeout: "ccddc110d9836176",
    Socket.receive: "4126eb2537d0d020",
    engineio.Server._service_task: "9492b7b0d652907d",
    engineio.Server.start_background_task: "772bcb984f599240",
    library.Manager.emit: "566510ea2de39d65",
    BaseManager.basic_disconnect: "2933b50bc4b2ea7b",
    library.PubSubManager.emit: "d26eb5218961eb56",
    library.PubSubManager._handle_emit: "f1fb64e2d84161f6",
}


@pytest.mark.parametrize("replaced", REPLACED_CODE, ids=lambda one: one.__qualname__)
def test_the_libraries_are_as_the_fan_out_knows_them(replaced):
    source = inspect.getsource(replaced)
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == REPLACED_CODE[replaced], source


def test_the_versions_that_it_was_written_for_fit():
    assert fits(library.Server(async_mode="threading"))


def test_another_library_is_left_to_its_own_ways(monkeypatch, caplog):
    def handler(self, ws):
        """Without the writer's task that is known."""

    monkeypatch.setattr(Socket, "_websocket_handler", handler)
    server = library.Server(async_mode="threading", client_manager=fanout.FanOut())
    assert "start_background_task" not in vars(server.eio)
    (said,) = [record.getMessage() for record in caplog.records]
    assert said.startswith("python-engineio is not as the fast fan-out knows it, its own way is taken. Not found: ")
    assert "Socket._websocket_handler.<locals>.writer" in said


def test_a_client_that_leaves_is_forgotten_as_by_the_library():
    """Of many clients some follow two events, some are about to connect or to be disconnected, and one left before."""
    ours, theirs = fanout.FanOut(), library.Manager()
    for manager in (ours, theirs):
        server = library.Server(async_mode="threading", client_manager=manager)
        server.eio.generate_id = (f"client {number}" for number in range(20)).__next__
        for number in range(20):
            sid = manager.connect(f"engine {number}", "/")
            for event in range(number % 3):
                manager.enter_room(sid, "/", f"event_{event}")
            manager.callbacks[sid] = {1: print}
        manager.leave_room("client 5", "/", "event_0")
        manager.close_room("event_1", "/")
        manager.pre_disconnect("client 4", "/")
        for number in (4, 5, 7, 8, 7, 99):
            manager.disconnect(f"client {number}", "/")
    for kept in ("rooms", "callbacks", "pending_connect", "pending_disconnect", "eio_to_sid"):
        assert getattr(ours, kept) == getattr(theirs, kept), kept
    assert ours.rooms["/"].keys() == {None, "event_0", *(f"client {n}" for n in range(20) if n not in (4, 5, 7, 8))}
    for number in range(20):
        ours.disconnect(f"client {number}", "/")
    assert (ours.rooms, ours._rooms_of) == ({}, {})


def test_a_client_that_leaves_is_not_looked_for_in_the_rooms_of_others(monkeypatch):
    manager = fanout.FanOut()
    library.Server(async_mode="threading", client_manager=manager)
    for number in range(50):
        manager.connect(f"engine {number}", "/")
    sid = manager.connect("engine 50", "/")
    manager.enter_room(sid, "/", "event_1")
    left = []
    leave = BaseManager.basic_leave_room
    monkeypatch.setattr(BaseManager, "basic_leave_room", lambda *what: left.append(what[3]) or leave(*what))
    monkeypatch.setattr(BaseManager, "basic_disconnect", None)
    manager.disconnect(sid, "/")
    assert set(left) == {None, sid, "event_1"}
