"""Repeated requests: the differences that count, and the waits for an answer that is owed."""

import ast
import hashlib
import importlib.util
import io
import time
from pathlib import Path

import pytest

from servers.repeated_request import RepeatedRequest, head_in
from servers.timeouts import IdleSweep

LINE = b"GET /socket.io/?EIO=4&transport=polling&t=N1&sid=abc HTTP/1.1\r\n"
HEAD = b"Host: timely.local\r\nAccept: */*\r\n\r\n"


class Answers:
    seconds = 1.0

    def __init__(self, takes=True):
        self.takes, self.asked = takes, 0

    def ask(self):
        self.asked += 1
        return self.takes

    def settle(self):
        pass

    def leave(self):
        pass


def come(head, line=LINE, answers=None):
    """Whether it is taken for the same, and what is left of what has come."""
    file = io.BufferedReader(io.BytesIO(head))
    taken = RepeatedRequest(LINE, HEAD, answers or Answers()).take(line, file)
    return taken, file.read()


def test_the_same_is_taken_and_what_follows_is_left():
    assert come(HEAD) == (True, b"")
    assert come(HEAD + b"GET /other HTTP/1.1\r\n") == (True, b"GET /other HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "line", [LINE.replace(b"t=N1", b"t=zzz_9"), LINE.replace(b"t=N1&", b""), LINE.replace(b"t=N1", b"t=")]
)
def test_the_stamp_in_its_address_does_not_matter(line):
    assert come(HEAD, line)[0]


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (HEAD.replace(b"*/*", b"*/+"), LINE),
        (HEAD.replace(b"Accept", b"accept"), LINE),
        (HEAD[:-2] + b"Cookie: a=b\r\n\r\n", LINE),
        (HEAD[:-1], LINE),  # not all of it is there yet
        (b"", LINE),
        (HEAD, LINE.replace(b"sid=abc", b"sid=abd")),
        (HEAD, LINE.replace(b"GET", b"PUT")),
        (HEAD, LINE.replace(b"&sid=abc", b"&sid=abc&j=0")),
        (HEAD, LINE.replace(b"HTTP/1.1", b"HTTP/1.0")),
    ],
)
def test_anything_else_is_not_taken_and_nothing_of_it_is_lost(head, line):
    answers = Answers()
    assert come(head, line, answers) == (False, head)
    assert answers.asked == 0


def test_what_is_left_to_the_app_is_still_there():
    answers = Answers(takes=False)
    assert come(HEAD, answers=answers) == (False, HEAD)
    assert answers.asked == 1


@pytest.mark.parametrize(
    ("buffered", "head"),
    [
        (HEAD, HEAD),
        (HEAD + b"abc\r\n\r\n", HEAD),
        (HEAD[:-2], None),
        (b"", None),
        (b"\r\nGET / HTTP/1.1\r\n\r\n", None),  # a head of nothing: what follows is another request
        (b"A: b\n\nGET / HTTP/1.1\r\n\r\n", None),  # read in another way, it ends before
        (b"A: b\n\r\nGET / HTTP/1.1\r\n\r\n", None),
    ],
)
def test_a_head_is_known_when_it_is_whole_and_ends_in_one_place(buffered, head):
    assert head_in(buffered) == head


class Slow:
    was_hung_up_on = False

    def close_idle(self):
        self.was_hung_up_on = True


def test_whoever_is_too_late_is_hung_up_on_once():
    patience, late, early, done = IdleSweep(), Slow(), Slow(), Slow()
    patience.begin(late, 30)
    patience.begin(late, 0.01)  # what was said last counts
    patience.begin(early, 30)
    patience.begin(done, 0.01)
    patience.over(done)
    patience.over(done)
    time.sleep(0.02)
    patience.look()
    assert (late.was_hung_up_on, early.was_hung_up_on, done.was_hung_up_on) == (True, False, False)
    late.was_hung_up_on = False
    patience.look()
    assert not late.was_hung_up_on


# What is overridden of eventlet's, or leant on: where it has changed, look whether ours still fits.
LEANT_ON = {
    "HttpProtocol.handle": "4d8fd6e09e7a5bd1",
    "HttpProtocol.handle_one_request": "90f13099f3b59c73",
    "HttpProtocol._read_request_line": "8df05576c31332f8",
    "FileObjectForHeaders.readline": "3f478d7351a5bf56",
}


@pytest.mark.parametrize("name", LEANT_ON)
def test_eventlet_is_as_it_is_known_here(name):
    assert hashlib.sha256(source_of(name).encode()).hexdigest()[:16] == LEANT_ON[name], source_of(name)


def source_of(name):
    """Read, and not imported: where eventlet is, other libraries choose it."""
    package = importlib.util.find_spec("eventlet").submodule_search_locations[0]
    text = Path(package, "wsgi.py").read_text("utf-8")
    found = ast.parse(text)
    for part in name.split("."):
        found = next(node for node in found.body if getattr(node, "name", "") == part)
    return ast.get_source_segment(text, found)
