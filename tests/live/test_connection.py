"""Writer of one connection: frames that are held back or written together go out in order, by one system call."""

from typing import Any

import pytest

from timely.live import connection
from timely.live.connection import ConnectionWriter


class Socket:
    """A socket that takes so many bytes and no more; *calls* are the sizes that it was given at once."""

    def __init__(self, room: int = 1_000_000) -> None:
        self.room, self.sent = room, b""
        self.calls: list[int] = []
        self.tasks: list[Any] = []
        self.finished = 0

    def send(self, data: bytes) -> int:
        return self.sendmsg([data])

    def sendmsg(self, parts: list[bytes]) -> int:
        data = b"".join(parts)
        self.calls.append(len(data))
        if not self.room:
            raise BlockingIOError
        taken = data[: self.room]
        self.room -= len(taken)
        self.sent += taken
        return len(taken)

    def sendall(self, data: bytes) -> None:
        self.sent += bytes(data)

    def shutdown(self, how: int) -> None:
        self.room = 0

    def finish(self) -> None:
        self.finished += 1

    def writer(self) -> ConnectionWriter:
        return ConnectionWriter(self, self.sendall, self.tasks.append, self.finish)


FRAMES = [b"aaaa", b"bb", b"cccccc"]


def test_held_frames_go_out_together_and_the_writer_counts_as_drained_after() -> None:
    socket = Socket()
    writer = socket.writer()
    writer.hold()
    for frame in FRAMES[:2]:
        writer.write(frame)
    writer.enqueue(FRAMES[2])  # as the fan-out does where something is pending
    assert socket.calls == []
    writer.release()
    assert (socket.calls, socket.sent) == ([12], b"aaaabbcccccc")
    assert writer.when_drained(lambda: None)
    writer.release()
    writer.write(b"later")
    assert socket.calls == [12, 5]


@pytest.mark.parametrize("room", range(13))
def test_what_the_socket_does_not_take_waits_whole_and_in_order(room: int) -> None:
    socket = Socket(room)
    writer = socket.writer()
    writer.write_all(FRAMES)
    assert socket.sent == b"aaaabbcccccc"[:room]
    writer.write(b"d")
    for task in socket.tasks:
        task()
    assert socket.sent == b"aaaabbccccccd"
    assert len(socket.tasks) == 1


def test_shared_bytes_are_not_copied_while_they_wait() -> None:
    snapshot = b"x" * 10_000
    waiting = []
    for room in (0, 5_000):
        socket = Socket(room)
        writer = socket.writer()
        writer.write_all([snapshot, b"beat"])
        assert writer.pending is not None
        waiting.append(writer.pending[0])
    assert waiting[0] is snapshot or waiting[0].obj is snapshot  # type: ignore[union-attr]
    assert waiting[1].obj is snapshot  # type: ignore[union-attr]


def test_nothing_is_held_behind_what_waits_already() -> None:
    socket = Socket(2)
    writer = socket.writer()
    writer.write(b"aaaa")
    writer.hold()
    writer.write(b"b")
    writer.release()
    socket.tasks.pop()()
    assert socket.sent == b"aaaab"


def test_more_than_may_be_held_goes_out_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MAX_HELD_BYTES", 5)
    socket = Socket()
    writer = socket.writer()
    writer.hold()
    for frame in FRAMES:
        writer.write(frame)
    assert socket.calls == [6, 6]


def test_a_writer_that_is_closed_while_it_holds_sends_first_and_closes_once() -> None:
    socket = Socket()
    writer = socket.writer()
    writer.hold()
    writer.write(b"the last word")
    writer.close_when_sent()
    assert (socket.sent, socket.finished) == (b"the last word", 1)
    writer.release()
    writer.write(b"too late")
    assert socket.sent == b"the last word"


def test_nothing_held_is_sent_after_an_abort() -> None:
    socket = Socket()
    writer = socket.writer()
    writer.hold()
    writer.write(b"half a thought")
    writer.abort()
    writer.release()
    assert socket.sent == b""
    assert writer.is_closed
