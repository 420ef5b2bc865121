"""Compares teams of different groups: the best third-placed, the seeding of a knockout."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from timely.domain.outcomes import Team
from timely.domain.ranking import Lines, ManualOrder, place, separate
from timely.domain.standing import Standing
from timely.domain.tiebreakers import read_tiebreakers

Group = Hashable


def rank_across(
    standings_by_group: Mapping[Group, Sequence[Standing]] | Sequence[Sequence[Standing]],
    tiebreakers: Sequence[str],
    *,
    manual_order: ManualOrder | None = None,
    position: int | None = None,
) -> list[tuple[Group, Standing]]:
    """(group, line) in order; the position and `tied` of each line now tell of this comparison.

    Tables in a list are numbered as groups. With *position* only the team of that place in each group is
    compared (3: the third-placed), and if nothing settled who has that place, its line says `tied`.
    Raises Fault for criteria that make no sense here.
    """
    criteria = read_tiebreakers(list(tiebreakers), "tiebreakers", between_groups=True)
    by_group = standings_by_group
    if not isinstance(by_group, Mapping):
        by_group = dict(enumerate(by_group))
    group_of: dict[Team, Group] = {}
    unsettled: set[Team] = set()
    level: Lines = []
    for group, lines in by_group.items():
        chosen = lines if position is None else lines[position - 1 : position]
        for line in chosen:
            group_of[line.team] = group
            level.append(replace(line))
            if position is not None and line.tied:
                unsettled.add(line.team)
    runs = [level] if level else []
    for criterion in criteria:
        runs = [run for part in runs for run in separate(part, criterion, manual_order or {})]
    ordered = place(runs)
    for line in ordered:
        line.tied = line.tied or line.team in unsettled
    return [(group_of[line.team], line) for line in ordered]
