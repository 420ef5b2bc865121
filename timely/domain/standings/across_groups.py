"""Compares teams of different groups: the best third-placed, the seeding of a knockout."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from timely.domain.rules.rules import Rules
from timely.domain.rules.tiebreakers import TIEBREAKERS, count_for, read_tiebreakers
from timely.domain.standings.outcome import Outcome, Team
from timely.domain.standings.ranking import Lines, ManualOrder, Notes, place, separate
from timely.domain.standings.standing import Standing
from timely.domain.standings.tally import tally

Group = Hashable
Tables = Mapping[Group, Sequence[Standing]] | Sequence[Sequence[Standing]]

# Ways to make groups of unequal size comparable.
EQUALISERS = ("as_is", "drop_last", "per_game")


def rank_across(
    standings_by_group: Tables,
    tiebreakers: Sequence[str],
    *,
    manual_order: ManualOrder | None = None,
    position: int | None = None,
    equalise: str = "as_is",
    outcomes: Iterable[Outcome] = (),
    rules: Rules | None = None,
    notes: Notes | None = None,
) -> list[tuple[Group, Standing]]:
    """(group, line) in order; position and `tied` of each line are those of this comparison.

    Tables in a list are numbered as groups. With *position* only the team of that place in each group is compared (3:
    the third-placed), and if it was not settled which team has that place, its line is `tied`.

    Groups of unequal size: "as_is" compares what the tables say. "per_game" divides what adds up by the games played.
    "drop_last" leaves out the results against teams whose place is lower than the size of the smallest group, as
    federations do; it needs the games of all groups in *outcomes*, and the *rules*; the lines then have the values that
    were compared. If it was not settled which teams came so low, the lines of that group are `tied`.
    Raises ValidationError for tie-breakers that make no sense here.
    """
    criteria = read_tiebreakers(list(tiebreakers), "tiebreakers", between_groups=True)
    by_group = standings_by_group
    if not isinstance(by_group, Mapping):
        by_group = dict(enumerate(by_group))
    left_out, open_groups = _lowest(by_group) if equalise == "drop_last" else (set(), set())
    if left_out and rules is None:
        raise ValueError("drop_last counts games anew: it needs the rules")
    group_of: dict[Team, Group] = {}
    unsettled: set[Team] = set()
    level: Lines = []
    for group, lines in by_group.items():
        chosen = lines if position is None else lines[position - 1 : position]
        for line in chosen:
            group_of[line.team] = group
            level.append(replace(line))
            if group in open_groups or (position is not None and line.tied):
                unsettled.add(line.team)
    if left_out and rules:
        level = _without(left_out, level, list(outcomes), rules, {*criteria, *rules.all_tiebreakers})
    per_game = equalise == "per_game"
    runs = [level] if level else []
    for one in (TIEBREAKERS[key] for key in criteria):
        runs = [run for part in runs for run in separate(part, one, manual_order or {}, notes, per_game=per_game)]
    ordered = place(runs)
    for line in ordered:
        line.tied = line.tied or line.team in unsettled
    return [(group_of[line.team], line) for line in ordered]


def _lowest(by_group: Mapping[Group, Sequence[Standing]]) -> tuple[set[Team], set[Group]]:
    """The teams below the size of the smallest group, and the groups in which it is open which teams these are."""
    size = min((len(lines) for lines in by_group.values() if lines), default=0)
    out = {line.team for lines in by_group.values() for line in lines[size:]}
    unsettled = {
        group
        for group, lines in by_group.items()
        if len(lines) > size and lines[size - 1].position == lines[size].position
    }
    return out, unsettled


def _without(left_out: set[Team], lines: Lines, outcomes: list[Outcome], rules: Rules, used: set[str]) -> Lines:
    """The lines, recounted from the games against teams that are not left out.

    A team that is left out itself keeps the values of its table. Deducted points stay deducted, and a published
    fair-play total stays. *used*: the tie-breakers whose values are counted.
    """
    own = {line.team for line in lines if line.team not in left_out}
    met = [game for game in outcomes if game.home not in left_out and game.away not in left_out]
    teams = own | {team for game in met for team in (game.home, game.away)}
    counted = tally(list(teams), met, rules)
    count_for(used, counted, met)
    whole = tally(list(teams | left_out | {t for g in outcomes for t in (g.home, g.away)}), outcomes, rules)
    found = []
    for line in lines:
        if line.team not in own:
            found.append(line)
            continue
        anew = counted[line.team]
        published = line.fair_play != whole[line.team].fair_play
        found.append(
            replace(
                anew,
                position=line.position,
                tied=line.tied,
                deducted=line.deducted,
                points=anew.points - line.deducted,
                fair_play=line.fair_play if published else anew.fair_play,
            )
        )
    return found
