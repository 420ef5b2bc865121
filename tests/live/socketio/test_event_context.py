"""Context of a client's events: whose session is read, and what a spectator's events cost."""

import pytest
from flask import Flask, has_app_context, has_request_context, session

from timely.live.socketio.event_context import register, user_in


def environ_of(app: Flask, cookie: str = "") -> dict:
    return {
        **app.test_request_context("/socket.io/", headers={"Cookie": cookie} if cookie else {}).request.environ,
        "flask.app": app,
    }


@pytest.mark.parametrize("cookie", ["", "theme=dark", "another_timely_session_=1"])
def test_without_a_session_there_is_no_request_and_no_user(app: Flask, cookie: str) -> None:
    with user_in(environ_of(app, cookie)) as user:
        assert user is None
        assert has_app_context()
        assert not has_request_context()


def test_with_a_cookie_of_a_session_it_is_read(app: Flask) -> None:
    with user_in(environ_of(app, "theme=dark; timely_session=forged")) as user:
        assert has_request_context()
        assert not session
        assert not user.is_authenticated


def test_an_exception_becomes_an_acknowledgement_and_a_client_that_is_gone_gets_none(app: Flask) -> None:
    class Server:
        def __init__(self) -> None:
            self.handlers: dict = {}

        def on(self, name: str, handler: object) -> None:
            self.handlers[name] = handler

        def get_environ(self, sid: str) -> dict | None:
            return environ_of(app) if sid == "here" else None

    server = Server()
    register(server, {"divide": lambda sid, user, number: 1 / number}, repr)
    assert server.handlers["divide"]("here", 1) == 1
    assert "ZeroDivisionError" in server.handlers["divide"]("here", 0)
    assert server.handlers["divide"]("gone", 1) is None
