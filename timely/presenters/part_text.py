"""Names of the parts of a game: "Set 2", "Quarter 1", "Overtime 2"."""

from timely.domain.sports import Sport
from timely.domain.translation import lazy_pgettext, pgettext, pgettext_noop

# By `Sport.set_name` and `Periods.name`.
NUMBERED = {
    "Set": pgettext_noop("part of a game", "Set %(number)s"),
    "Game": pgettext_noop("part of a match in badminton, squash or table tennis", "Game %(number)s"),
    "Quarter": pgettext_noop("part of a game", "Quarter %(number)s"),
    "Half": pgettext_noop("part of a game", "Half %(number)s"),
    "Period": pgettext_noop("part of a game", "Period %(number)s"),
}
# By `Periods.overtime`; the first has no number.
OVERTIME = {
    "Overtime": (lazy_pgettext("part of a game", "Overtime"), pgettext_noop("part of a game", "Overtime %(number)s")),
    "Extra time": (
        lazy_pgettext("part of a game", "Extra time"),
        pgettext_noop("part of a game", "Extra time %(number)s"),
    ),
}


def set_text(sport: Sport, number: int) -> str:
    """ "Set 2"; "Game 2" where a match has games."""
    if sport.set_name == "Game":
        return pgettext("part of a match in badminton, squash or table tennis", NUMBERED[sport.set_name], number=number)
    return pgettext("part of a game", NUMBERED[sport.set_name], number=number)


def period_texts(sport: Sport, usual: int, count: int) -> list[str]:
    """ "Quarter 1" and so on for the *usual* periods, then "Overtime", "Overtime 2", *count* in all."""
    if sport.periods is None:
        return []
    name, (first, numbered) = NUMBERED[sport.periods.name], OVERTIME[sport.periods.overtime]
    periods = [pgettext("part of a game", name, number=number) for number in range(1, usual + 1)]
    late = [
        str(first) if number == 1 else pgettext("part of a game", numbered, number=number)
        for number in range(1, count - usual + 1)
    ]
    return periods + late
