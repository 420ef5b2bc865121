"""Plan of a format with its teams: groups, rounds of games, knockout ties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from timely.domain.errors import ValidationError
from timely.domain.formats import draw
from timely.domain.formats.format import Format, check_format
from timely.domain.formats.round_robin import Round, round_robin
from timely.domain.knockout.places import deciding
from timely.domain.knockout.qualifying import group_names, left_in_groups, qualifiers
from timely.domain.knockout.source import Rank, Source
from timely.domain.knockout.tie import Tie
from timely.domain.knockout.tree import MOST_SIDES, down_the_page, knockout
from timely.domain.standings.outcome import Team
from timely.domain.translation import lazy_gettext

MOST_IN_A_TABLE = 64


@dataclass(frozen=True)
class PlannedGroup:
    name: str  # "" for the one table of a league
    teams: tuple[Team, ...]
    rounds: tuple[Round, ...]


@dataclass(frozen=True)
class Plan:
    groups: tuple[PlannedGroup, ...]
    ties: tuple[Tie, ...]

    @property
    def games(self) -> int:
        """The number of games, every leg counted."""
        in_groups = sum(len(one.games) for group in self.groups for one in group.rounds)
        return in_groups + sum(tie.legs for tie in self.ties)


def make_plan(chosen: Format, teams: Sequence[Team], by_hand: Sequence[Sequence[Team]] = ()) -> Plan:
    """The plan, with every team exactly once, in one group or as one side of the knockout. Raises ValidationError.

    *by_hand* are the groups if somebody has chosen them; then nothing is drawn.
    """
    check_format(chosen)
    for number, team in enumerate(teams):
        if team in teams[:number]:
            raise ValidationError(f"teams[{number}]", lazy_gettext("%(team)s is listed twice", team=team))
    if chosen.kind == "knockout":
        return Plan((), tuple(_ties(chosen, _drawn_sides(chosen, teams))))
    grouped = _as_said(chosen, teams, by_hand) if by_hand else _grouped(chosen, teams)
    if max(map(len, grouped)) > MOST_IN_A_TABLE:
        raise ValidationError(
            "groups", lazy_gettext("a table has at most %(most)s teams: make more groups", most=MOST_IN_A_TABLE)
        )
    names = group_names(chosen.groups) if chosen.kind == "groups" else [""]
    groups = tuple(
        PlannedGroup(name, tuple(members), tuple(round_robin(members, chosen.times)))
        for name, members in zip(names, grouped, strict=True)
    )
    if not chosen.has_knockout:
        return Plan(groups, ())
    _check_qualifiers(chosen, [len(members) for members in grouped])
    sides: Sequence[Source] = qualifiers(names, chosen.qualifiers, chosen.best_next)
    below = _below(chosen, dict(zip(names, map(len, grouped), strict=True)), len(teams), len(sides))
    if chosen.seeding == "overall":
        sides = [Rank(number) for number in range(1, len(sides) + 1)]
    return Plan(groups, tuple(_ties(chosen, sides, below)))


def _below(chosen: Format, sizes: Mapping[str, int], teams: int, sides: int) -> list[list[Source]]:
    """Group teams that play for places below the knockout: the thirds for theirs, the fourths for theirs."""
    if not chosen.all_places and not (chosen.third_place and sides == 2):
        return []
    if teams > MOST_SIDES and chosen.all_places:
        raise ValidationError(
            "all_places",
            lazy_gettext("at most %(most)s teams can play for all places, not %(teams)s", most=MOST_SIDES, teams=teams),
        )
    tiers = left_in_groups(sizes, chosen.qualifiers, chosen.best_next)
    if not chosen.all_places:
        # If the winners of two groups go straight to the final, no semi-final has losers: the seconds play for third
        # place.
        tiers = [tier for tier in tiers[:1] if len(tier) == 2]
    if chosen.seeding == "groups":
        return tiers
    first = chosen.groups * chosen.qualifiers + chosen.best_next + 1
    ranks = iter(range(first, teams + 1))
    return [[Rank(next(ranks)) for _ in tier] for tier in tiers]


def _as_said(chosen: Format, teams: Sequence[Team], by_hand: Sequence[Sequence[Team]]) -> list[list[Team]]:
    if len(by_hand) != chosen.groups:
        raise ValidationError(
            "groups",
            lazy_gettext(
                "%(groups)s are asked for, and the list has %(count)s", groups=chosen.groups, count=len(by_hand)
            ),
        )
    if min(map(len, by_hand)) < 2:
        raise ValidationError("groups", lazy_gettext("each needs at least two teams"))
    said = [team for members in by_hand for team in members]
    if len(said) != len(teams) or set(said) != set(teams):
        raise ValidationError("groups", lazy_gettext("every team needs to stand in one group"))
    return [list(members) for members in by_hand]


def _grouped(chosen: Format, teams: Sequence[Team]) -> list[list[Team]]:
    if chosen.draw == "lots":
        return draw.as_listed(draw.by_lots(teams, chosen.draw_number), chosen.groups)
    if chosen.draw == "pots":
        return draw.from_pots(teams, chosen.groups, chosen.draw_number)
    if chosen.draw == "listed":
        return draw.as_listed(teams, chosen.groups)
    return draw.by_strength(teams, chosen.groups)


def _drawn_sides(chosen: Format, teams: Sequence[Team]) -> list[Team]:
    if chosen.draw == "lots":
        return draw.by_lots(teams, chosen.draw_number)
    if chosen.draw == "listed" and 2 <= len(teams) <= MOST_SIDES:
        return down_the_page(teams)
    return list(teams)


def _check_qualifiers(chosen: Format, sizes: Sequence[int]) -> None:
    if chosen.qualifiers > min(sizes):
        raise ValidationError(
            "qualifiers",
            lazy_gettext(
                "%(qualifiers)s of each group, but a group has only %(least)s teams",
                qualifiers=chosen.qualifiers,
                least=min(sizes),
            ),
        )
    long_enough = sum(size > chosen.qualifiers for size in sizes)
    if chosen.best_next > long_enough:
        raise ValidationError(
            "best_next",
            lazy_gettext(
                "%(best_next)s more, but only %(groups)s groups have a team of that place",
                best_next=chosen.best_next,
                groups=long_enough,
            ),
        )


def _ties(chosen: Format, sides: Sequence[Team | Source], below: Sequence[Sequence[Team | Source]] = ()) -> list[Tie]:
    ties = knockout(sides, third_place=chosen.third_place, all_places=chosen.all_places, below=below)
    decides = deciding(ties)
    # A game that gives its winner a final place has as many legs as the final.
    return [replace(tie, legs=chosen.legs if decides[tie.code].winner is None else chosen.final_legs) for tie in ties]
