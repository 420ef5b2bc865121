"""All the engines of a run, started side by side, for starting is what takes the longest."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from tests.engines.engine import Engine

E = TypeVar("E", bound=Engine)


class Crew(Generic[E]):
    """*running* work; *absent* says which are not installed, *broken* which would not start: sentences by name."""

    def __init__(self, kinds: Sequence[type[E]]) -> None:
        self.running: list[E] = []
        self.absent: dict[str, str] = {}
        self.broken: dict[str, str] = {}
        with ThreadPoolExecutor(max(1, len(kinds))) as threads:
            list(threads.map(self._start, kinds))

    def __enter__(self) -> "Crew[E]":
        return self

    def __exit__(self, *error: object) -> None:
        for engine in self.running:
            engine.close()

    def _start(self, kind: type[E]) -> None:
        if sentence := kind.missing():
            self.absent[kind.name] = sentence
            return
        try:
            self.running.append(kind())
        except Exception as error:  # whatever one stumbles over, the others go on
            self.broken[kind.name] = f"{kind.name} did not start: {error}"
