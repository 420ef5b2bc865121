"""What the rules of the warnings look at: one moment of this process, in plain numbers."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Measurements:
    """Of the last minute where nothing else is said. None is what this computer does not tell, or does not have."""

    watching: int = 0
    lost: int = 0
    slow_clients: int = 0
    refused: int = 0
    refused_most: tuple[str, int] = ("", 0)  # the address that was turned away most often
    refused_for: str = ""  # and why, mostly
    busiest: str = ""  # the address whose pages took most of the processor
    busiest_with: str = ""  # what it asked for most
    busiest_seconds: float = 0.0
    busiest_count: int = 0  # how often it asked
    wrong_sign_ins: int = 0  # in five minutes
    sign_ins_from: str = ""
    failed: int = 0
    unreadable: int = 0  # values in the database that could not be read
    trouble: dict[str, int] = field(default_factory=dict)  # {why: how often} saves or reads failed
    slowest_delivery: float = 0.0  # seconds
    longest_delay: float = 0.0  # seconds for which the loop stood still
    disk_free: int | None = None
    disk_lasts: float | None = None  # seconds until it is full, if it goes on as in the last minutes
    memory_free: int | None = None
    files: tuple[int, int] | None = None  # open, and how many may be
    clock_jump: float = 0.0  # seconds, forward or (below 0) back, in the last ten minutes
    slept: float = 0.0
    redis: bool | None = None  # whether it answers


def most_of(names: list[str]) -> tuple[str, int]:
    """The name that stands there most often, and how often."""
    return Counter(names).most_common(1)[0] if names else ("", 0)
