"""Games played out point by point, ball by ball, so that whatever comes of them is possible."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from timely.domain.scores.overs import overs_text
from timely.domain.scores.race import Race


@dataclass
class Game:
    home: int
    away: int
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def score(self) -> tuple[int, int]:
        return self.home, self.away


def race(chance: Random, to: int, clear: int, cap: int | None = None) -> list[int]:
    """One set, told by the umpire: a point at a time until somebody has won it."""
    points, strength = [0, 0], chance.uniform(0.2, 0.8)
    while True:
        points[chance.random() < strength] += 1
        ahead, behind = max(points), min(points)
        if ahead >= to and (ahead - behind >= clear or ahead == cap):
            return points


def sets(chance: Random, one: Callable[[Random, bool], list[int]], best_of: int) -> Game:
    won, told = [0, 0], []
    while max(won) <= best_of // 2:
        deciding = best_of > 1 and won == [best_of // 2, best_of // 2]
        told.append(one(chance, deciding))
        won[told[-1][0] < told[-1][1]] += 1
    return Game(*won, {"sets": told})


def volleyball(chance: Random) -> Game:
    return sets(chance, lambda c, last: race(c, 15 if last else 25, 2), 5)


def beach_volleyball(chance: Random) -> Game:
    return sets(chance, lambda c, last: race(c, 15 if last else 21, 2), 3)


def table_tennis(chance: Random) -> Game:
    return sets(chance, lambda c, _: race(c, 11, 2), chance.choice((3, 5, 7)))


def badminton(chance: Random) -> Game:
    return sets(chance, lambda c, _: race(c, 21, 2, 30), chance.choice((1, 3)))


def squash(chance: Random) -> Game:
    return sets(chance, lambda c, _: race(c, 11, 2), chance.choice((3, 5)))


def tennis(chance: Random) -> Game:
    match_tie_break = chance.random() < 0.5
    game = sets(
        chance,
        lambda c, last: race(c, 10, 2) if last and match_tie_break else race(c, 6, 2, 7),
        chance.choice((3, 5)),
    )
    told: list[Any] = []
    for home, away in game.extra["sets"]:
        if sorted((home, away)) != [6, 7]:
            told.append(None)
            continue
        points = sorted(race(chance, 7, 2))
        told.append(points if home < away else points[::-1])
    if chance.random() < 0.5:
        game.extra["tie_breaks"] = told
    return game


def periods(chance: Random, count: int, most: int) -> list[list[int]]:
    return [[chance.randint(0, most), chance.randint(0, most)] for _ in range(count)]


def total(told: list[list[int]]) -> tuple[int, int]:
    return sum(home for home, _ in told), sum(away for _, away in told)


def basketball(chance: Random) -> Game:
    told = periods(chance, 4, 30)
    while len(set(total(told))) == 1:
        told += periods(chance, 1, 3)
    return Game(*total(told), {"periods": told} | ({"overtime": True} if len(told) > 4 else {}))


def netball(chance: Random) -> Game:
    told = periods(chance, 4, 20)
    return Game(*total(told), {"periods": told})


def thirds(chance: Random) -> Game:
    """Ice hockey and floorball: three periods; then the first goal, or a shoot-out that counts as one."""
    told = periods(chance, 3, 2)
    extra: dict[str, Any] = {"periods": told}
    if len(set(total(told))) == 1 and chance.random() < 0.7:
        if chance.random() < 0.5:
            extra["overtime"] = True
        else:
            told.append([0, 0])
            extra["shootout"] = True
        told.append(chance.choice(([0, 1], [1, 0])))
    return Game(*total(told), extra)


def goals(chance: Random) -> Game:
    return Game(chance.randint(0, 9), chance.randint(0, 9))


def halves(chance: Random) -> Game:
    told = periods(chance, 2, 20)
    return Game(*total(told), {"periods": told})


def rugby(chance: Random) -> Game:
    scores, tries = [0, 0], [0, 0]
    for _ in range(chance.randint(0, 14)):
        side = chance.randrange(2)
        what = chance.choice(("try", "converted", "penalty try", "kick"))
        tries[side] += what != "kick"
        scores[side] += {"try": 5, "converted": 7, "penalty try": 7, "kick": 3}[what]
    return Game(*scores, {"tries": dict(zip(("home", "away"), tries, strict=True))} if chance.random() < 0.7 else {})


def innings(chance: Random, overs: int, target: int | None) -> dict[str, Any]:
    """Ball by ball, until ten are out, the overs are gone or the target is reached."""
    runs = wickets = balls = 0
    while balls < overs * 6 and wickets < 10 and (target is None or runs < target):
        balls += 1
        if chance.random() < 0.06:
            wickets += 1
        else:
            runs += chance.choice((0, 0, 1, 1, 2, 4, 6))
    told = {"runs": runs, "wickets": wickets, "overs": overs_text(balls)}
    return told | ({"all_out": True} if wickets == 10 and chance.random() < 0.5 else {})


def cricket(chance: Random, overs: int = 20) -> Game:
    first = innings(chance, overs, None)
    second = innings(chance, overs, first["runs"] + 1)
    home, away = (first, second) if chance.random() < 0.5 else (second, first)
    return Game(home["runs"], away["runs"], {"innings": {"home": home, "away": away}})


def legs(chance: Random) -> Game:
    return Game(*race(chance, chance.choice((2, 3, 4, 6)), 1))


def chess(chance: Random) -> Game:
    return Game(*chance.choice(((2, 0), (1, 1), (0, 2))))


def ultimate(chance: Random) -> Game:
    """To 15, two clear, 17 at most; or time is up before, and the next goal decides a level game."""
    points, whistle, goes_to = [0, 0], chance.randint(1, 60), Race(15, 2, 17)
    while not goes_to.is_over(*points) and (sum(points) < whistle or points[0] == points[1]):
        points[chance.randrange(2)] += 1
    return Game(*points)


PLAYS: dict[str, Callable[[Random], Game]] = {
    "football": goals,
    "futsal": goals,
    "handball": halves,
    "basketball": basketball,
    "netball": netball,
    "volleyball": volleyball,
    "beach_volleyball": beach_volleyball,
    "rugby_union": rugby,
    "rugby_sevens": rugby,
    "ice_hockey": thirds,
    "field_hockey": goals,
    "floorball": thirds,
    "ultimate": ultimate,
    "cricket": cricket,
    "table_tennis": table_tennis,
    "badminton": badminton,
    "tennis": tennis,
    "squash": squash,
    "darts": legs,
    "chess": chess,
    "generic": goals,
}
