"""Measurements of this process at one moment, as plain numbers, for the alert rules."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Measurements:
    """Counted over the last minute unless noted. None means that this computer does not provide or have it."""

    watching: int = 0
    lost: int = 0
    slow_clients: int = 0
    refused: int = 0
    refused_most: tuple[str, int] = ("", 0)  # the address that was refused most often, and how often
    refused_for: str = ""  # the most frequent reason for it
    busiest: str = ""  # the address whose pages took the most processor time
    busiest_with: str = ""  # the page that it requested most
    busiest_seconds: float = 0.0
    busiest_count: int = 0  # number of its requests
    wrong_sign_ins: int = 0  # in five minutes
    sign_ins_from: str = ""
    failed: int = 0
    unreadable: int = 0  # values in the database that could not be read
    trouble: dict[str, int] = field(default_factory=dict)  # {reason: failed saves and reads}
    slowest_delivery: float = 0.0  # seconds
    longest_delay: float = 0.0  # seconds for which the event loop was blocked
    disk_free: int | None = None
    disk_lasts: float | None = None  # seconds until the disk is full, at the rate of the last minutes
    memory_free: int | None = None
    files: tuple[int, int] | None = None  # (open, limit)
    clock_jump: float = 0.0  # seconds, negative if back, within the last ten minutes
    slept: float = 0.0
    redis: bool | None = None  # whether it is connected; None without Redis


def most_of(names: list[str]) -> tuple[str, int]:
    """(the most frequent name, its number of occurrences); ("", 0) for no names."""
    return Counter(names).most_common(1)[0] if names else ("", 0)
