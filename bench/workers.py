"""One worker, then two, on PostgreSQL with Redis between them: what an update costs, and when the last screen has it.

    .venv/bin/python -m bench.workers [--clients 1000] [--workers 1 2] [--runs 3] [--rounds 20]

Each starts a PostgreSQL and a Redis of its own. The clients are shared among the workers, as nginx shares them; all
results are saved on the first. Times and memory are of all workers together; the databases' own are not counted.
"""

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path
from shutil import which

from bench.league import League, moved_in
from bench.limits import GENEROUS, raise_file_limit
from bench.measures import Measure, middle, taken
from bench.servers import Restartable, subscription
from tests import postgres
from tests.browser.server import ROOT, Server
from tests.large.nginx import Nginx
from tests.large.redis_server import RedisServer
from tests.ports import free_port

KEY = "a key that all of the workers have"
MODE = "sio"
MOST_WORKERS = 8
NGINX_FILES = 8_192


class Workers(Restartable):
    """So many workers of the program in *root* on one database; with *has_nginx* two, behind nginx as it is shipped."""

    def __init__(self, number: int, root: Path = ROOT, has_nginx: bool = False) -> None:
        self.number, self.root, self.has_nginx = number, root, has_nginx
        self.servers: list[Server] = []
        self.doors: list[int] = []
        self.stack = ExitStack()

    def __enter__(self) -> "Workers":
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="timely-bench-")))
            cluster = stack.enter_context(postgres.cluster(free_port()))
            redis = RedisServer(folder, free_port())
            stack.callback(redis.stop)
            redis.start()
            shared = {
                "TIMELY_DATABASE_URL": cluster.url(cluster.new_database()),
                "TIMELY_REDIS_URL": redis.url,
                "TIMELY_SECRET_KEY": KEY,
                **({"TIMELY_PROXIES": "1"} if self.has_nginx else {}),
            }
            for number in range(self.number):
                data_dir = folder / f"data-{number}"
                data_dir.mkdir()
                server = Server(data_dir, self.root, **GENEROUS, **shared)
                stack.callback(server.dismiss_clerk)
                stack.callback(server.stop)
                self.servers.append(server)
            self.league: League = moved_in(self.servers[0], folder / "message.json")
            self.servers[0].dismiss_clerk()
            for server in self.servers[1:]:
                server.start()
            self.doors = [server.port for server in self.servers]
            if self.has_nginx:
                (folder / "nginx").mkdir()
                folder.chmod(0o755)  # nginx's own workers must be able to reach it
                nginx = Nginx(folder / "nginx", free_port(), self.doors, files=NGINX_FILES)
                stack.callback(nginx.stop)
                nginx.start()
                self.doors = [nginx.port]
            self.stack = stack.pop_all()
        self.port = self.doors[0]
        self.find_pids()
        self.trigger = self.league.save()
        return self

    def find_pids(self) -> None:
        self.pids = [server.process.pid for server in self.servers if server.process]

    def kill(self) -> None:
        for server in self.servers:
            server.kill()

    def start(self) -> None:
        for server in self.servers:
            server.start()
        self.find_pids()

    def __exit__(self, *error: object) -> None:
        self.stack.close()

    @property
    def ports(self) -> list[int]:
        return self.doors

    def subscribe(self, mode: str) -> str:
        return subscription(mode, self.league.event_id, {"topics": ["results"]})


def missing() -> str:
    """The requirements that this computer lacks; none if it has all."""
    if postgres.program("initdb") is None:
        return "PostgreSQL is not installed."
    return "" if which("redis-server") else "Redis is not installed."


def main() -> None:
    options = argparse.ArgumentParser(description="One worker and several, on PostgreSQL with Redis.")
    options.add_argument("--clients", type=int, default=1_000)
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--rounds", type=int, default=20)
    asked = options.parse_args()
    numbers = [number for number in asked.workers if 1 <= number <= MOST_WORKERS]
    if asked.runs < 1 or asked.rounds < 2 or not 10 <= asked.clients <= 10_000 or numbers != asked.workers:
        options.error(f"--runs 1 or more, --rounds 2 or more, --clients 10 to 10000, --workers 1 to {MOST_WORKERS}")
    if sentence := missing():
        raise SystemExit(sentence)
    raise_file_limit()
    print(f"{'workers':>8}{'clients':>9}{'held':>7}{'lost':>6}{'µs per update':>15}{'save and making, ms':>21}", end="")
    print(f"{'first, ms':>11}{'last, ms':>10}{'kB each':>9}{'connect, ms':>13}")
    for number in numbers:
        print(
            row(number, middle([measure(number, asked.clients, asked.rounds) for _ in range(asked.runs)])), flush=True
        )


def measure(number: int, clients: int, rounds: int) -> Measure:
    with Workers(number) as server:
        return taken(server, MODE, clients, rounds)


def row(number: int, seen: Measure) -> str:
    return (
        f"{number:8}{seen.clients:9}{seen.held:7.0f}{seen.lost:6.0f}{seen.delivery_us:15.1f}{seen.one_ms:21.1f}"
        f"{seen.first_ms:11.1f}{seen.last_ms:10.1f}{seen.kb_each:9.0f}{seen.connect_ms:13.2f}"
    )


if __name__ == "__main__":
    main()
