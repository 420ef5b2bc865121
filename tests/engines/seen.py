"""Observations of one engine on one transport, and the table of them all."""

from collections.abc import Iterable
from dataclasses import dataclass

HEAD = f"{'engine':12} {'version':16} {'pipe':8} {'update seen':>12} {'recovered in':>13}"


@dataclass
class Seen:
    """*fault* is empty where everything was as it should be."""

    engine: str
    version: str
    pipe: str
    update_ms: float = 0
    recovered_s: float = 0
    fault: str = ""

    def line(self) -> str:
        start = f"{self.engine:12} {self.version:16} {self.pipe:8}"
        if self.fault:
            return f"{start} {self.fault.splitlines()[0][:160]}"
        return f"{start} {self.update_ms:9.0f} ms {self.recovered_s:11.2f} s"


def table(seen: Iterable[Seen]) -> str:
    """Lines of words: one engine below the other, its pipes together."""
    ordered = sorted(seen, key=lambda one: one.engine)
    return "\n".join([HEAD, *(one.line() for one in ordered)])
