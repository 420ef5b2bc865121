"""Summary of a format: "4 groups of 4, then quarter-finals"."""

import re
from collections import Counter
from collections.abc import Sequence

from timely.domain.translation import gettext, lazy_gettext, ngettext, npgettext
from timely.models import Division
from timely.models.entrants import Entrant
from timely.models.read_only import EventView
from timely.presenters.list_text import list_text
from timely.presenters.round_text import round_text
from timely.queries.group_sizes import group_sizes
from timely.queries.schedule import Pairing, game_count, pairings

THEN = {
    "Final": lazy_gettext("then a final"),
    "Semi-finals": lazy_gettext("then semi-finals"),
    "Quarter-finals": lazy_gettext("then quarter-finals"),
    "Round of 16": lazy_gettext("then a round of 16"),
    "Round of 32": lazy_gettext("then a round of 32"),
    "Preliminary round": lazy_gettext("then a preliminary round"),
    "Knockout": lazy_gettext("then a knockout"),
}
THEN_OF_TWO_LEGS = {
    "Final": lazy_gettext("then a final of two legs"),
    "Semi-finals": lazy_gettext("then semi-finals of two legs"),
    "Quarter-finals": lazy_gettext("then quarter-finals of two legs"),
    "Round of 16": lazy_gettext("then a round of 16 of two legs"),
    "Round of 32": lazy_gettext("then a round of 32 of two legs"),
    "Preliminary round": lazy_gettext("then a preliminary round of two legs"),
    "Knockout": lazy_gettext("then a knockout of two legs"),
}
FROM = {
    "Semi-finals": lazy_gettext("from the semi-finals on"),
    "Quarter-finals": lazy_gettext("from the quarter-finals on"),
    "Round of 16": lazy_gettext("from the round of 16 on"),
    "Round of 32": lazy_gettext("from the round of 32 on"),
    "Preliminary round": lazy_gettext("from the preliminary round on"),
    "Knockout": lazy_gettext("from the knockout on"),
}


def formats_text(event: EventView) -> list[tuple[str, str]]:
    """[("Format", text)] of the event, or [(name, text)] of its divisions; without those that have no games."""
    if not event.divisions:
        text = format_text(event)
        return [(gettext("Format"), text)] if text else []
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
        elif games_arranged := game_count(stage):
            sizes = group_sizes(stage)
            times = stage.options.get("format", {}).get("times") or _meetings(sizes, games_arranged)
    return format_words(sizes, times, round_name, len(sides), event.entrant, legs=legs)


def _meetings(sizes: Sequence[int], games: int) -> int:
    """How often all meet all, of games that were arranged by hand or came in a file."""
    pairs = sum(size * (size - 1) // 2 for size in sizes)
    return max(1, games // pairs) if pairs else 1


def format_words(
    sizes: Sequence[int], times: int, round_name: str, sides: int, entrant: Entrant, *, legs: bool = False
) -> str:
    """*sizes* are of the groups, *round_name* is the first knockout round, *sides* the number of its entrants."""
    if not sizes:
        return _knockout(round_name, sides, entrant, legs=legs) if round_name else ""
    if len(sizes) == 1:
        parts = [_league(times)]
    else:
        parts = [_groups(sizes)]
        if times > 1:
            parts.append(_times_in_groups(times))
    if round_name:
        parts.append(_then(round_name, legs=legs))
    return ", ".join(parts)


def _knockout(round_name: str, sides: int, entrant: Entrant, *, legs: bool) -> str:
    parts = [_knockout_of(entrant, sides)]
    if round_name != "Final":
        parts.append(_from(round_name))
    if legs:
        parts.append(gettext("of two legs"))
    return ", ".join(parts)


def _knockout_of(entrant: Entrant, sides: int) -> str:
    if entrant.one == "pair":
        return ngettext("A knockout of %(num)s pair", "A knockout of %(num)s pairs", sides)
    if entrant.one == "player":
        return ngettext("A knockout of %(num)s player", "A knockout of %(num)s players", sides)
    return ngettext("A knockout of %(num)s team", "A knockout of %(num)s teams", sides)


def _league(times: int) -> str:
    if times == 1:
        return gettext("All meet all once")
    if times == 2:
        return gettext("All meet all twice")
    return ngettext("All meet all %(num)s time", "All meet all %(num)s times", times)


def _times_in_groups(times: int) -> str:
    if times == 2:
        return gettext("all of a group meeting twice")
    return ngettext("all of a group meeting %(num)s time", "all of a group meeting %(num)s times", times)


def _groups(sizes: Sequence[int]) -> str:
    (size, count), *others = sorted(Counter(sizes).items(), reverse=True)
    first = ngettext("%(num)s group of %(size)s", "%(num)s groups of %(size)s", count, size=size)
    more = [
        npgettext("groups, after other groups", "%(num)s of %(size)s", "%(num)s of %(size)s", count, size=size)
        for size, count in others
    ]
    return list_text([first, *more])


def _then(round_name: str, *, legs: bool) -> str:
    """ "then quarter-finals", "then a round of 16 of two legs"."""
    known = THEN_OF_TWO_LEGS if legs else THEN
    if round_name in known:
        return str(known[round_name])
    teams = _teams_in(round_name)
    if teams and legs:
        return gettext("then a round of %(teams)s of two legs", teams=teams)
    if teams:
        return gettext("then a round of %(teams)s", teams=teams)
    name = round_text(round_name)
    return gettext("then %(round)s of two legs", round=name) if legs else gettext("then %(round)s", round=name)


def _from(round_name: str) -> str:
    if round_name in FROM:
        return str(FROM[round_name])
    teams = _teams_in(round_name)
    if teams:
        return gettext("from the round of %(teams)s on", teams=teams)
    return gettext("from %(round)s on", round=round_text(round_name))


def _teams_in(round_name: str) -> str:
    found = re.fullmatch(r"Round of (\d+)", round_name)
    return found[1] if found else ""


def _first_round(games: Sequence[Pairing]) -> str:
    # Fixtures are created in an order in which they can be played.
    return next((one.round for one in games if one.round), "Knockout" if games else "")
