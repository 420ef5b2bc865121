"""Summary of a format: "4 groups of 4, then quarter-finals"."""

from collections import Counter
from collections.abc import Sequence

from timely.models import Division
from timely.models.entrants import Entrant
from timely.models.read_only import EventView
from timely.queries.group_sizes import group_sizes
from timely.queries.schedule import Pairing, has_games, pairings

TIMES = {1: "once", 2: "twice"}


def formats_text(event: EventView) -> list[tuple[str, str]]:
    """[("Format", text)] of the event, or [(name, text)] of its divisions; without those that have no games."""
    if not event.divisions:
        text = format_text(event)
        return [("Format", text)] if text else []
    found = [(division.name, format_text(event, division)) for division in event.divisions]
    return [(name, text) for name, text in found if text]


def format_text(event: EventView, division: Division | None = None) -> str:
    """Derived from the stages and fixtures, so it fits any origin: format, by hand, or file; "" without games."""
    division_id = division.id if division else None
    stages = [stage for stage in event.stages if stage.division_id == division_id]
    sizes: list[int] = []
    times = 1
    round_name = ""
    legs = False
    sides: set[int | None] = set()
    for stage in stages:
        if stage.kind == "knockout":
            games = pairings(event, stage)
            round_name, legs = _first_round(games), any(one.leg for one in games)
            sides = {id_ for one in games for id_ in (one.home_team_id, one.away_team_id)} - {None}
        elif has_games(stage):
            sizes = group_sizes(stage)
            times = stage.options.get("format", {}).get("times", 1)
    return format_words(sizes, times, round_name, len(sides), event.entrant, legs=legs)


def format_words(
    sizes: Sequence[int], times: int, round_name: str, sides: int, entrant: Entrant, *, legs: bool = False
) -> str:
    """*sizes* are of the groups, *round_name* is the first knockout round, *sides* the number of its entrants."""
    ties = " of two legs" if legs else ""
    if not sizes:
        if not round_name:
            return ""
        start = "" if round_name == "Final" else f", from {_definite(round_name)} on"
        return f"A knockout of {entrant.count(sides)}{start}{',' + ties if ties else ''}"
    text = f"All meet all {TIMES.get(times, f'{times} times')}" if len(sizes) == 1 else _groups(sizes)
    if len(sizes) > 1 and times > 1:
        text += f", all of a group meeting {TIMES.get(times, f'{times} times')}"
    return f"{text}, then {_indefinite(round_name)}{ties}" if round_name else text


def _groups(sizes: Sequence[int]) -> str:
    counted = sorted(Counter(sizes).items(), reverse=True)
    first, *others = (f"{count} group{'' if count == 1 else 's'} of {size}" for size, count in counted)
    return " and ".join([first, *(other.replace(" groups", "").replace(" group", "") for other in others)])


def _first_round(games: Sequence[Pairing]) -> str:
    # Fixtures are created in an order in which they can be played.
    return next((one.round for one in games if one.round), "Knockout" if games else "")


def _definite(round_name: str) -> str:
    return f"the {round_name[0].lower()}{round_name[1:]}"


def _indefinite(round_name: str) -> str:
    """ "quarter-finals", "a round of 16", "a final"."""
    plain = f"{round_name[0].lower()}{round_name[1:]}"
    return plain if plain.endswith("s") else f"a {plain}"
