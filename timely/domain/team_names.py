"""Distinct names for the teams of an event, in which two divisions may have teams of the same name."""

from collections import Counter
from collections.abc import Iterable


def distinct_names(teams: Iterable[tuple[str, str | None]]) -> list[str]:
    """One name for each (name, division), in order: "Ash", or "Ash (U9)" where several are called "Ash".

    The same teams in the same order always get the same names, and no name is given twice.
    """
    listed = list(teams)
    times = Counter(name for name, _ in listed)
    taken = set(times)
    found = []
    for name, division in listed:
        distinct = name
        if times[name] > 1 and division:
            distinct = f"{name} ({division})"
            while distinct in taken:  # a team is really called that
                distinct += f" ({division})"
            taken.add(distinct)
        found.append(distinct)
    return found
