"""Concurrent requests: a page is rendered once at a time, and one page at a time for an address."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask

from tests.web.test_response_cache import save
from timely.web.response_cache import ResponseCache

EVENT = "/events/saturday-league/"
HERE = "this computer"


class SlowApp:
    """Delays the requests to an app, and counts them, and the most at the same time."""

    def __init__(self, inner: Callable[..., Iterable[bytes]]) -> None:
        self.inner = inner
        self.asked = self.now = self.most_concurrent = 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.asked += 1
        self.now += 1
        self.most_concurrent = max(self.most_concurrent, self.now)
        try:
            time.sleep(0.3)
            return self.inner(environ, start)
        finally:
            self.now -= 1


def request_concurrently(app: Flask, paths: list[str], *, own_addresses: bool = True) -> list[Any]:
    """*own_addresses*: each request comes from an address of its own."""
    found: list[Any] = []

    def ask(number: int, path: str) -> None:
        address = {"REMOTE_ADDR": f"10.0.0.{number}" if own_addresses else "127.0.0.1"}
        found.append(app.test_client().get(path, environ_base=address))

    threads = [threading.Thread(target=ask, args=one) for one in enumerate(paths)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.parametrize("own_addresses", [True, False])
def test_concurrent_requests_for_a_page_render_it_once(
    app: Flask, league: int, cache: ResponseCache, own_addresses: bool
) -> None:
    slow = cache.inner = SlowApp(cache.inner)
    answers = request_concurrently(app, [f"{EVENT}?a={number}" for number in range(8)], own_addresses=own_addresses)
    assert slow.asked == 1
    assert {(answer.status_code, answer.data) for answer in answers} == {(200, answers[0].data)}
    save(app)
    request_concurrently(app, [EVENT] * 8, own_addresses=own_addresses)
    assert slow.asked == 2


def test_different_pages_are_rendered_concurrently(app: Flask, admin: int, league: int, cache: ResponseCache) -> None:
    slow = cache.inner = SlowApp(cache.inner)
    request_concurrently(app, [EVENT, f"{EVENT}schedule/", "/"])
    assert (slow.asked, slow.most_concurrent) == (3, 3)
    app.test_client().get("/login/")
    request_concurrently(app, ["/login/"] * 3)  # each has a form of their own
    assert (slow.asked, slow.most_concurrent) == (7, 3)


def test_one_page_is_rendered_at_a_time_for_an_address(app: Flask, league: int, cache: ResponseCache) -> None:
    slow = cache.inner = SlowApp(cache.inner)
    request_concurrently(app, [EVENT, f"{EVENT}schedule/", "/", "/login/"], own_addresses=False)
    assert (slow.asked, slow.most_concurrent) == (4, 1)
    assert cache.turns._queues == {}


def test_a_known_page_is_rendered_before_unknown_paths(app: Flask, league: int, cache: ResponseCache) -> None:
    app.test_client().get(EVENT)
    save(app)
    asked: list[str] = []
    inner = cache.inner

    def record(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        asked.append(environ["PATH_INFO"])
        return inner(environ, start)

    cache.inner = record
    paths = ["/events/made-up/", "/events/made-up-too/", EVENT]
    threads = [threading.Thread(target=app.test_client().get, args=[path]) for path in paths]
    assert cache.turns.acquire(HERE, 1.0)
    for number, thread in enumerate(threads):
        thread.start()
        while len(cache.turns._queues[HERE]) <= number:
            time.sleep(0.001)
    cache.turns.release(HERE)
    for thread in threads:
        thread.join()
    assert asked == [EVENT, *paths[:2]]
