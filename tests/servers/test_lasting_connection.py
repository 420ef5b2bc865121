"""Connections that are taken over from their request: which may be, what is sent, and that each is given back."""

import os

import pytest

from servers.lasting_connection import may_last, wants_websocket
from tests import modes
from tests.servers.small_server import GET, Small

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and sockets as POSIX has them")

WEBSOCKET = {"HTTP_UPGRADE": "WebSocket", "HTTP_CONNECTION": "keep-alive, Upgrade"}
AS_A_STREAM = b"Accept: text/event-stream\r\n\r\n"
BEGUN = b"5\r\nbegun\r\n"


@pytest.mark.parametrize(
    ("environ", "lasts"),
    [
        ({"PATH_INFO": "/socket.io/", **WEBSOCKET}, True),
        ({"PATH_INFO": "/socket.io/"}, False),
        ({"PATH_INFO": "/ws/events/1/stream/", **WEBSOCKET}, False),  # its library has tasks of its own
        ({"PATH_INFO": "/api/events/1/stream/", "HTTP_ACCEPT": "text/event-stream"}, True),
        ({"PATH_INFO": "/events/cup/", "HTTP_ACCEPT": "text/html, */*"}, False),
    ],
)
def test_which_requests_may_last(environ: dict[str, str], lasts: bool) -> None:
    assert may_last(environ) == lasts


@pytest.mark.parametrize("missing", WEBSOCKET)
def test_an_upgrade_needs_both_headers(missing: str) -> None:
    assert wants_websocket(WEBSOCKET)
    assert not wants_websocket({**WEBSOCKET, missing: "h2c"})


def eventlets(guests: int = 1000) -> Small:
    modes.require("eventlet")
    return Small("eventlet", guests=guests)


def test_the_rest_runs_apart_from_the_request_and_the_server_adds_nothing() -> None:
    server = eventlets()
    try:
        answer = server.ask(GET % b"/apart" + AS_A_STREAM)
        assert answer.endswith(b"\r\n\r\n" + BEGUN + b"apart, over")
        # Any other request is answered as ever: no offer is made.
        plain = server.ask(GET % b"/apart" + b"Connection: close\r\n\r\n")
        assert plain.endswith(b"\r\n\r\n" + BEGUN + b"0\r\n\r\n")
    finally:
        assert server.stop() == ""


def test_each_place_is_given_back_and_a_fault_is_reported() -> None:
    server = eventlets(guests=1)
    try:
        for _ in range(3):
            assert server.ask(GET % b"/apart" + AS_A_STREAM).endswith(b"apart, over")
        assert server.ask(GET % b"/apart?fault" + AS_A_STREAM).endswith(BEGUN + b"apart")
        assert server.ask(GET % b"/" + b"Connection: close\r\n\r\n").endswith(b"0 bytes")
    finally:
        said = server.stop()
    assert said.count("our fault") >= 1
    assert said.count("Traceback") == 1
