"""Round robin pairings, in rounds, so that every two teams meet."""

from collections.abc import Sequence
from dataclasses import dataclass

from timely.domain.errors import ValidationError
from timely.domain.standings.outcome import Team
from timely.domain.translation import lazy_gettext
from timely.domain.validation import shown, whole_number

MOST_TIMES = 10

Games = tuple[tuple[Team, Team], ...]  # (home, away) of each


@dataclass(frozen=True)
class Round:
    number: int  # from 1
    games: Games
    bye: Team | None = None  # the team without an opponent in this round


def round_robin(teams: Sequence[Team], times: int = 1) -> list[Round]:
    """The rounds in which every two teams meet *times* times; no team plays twice in a round.

    A team's home games and away games differ by one at most, and it is never at home or away three times running. Every
    second time around the venues are swapped. With an odd number each round gives one team a bye. Raises
    ValidationError for fewer than two teams, a team that is listed twice, and an impossible number of times.
    """
    whole_number(times, "times", 1, MOST_TIMES)
    if len(teams) < 2:
        raise ValidationError("teams", lazy_gettext("needs at least two teams"))
    for place, team in enumerate(teams):
        if team in teams[:place]:
            raise ValidationError(f"teams[{place}]", lazy_gettext("%(team)s is listed twice", team=shown(team)))
    once = _once(teams)
    rounds: list[Round] = []
    for time in range(times):
        # Each time around starts one round later, or a team would be at home three times running where two halves join.
        start = time % len(once) if len(teams) % 2 == 0 else 0
        for single, bye in once[start:] + once[:start]:
            games = single if time % 2 == 0 else tuple((away, home) for home, away in single)
            rounds.append(Round(len(rounds) + 1, games, bye))
    return rounds


def _once(teams: Sequence[Team]) -> list[tuple[Games, Team | None]]:
    """(games, bye) of each round in which every two teams meet once."""
    # The circle method: one seat stays, the others move round by one each time. The seat that stays is the last team's,
    # or empty with an odd number, and the team that faces the empty seat has the bye.
    circle = list(teams) if len(teams) % 2 else list(teams[:-1])
    staying = None if len(teams) % 2 else teams[-1]
    rounds = []
    for turn in range(len(circle)):
        facing = circle[turn]
        games: list[tuple[Team, Team]] = []
        if len(teams) % 2 == 0:
            games.append((facing, staying) if turn % 2 == 0 else (staying, facing))
        for step in range(1, (len(circle) + 1) // 2):
            left, right = circle[(turn + step) % len(circle)], circle[(turn - step) % len(circle)]
            # Two teams meet at one step only, once from either side of the seat: so each is at home as often as it is
            # away, alternately.
            games.append((left, right) if step % 2 else (right, left))
        rounds.append((tuple(games), facing if len(teams) % 2 else None))
    return rounds
