"""A real PostgreSQL for tests: a cluster of their own on a port of its own, and a database for each test."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest

START_SECONDS = 30
STOP_SECONDS = 10
# Debian keeps the programs of each version in a folder of its own, and only its wrappers in the path.
FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/libexec/postgresql*", "/opt/homebrew/opt/postgresql*/bin")
# Nothing that is written here has to outlive a pulled plug.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=80")


def program(name: str) -> str | None:
    """Where the program of PostgreSQL is, of the newest version that is installed; None if none is."""
    found = [path for folder in FOLDERS for path in sorted(Path("/").glob(f"{folder[1:]}/{name}"))]
    return str(found[-1]) if found else shutil.which(name)


def require() -> None:
    """Skips the test where PostgreSQL is not installed; in CI it has to be."""
    if program("initdb") is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and CI has to have it")
        pytest.skip("PostgreSQL is not installed")


def another_user() -> dict[str, Any]:
    """Who runs it: ourselves, but never root, whom PostgreSQL refuses."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


class Cluster:
    """Runs between `start()` and `stop()`. Anybody on this computer may connect, as `timely`, without a password."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.process: subprocess.Popen[bytes] | None = None
        self.made = 0

    def url(self, database: str) -> str:
        return f"postgresql+psycopg2://timely@127.0.0.1:{self.port}/{database}"

    def make(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        initdb = [program("initdb"), "--username=timely", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run(
            [*initdb, "--no-sync", "-D", str(self.folder / "data")],
            check=True,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            **another_user(),
        )

    def start(self) -> None:
        """Returns once it answers. Raises RuntimeError with its log if it does not."""
        quick = [word for setting in QUICK for word in ("-c", setting)]
        place = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-p", str(self.port)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(program("postgres")), "-D", str(self.folder / "data"), *place, *quick],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                **another_user(),
            )
        give_up_at = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > give_up_at:
                raise RuntimeError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text('utf-8', 'replace')}")
            time.sleep(0.05)

    def stop(self) -> None:
        """At once, whoever is connected."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(STOP_SECONDS)

    def new_database(self, template: str = "template1") -> str:
        """The name of a database that nobody knows yet, with all that is in the template."""
        self.made += 1
        name = f"timely_{self.made}"
        self.do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        self.do(f"DROP DATABASE {database} WITH (FORCE)")

    def do(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """The rows, if it has any. Each statement is a transaction of its own."""
        connection = self.connect(database)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def connect(self, database: str) -> Any:
        """A connection of psycopg2's own; its first statement begins a transaction."""
        return psycopg2.connect(host="127.0.0.1", port=self.port, user="timely", dbname=database)

    def _answers(self) -> bool:
        try:
            self.do("SELECT 1")
            return True
        except psycopg2.OperationalError:
            return False


@contextmanager
def cluster(port: int) -> Iterator[Cluster]:
    """A running one in a folder of the system's, for its own user must be able to reach it."""
    folder = Path(tempfile.mkdtemp(prefix="timely-postgresql-"))
    one = Cluster(folder, port)
    try:
        one.make()
        one.start()
        yield one
    finally:
        one.stop()
        shutil.rmtree(folder, ignore_errors=True)
