"""The live page in every engine on every pipe: when an update is seen, and how soon it recovers from a killed server.

    python3 start.py test --version                        (once: installs what tests and benches need)
    .venv/bin/python -m tests.engines.install              (once: installs the engines, as root on Debian)
    .venv/bin/python -m bench.engines [--pipe NAME]... [--engine NAME]...

Starts a server of its own with a temporary data folder. All engines are open at once, so they share the processor:
what one of them needs alone is less.
"""

import argparse
import tempfile
from pathlib import Path

from tests.browser.conftest import ORGANISER, data_dir_below
from tests.browser.server import Server
from tests.engines import readings, rounds
from tests.engines.catalogue import PLAIN, WITH_SCRIPT
from tests.engines.crew import Crew
from tests.engines.seen import Seen, table

REFRESH = "refresh"


def main() -> None:
    options = argparse.ArgumentParser(description="Every engine on every pipe.")
    options.add_argument("--pipe", action="append", choices=(*rounds.PIPES, REFRESH))
    options.add_argument("--engine", action="append", choices=[kind.name for kind in (*WITH_SCRIPT, *PLAIN)])
    asked = options.parse_args()
    pipes = asked.pipe or (*rounds.PIPES, REFRESH)
    with tempfile.TemporaryDirectory() as folder, Server(data_dir_below(Path(folder))) as server:
        server.add_person(ORGANISER, "organiser")
        print(table(measure(server, pipes, asked.engine)))


def measure(server: Server, pipes: list[str] | tuple[str, ...], names: list[str] | None) -> list[Seen]:
    """The readings, and a line for each engine that is not installed."""
    seen: list[Seen] = []
    with_script = [kind for kind in WITH_SCRIPT if not names or kind.name in names]
    plain = [kind for kind in PLAIN if (not names or kind.name in names) and REFRESH in pipes]
    with Crew(with_script) as crew, Crew(plain) as plain_crew:
        for name, sentence in {**crew.absent, **plain_crew.absent, **crew.broken, **plain_crew.broken}.items():
            seen.append(Seen(name, "", "", fault=sentence))
        for pipe in pipes:
            if pipe != REFRESH:
                seen += rounds.play(crew.running, pipe, server).values()
            elif plain_crew.running:
                seen += readings.read(plain_crew.running, server).values()
    return seen


if __name__ == "__main__":
    main()
