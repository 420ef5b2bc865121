"""Parses a pasted list of names, one a line; reports every line that cannot be accepted."""

import re
from collections.abc import Iterable
from typing import Any, Protocol

from timely.domain.errors import ValidationError
from timely.domain.text import clean_text, same_name
from timely.services.errors import RuleBroken

MOST_FAULTS = 10
NUMBERED = re.compile(r"\s*(\d{1,4})[.)]\s+(?=\S)")


class Named(Protocol):
    @property
    def name(self) -> Any: ...


def new_names(
    text: str, there: Iterable[Named], *, most_characters: int, room: int, noun: str, where: str = ""
) -> list[str]:
    """The names. Empty lines are skipped; names are compared with those *there* ignoring case. *where* is for messages.

    Raises RuleBroken listing every line that cannot be accepted, its field being "names".
    """
    lines_of: dict[str, int] = {same_name(one.name): 0 for one in there}
    names: list[str] = []
    faults: list[str] = []
    for number, line in enumerate(_without_numbers(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")), 1):
        try:
            # A list copied from a spreadsheet has tabs between its cells.
            name = clean_text(" ".join(line.split()), "", most=most_characters)
        except ValidationError as fault:
            faults.append(f"Line {number} {fault.message}.")
            continue
        if not name:
            continue
        before = lines_of.setdefault(same_name(name), number)
        if before == 0:
            faults.append(f"Line {number}: there is a {noun} called “{name}”{where} already.")
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


def _without_numbers(lines: list[str]) -> list[str]:
    """The lines without their numbers, if they are numbered from 1 to the end.

    "1. FC Ash" alone is a name, and so are "1. Squad" and "2. Squad", which would be the same name without their
    numbers.
    """
    filled = [line for line in lines if line.strip()]
    numbers = [int(found[1]) for found in map(NUMBERED.match, filled) if found]
    bare = [_without_number(line) for line in filled]
    if len(filled) < 2 or numbers != list(range(1, len(filled) + 1)) or len(set(map(same_name, bare))) < len(bare):
        return lines
    return [_without_number(line) for line in lines]


def _without_number(line: str) -> str:
    found = NUMBERED.match(line)
    return line[found.end() :] if found else line
