"""Parses a pasted list of names, one a line; reports every line that cannot be accepted."""

import re
from collections.abc import Iterable
from typing import Any, Protocol

from timely.domain.errors import ValidationError
from timely.domain.text import clean_text, same_name
from timely.domain.translation import gettext, gettext_noop, ngettext
from timely.services.errors import RuleBroken

MOST_FAULTS = 10
# By `Entrant.one` and what else is added from a list.
TAKEN = {
    "team": gettext_noop("Line %(number)s: there is a team called “%(name)s” already."),
    "pair": gettext_noop("Line %(number)s: there is a pair called “%(name)s” already."),
    "player": gettext_noop("Line %(number)s: there is a player called “%(name)s” already."),
    "division": gettext_noop("Line %(number)s: there is a division called “%(name)s” already."),
    "pitch": gettext_noop("Line %(number)s: there is a pitch called “%(name)s” already."),
}
TAKEN_IN_DIVISION = {
    "team": gettext_noop("Line %(number)s: there is a team called “%(name)s” in %(division)s already."),
    "pair": gettext_noop("Line %(number)s: there is a pair called “%(name)s” in %(division)s already."),
    "player": gettext_noop("Line %(number)s: there is a player called “%(name)s” in %(division)s already."),
}
NONE_GIVEN = {
    "team": gettext_noop("Type or paste at least one team, one a line."),
    "pair": gettext_noop("Type or paste at least one pair, one a line."),
    "player": gettext_noop("Type or paste at least one player, one a line."),
    "division": gettext_noop("Type or paste at least one division, one a line."),
    "pitch": gettext_noop("Type or paste at least one pitch, one a line."),
}
NUMBERED = re.compile(r"\s*(\d{1,4})[.)]\s+(?=\S)")


class Named(Protocol):
    @property
    def name(self) -> Any: ...


def new_names(
    text: str, there: Iterable[Named], *, most_characters: int, room: int, noun: str, division: str = ""
) -> list[str]:
    """The names. Empty lines are skipped; names are compared with those *there* ignoring case.

    *noun* (a key of TAKEN) and *division* are for messages.

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
            faults.append(gettext("Line %(number)s %(fault)s.", number=number, fault=fault.text))
            continue
        if not name:
            continue
        before = lines_of.setdefault(same_name(name), number)
        if before == 0:
            message = (TAKEN_IN_DIVISION if division else TAKEN)[noun]
            faults.append(gettext(message, number=number, name=name, division=division))
        elif before != number:
            faults.append(
                gettext(
                    "Line %(number)s: “%(name)s” stands in line %(before)s as well.",
                    number=number,
                    name=name,
                    before=before,
                )
            )
        else:
            names.append(name)
    if len(names) > room:
        faults.append(
            gettext("These are %(count)s, and there is room for %(room)s more.", count=len(names), room=max(room, 0))
        )
    if not names and not faults:
        faults.append(gettext(NONE_GIVEN[noun]))
    if len(faults) > MOST_FAULTS:
        more = len(faults) - MOST_FAULTS
        faults[MOST_FAULTS:] = [
            ngettext("And %(num)s more lines like these.", "And %(num)s more lines like these.", more)
        ]
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
