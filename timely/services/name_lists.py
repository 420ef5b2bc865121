"""Reads a pasted list of names, one a line; says which lines cannot be taken, and why."""

from collections.abc import Iterable
from typing import Any, Protocol

from timely.domain.faults import Fault
from timely.event_file.fields import clean_text
from timely.services.faults import RuleBroken

MOST_FAULTS = 10


class Named(Protocol):
    @property
    def name(self) -> Any: ...


def new_names(text: str, there: Iterable[Named], *, most_characters: int, most_names: int, noun: str) -> list[str]:
    """The names. Empty lines are passed over; capitals make no other name than one of those *there*.

    Raises RuleBroken with every line that cannot be taken, its field being "names".
    """
    lines_of: dict[str, int] = {same(one.name): 0 for one in there}
    room = most_names - len(lines_of)
    names: list[str] = []
    faults: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        try:
            # A list out of a spreadsheet has tabs between its cells.
            name = clean_text(" ".join(line.split()), "", most=most_characters)
        except Fault as fault:
            faults.append(f"Line {number} {fault.message}.")
            continue
        if not name:
            continue
        before = lines_of.setdefault(same(name), number)
        if before == 0:
            faults.append(f"Line {number}: there is a {noun} called “{name}” already.")
        elif before != number:
            faults.append(f"Line {number}: “{name}” stands in line {before} as well.")
        else:
            names.append(name)
    if len(names) > room:
        faults.append(f"These are {len(names)}, and there is room for {max(room, 0)} more.")
    if not names and not faults:
        faults.append(f"Type or paste at least one {noun}, one a line.")
    if len(faults) > MOST_FAULTS:
        faults = [*faults[:MOST_FAULTS], f"And {len(faults) - MOST_FAULTS} more lines like these."]
    if faults:
        raise RuleBroken("\n".join(faults), field="names")
    return names


def same(name: str) -> str:
    """Two names are the same one if this is."""
    return " ".join(name.split()).casefold()
