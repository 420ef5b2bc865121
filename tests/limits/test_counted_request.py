"""Open requests of one address behind proxies: each counts until its response, or what took it over, has ended."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from timely.limits.connections_per_address import ConnectionLimiter
from timely.live.socketio.request_guard import RequestGuard


def environ(**more: Any) -> dict[str, Any]:
    return {"REMOTE_ADDR": "192.0.2.7", "PATH_INFO": "/", **more}


def start(*_: Any) -> None:
    pass


def test_a_request_counts_until_its_body_is_closed() -> None:
    limiter = ConnectionLimiter(1)
    guard = RequestGuard(lambda environ, start: [b"a body"], None, limiter)
    body: Any = guard(environ(), start)
    assert limiter.is_full("192.0.2.7")
    body.close()
    assert not limiter.is_full("192.0.2.7")


@pytest.mark.parametrize("fault", [None, OSError("gone")])
def test_one_that_is_taken_over_counts_until_the_rest_has_ended(fault: Exception | None) -> None:
    limiter, taken = ConnectionLimiter(1), []

    def rest() -> None:
        assert limiter.is_full("192.0.2.7")
        if fault:
            raise fault

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        environ["timely.take_over"](rest)
        return []

    body: Any = RequestGuard(app, None, limiter)(environ(**{"timely.take_over": taken.append}), start)
    body.close()
    assert limiter.is_full("192.0.2.7")
    try:
        taken[0]()
    except OSError as error:
        assert error is fault
    assert not limiter.is_full("192.0.2.7")


def test_a_request_that_fails_counts_no_longer() -> None:
    limiter = ConnectionLimiter(1)

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        raise RuntimeError("our fault")

    with pytest.raises(RuntimeError):
        RequestGuard(app, None, limiter)(environ(), start)
    assert not limiter.is_full("192.0.2.7")
