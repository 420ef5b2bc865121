"""Many connections of one attacker, in a process of its own: each asks again as soon as it is answered.

    .venv/bin/python -m tests.limits.swarm PORT CONNECTIONS WAY [EVENT_SLUG]

Ends when its standard input does. WAY is one of `WAYS`.
"""

import random
import re
import selectors
import socket
import sys
from collections.abc import Callable

from tests.limits import raw_client
from tests.limits.apart import begun

DICE = random.Random(10)
LENGTH = re.compile(rb"\r\nContent-Length: (\d+)", re.IGNORECASE)
Ask = Callable[[str], bytes]


def word() -> str:
    return f"{DICE.getrandbits(64):x}"


def queries(slug: str) -> bytes:
    """Public pages, each with words after the question mark that no page knows."""
    pages = ("/", f"/events/{slug}/", f"/events/{slug}/schedule/", f"/events/{slug}/leaderboard/", "/matches/")
    return raw_client.request(f"{DICE.choice(pages)}?{word()}={word()}")


def known_queries(slug: str) -> bytes:
    """The same with words that pages do read, and a value that is none."""
    names = ("division", "key", "team", "pitch", "event", "theme")
    pages = (f"/events/{slug}/", "/matches/", f"/embed/events/{slug}/leaderboard/", f"/display/{slug}/")
    return raw_client.request(f"{DICE.choice(pages)}?{DICE.choice(names)}={word()}")


def days(slug: str) -> bytes:
    """A day each, nearly all of them without games."""
    return raw_client.request(f"/matches/?day={DICE.randrange(1900, 2200)}-{DICE.randrange(1, 13):02d}-05")


def scans(slug: str) -> bytes:
    """Addresses that do not exist."""
    return raw_client.request(f"/{DICE.choice(('wp', 'events/x', 'api/events/9', 'display/x', 'admin'))}{word()}/")


def hosts(slug: str) -> bytes:
    """The same page under names and ports without end, with cookies of somebody else's."""
    head = raw_client.request(f"/events/{slug}/", "GET", f"Cookie: c={word()}", f"Accept-Encoding: gzip, {word()}")
    return head.replace(b"Host: localhost", f"Host: {word()}.local:{DICE.randrange(1, 60_000)}".encode())


def small_chunks(slug: str) -> bytes:
    """A form of a hundred thousand pieces."""
    path = DICE.choice(("/login/", "/no-such-page/", "/api/fixtures/1/result/"))
    return raw_client.request(path, "POST", "Transfer-Encoding: chunked") + b"1\r\nx\r\n" * 100_000 + b"0\r\n\r\n"


def bodies_of_questions(slug: str) -> bytes:
    path = DICE.choice(("/", "/no-such-page/"))
    return raw_client.request(path, "GET", "Transfer-Encoding: chunked") + b"1\r\nx\r\n" * 100_000 + b"0\r\n\r\n"


WAYS: dict[str, Ask] = {
    way.__name__: way for way in (queries, known_queries, days, scans, hosts, small_chunks, bodies_of_questions)
}


class Asker:
    """One connection, which is opened anew whenever it is closed."""

    def __init__(self, port: int, ask: Callable[[], bytes]) -> None:
        self.port, self.ask = port, ask
        self.open()

    def open(self) -> None:
        self.client = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        self.client.setblocking(False)
        self.to_send, self.got = self.ask(), b""

    def go_on(self) -> bool:
        """Sends what there is, reads what has come; False when the connection is over."""
        try:
            if self.to_send:
                self.to_send = self.to_send[self.client.send(self.to_send[:65_536]) :]
            got = self.client.recv(65_536)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self.got += got
        if is_whole(self.got) and not self.to_send:
            self.to_send, self.got = self.ask(), b""
        return bool(got)


def is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    return bool(end) and len(body) >= (int(length[1]) if length else 0)


def main() -> None:
    port, connections, way, slug = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
    selector = selectors.DefaultSelector()
    for _ in range(connections):
        asker = Asker(port, lambda: WAYS[way](slug))
        selector.register(asker.client, selectors.EVENT_READ | selectors.EVENT_WRITE, asker)
    over = begun()
    while not over.is_set():
        for key, _ in selector.select(0.1):
            asker = key.data
            if not asker.go_on():
                selector.unregister(asker.client)
                asker.client.close()
                asker.open()
            interest = selectors.EVENT_READ | (selectors.EVENT_WRITE if asker.to_send else 0)
            if selector.get_map().get(asker.client) is None:
                selector.register(asker.client, interest, asker)
            else:
                selector.modify(asker.client, interest, asker)


if __name__ == "__main__":
    main()
