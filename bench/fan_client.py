"""fan.c from Python: many clients of one server, and what they saw."""

import json
import subprocess
import tempfile
from dataclasses import dataclass
from typing import Any

from bench import workshop
from bench.servers import Measured

# With the comma, or round 1 would be found in round 10. fan.c also looks for the spelling with a space.
MARK = '"home_score":%d,'
LONGEST_SECONDS = 600
# More than the tenth of a second in which Timely tells a topic only once.
GAP_MS = 150


@dataclass(frozen=True)
class Seen:
    """The figures that a run of fan printed; see the end of play_rounds() in fan.c."""

    clients: int
    held: int
    still: int
    rounds: int
    deliveries: int
    lost: int
    message_bytes: int
    p50_ms: float
    p99_ms: float
    first_ms: float
    last_ms: float
    cpu_s: float
    cpu_round_ms: float
    connect_s: float
    connect_cpu_s: float
    kb_before: float
    kb: float
    kb_after: float


def play(server: Measured, mode: str, clients: int, rounds: int, gap_ms: int = GAP_MS) -> Seen:
    """Connects the clients, triggers the rounds. Raises RuntimeError with what fan said if it could not."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".http") as trigger:
        trigger.write(server.trigger.replace("{port}", str(server.port)))
        trigger.flush()
        done = subprocess.run(
            words(server, mode, clients, str(rounds), gap_ms, trigger.name, MARK),
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
        )
    if done.returncode != 0 or not done.stdout:
        raise RuntimeError(f"fan ended with {done.returncode}: {done.stderr.strip()}")
    printed: dict[str, Any] = json.loads(done.stdout)
    if printed["bad_triggers"] or printed["refused"]:
        raise RuntimeError(f"the server refused {printed['bad_triggers']} triggers: {done.stderr.strip()}")
    return Seen(**{name: printed[name] for name in Seen.__dataclass_fields__})


class Storm:
    """Clients that come back at once when their server is killed; a context manager."""

    def __init__(self, server: Measured, mode: str, clients: int, mark: str) -> None:
        self.command = words(server, mode, clients, "storm", 0, "", mark)

    def __enter__(self) -> "Storm":
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.communicate()

    def wait_for(self, word: str) -> None:
        """Until fan says it. Raises RuntimeError if it says something else."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line.startswith(word):
            raise RuntimeError(f"fan was to say {word!r} and said {line!r}")

    def is_over(self) -> bool:
        return self.process.poll() is not None

    def result(self) -> dict[str, Any]:
        """The figures that it printed last."""
        assert self.process.stdout is not None
        printed: dict[str, Any] = json.loads(self.process.stdout.read())
        return printed


def words(server: Measured, mode: str, clients: int, rounds: str, gap_ms: int, trigger: str, mark: str) -> list[str]:
    """The command of one run."""
    program = workshop.compiled(workshop.HERE / "fan.c")
    pids = ",".join(map(str, server.pids))
    numbers = [",".join(map(str, server.ports)), str(clients), rounds, str(gap_ms)]
    return [str(program), mode, "127.0.0.1", *numbers, server.subscribe(mode), trigger, mark, pids]
