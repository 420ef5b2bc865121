"""Pages drawn anew after a running score was saved: the server's processor time, and how long each holds the loop.

While one page is drawn, the server is asked from another address, without a pause, for something that it answers at
once: the refusal of an unknown host. The loop is held for the longest of these waits, as processor time of the server,
because what else runs on this computer is not the page's doing.
"""

import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.before_after.figure import Figure
from bench.before_after.trees import Trees
from bench.forms import Scorer
from bench.http_load import Reading, request
from bench.leagues import large_event, to_be_played
from bench.limits import GENEROUS
from tests.browser.server import Server
from tests.cups import cup_file

TITLE = "3: pages drawn anew, zipped"
MOST_TIMES, MOST_HELD_MS = 0.5, 50
ROUNDS, ROUNDS_HELD = 7, 5
SETTLED_SECONDS = 0.15  # until the server has published what was saved
GZIP = ("Accept-Encoding", "gzip, deflate")
ELSEWHERE = "127.0.0.2"  # pages of one address are drawn one after the other
TABS = {"details": "", "leaderboard": "leaderboard/", "schedule": "schedule/", "announcements": "announcements/"}
ORGANISER = "Olga"


@dataclass(frozen=True)
class Saved:
    """An event with one game that is still on."""

    id: int
    address: str
    game: int

    @property
    def slug(self) -> str:
        return self.address.strip("/").rpartition("/")[2]


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    event: Saved
    is_signed_in: bool = False


def measure(trees: Trees, runs: int) -> list[Figure]:
    """Two figures for each page, the median of the rounds of each run.

    Both servers run at once, on copies of the same data, and are asked in turn, so that a computer that is slower for a
    minute is so for both.
    """
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder:
        made = Server(Path(folder) / "data", trees.before)
        made.data_dir.mkdir()
        pages, token = _events(made)
        times = {page.name: Figure(page.name, "ms", most_times=MOST_TIMES) for page in pages}
        held = {page.name: Figure(f"{page.name}, loop held", "ms", most=MOST_HELD_MS) for page in pages}
        for number in range(runs):
            with _both(made, Path(folder), trees, number) as servers:
                for page in pages:
                    for root, (server, cookie) in servers.items():
                        rounds = Rounds(server, page.event, token, _request(server, page, cookie))
                        times[page.name].add(rounds.cpu_ms(), is_before=root == trees.before)
                        held[page.name].add(rounds.held_ms(), is_before=root == trees.before)
    return [figure for page in pages for figure in (times[page.name], held[page.name])]


@contextmanager
def _both(made: Server, folder: Path, trees: Trees, number: int) -> Iterator[dict[Path, tuple[Server, str]]]:
    """The fresh servers of a run, with the cookie of an organiser of theirs, by their tree."""
    with ExitStack() as running:
        servers = {}
        for root in trees:
            copy = folder / f"copy-{number}-{root == trees.before}"
            server = running.enter_context(made.on_a_copy(copy, root, **GENEROUS))
            servers[root] = server, Scorer(server.port, ORGANISER).cookie
        yield servers


def _events(server: Server) -> tuple[list[Page], str]:
    """(the pages that are measured, a token that may save), once the events are in the data folder."""
    server.add_person("Ada", "administrator")
    server.add_person(ORGANISER, "organiser")
    files = {"64 teams, 500 games": large_event(), "380 games": to_be_played(190), "knockout of 64": cup_file(64)}
    pages: list[Page] = []
    first_game = 1
    for title, file in files.items():
        event_id, address = server.import_event(file, "--owner", ORGANISER)
        is_open = [number for number, match in enumerate(file["matches"]) if "home_score" not in match]
        event = Saved(event_id, address, first_game + is_open[0])
        first_game += len(file["matches"])
        pages += _pages(title, event, has_bracket="knockout" in title)
    pages += [Page("front page", "/", pages[0].event), Page("matches", "/matches/?day=2026-10-05", pages[0].event)]
    token = server.token_of("Ada")
    server.dismiss_clerk()
    return pages, token


def _pages(title: str, event: Saved, *, has_bracket: bool) -> Iterator[Page]:
    tabs = TABS | ({"bracket": "bracket/"} if has_bracket else {})
    for name, tab in tabs.items():
        yield Page(f"{title}: {name}", event.address + tab, event)
    yield Page(f"{title}: display", f"/display/{event.slug}/", event)
    yield Page(f"{title}: in a frame", f"/embed/events/{event.slug}/schedule/", event)
    for part in ("leaderboard", "schedule", *(["bracket"] if has_bracket else [])):
        yield Page(f"{title}: API, {part}", f"/api/events/{event.id}/{part}/", event)
    yield Page(f"{title}: results desk", f"/admin/results/?event={event.id}", event, is_signed_in=True)


def _request(server: Server, page: Page, cookie: str) -> bytes:
    return request(server.port, page.path, [GZIP, *([("Cookie", cookie)] if page.is_signed_in else [])])


class Rounds:
    """Rounds of one page: a score is saved, and the page that is out of date by it is asked for once."""

    def __init__(self, server: Server, event: Saved, token: str, wanted: bytes) -> None:
        self.server, self.event, self.token, self.wanted = server, event, token, wanted
        self.score = 0

    def cpu_ms(self) -> float:
        found = []
        for _ in range(ROUNDS):
            with self._connection() as client:
                self._save()
                before = self._cpu_seconds()
                ask(client, self.wanted)
                found.append((self._cpu_seconds() - before) * 1000)
        return median(found)

    def held_ms(self) -> float:
        return median(self._longest_wait() for _ in range(ROUNDS_HELD)) * 1000

    def _longest_wait(self) -> float:
        """Processor seconds for which a visitor elsewhere waits while the page is drawn."""
        waits: list[float] = []
        over = threading.Event()
        with self._connection() as client, self._connection(ELSEWHERE) as probe:
            refused = request(self.server.port, "/").replace(b"Host: 127.0.0.1", b"Host: nobody.invalid")

            def keep_asking() -> None:
                while not over.is_set():
                    began = self._cpu_seconds()
                    ask(probe, refused, status=400)
                    waits.append(self._cpu_seconds() - began)

            self._save()
            asking = threading.Thread(target=keep_asking)
            asking.start()
            time.sleep(0.02)
            waits.clear()  # the first waits for the connection to be accepted
            ask(client, self.wanted)
            over.set()
            asking.join()
        return max(waits)

    def _save(self) -> None:
        self.score += 1
        body = {"home_score": self.score % 90, "away_score": 0, "running": True}
        self.server.call("PUT", f"/api/fixtures/{self.event.game}/result/", body, self.token)
        time.sleep(SETTLED_SECONDS)

    @contextmanager
    def _connection(self, source: str = "127.0.0.1") -> Iterator[socket.socket]:
        with socket.create_connection(("127.0.0.1", self.server.port), 30, (source, 0)) as client:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            yield client

    def _cpu_seconds(self) -> float:
        """Of all threads of the server, to the nanosecond."""
        assert self.server.process is not None
        tasks = Path(f"/proc/{self.server.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text("ascii").split()[0]) for task in tasks) / 1e9


def ask(client: socket.socket, wanted: bytes, status: int = 200) -> None:
    """Sends *wanted* and reads the whole answer. Raises RuntimeError unless it has the *status*."""
    client.sendall(wanted)
    reading = Reading()
    while not reading.take(client.recv(262_144)):
        pass
    if reading.status != status:
        raise RuntimeError(f"{wanted[:80]!r} was answered by {reading.status}")
