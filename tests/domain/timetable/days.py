"""Days to lay out, written as short as on paper, and the games of a format without the formats."""

from datetime import UTC, datetime, timedelta

from timely.domain.formats.round_robin import round_robin
from timely.domain.timetable import Booking, Game, Hours, Pitch, Side

NINE = datetime(2026, 6, 6, 9, tzinfo=UTC)


def at(clock: str, day: int = 6) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 6, day, int(hour), int(minute), tzinfo=UTC)


def pitch(number: int, opens: str = "09:00", closes: str = "18:00", **more) -> Pitch:
    return Pitch(number, f"Pitch {number}", (Hours(at(opens), at(closes)),), **more)


def team(name: str) -> Side:
    return Side(name, name)


def game(key: str, home: str, away: str, where: int | None = None, when: str = "", **more) -> Game:
    """Twenty minutes of two teams that are known."""
    if when:
        more["booking"] = Booking(where, at(when))
    return Game(key, more.pop("minutes", 20), team(home), team(away), **more)


def league(teams: list[str], division: str | None = None, minutes: int = 20, times: int = 1) -> list[Game]:
    return [
        Game(f"{division or ''}{one.number}-{home}-{away}", minutes, team(home), team(away), division, one.number)
        for one in round_robin(teams, times)
        for home, away in one.games
    ]


def knockout(
    teams: list[str], division: str | None = None, minutes: int = 20, first_round: int = 1, after: tuple = ()
) -> list[Game]:
    """Everybody in the first round is a team; 2, 4, 8, 16 of them. With a game for the third place."""
    found: list[Game] = []
    sides = [(team(name), (), frozenset((name,))) for name in teams]
    number = first_round
    name = division or ""
    while len(sides) > 1:
        pairs = list(zip(sides[::2], sides[1::2], strict=True))
        if len(pairs) == 1 and found:
            losers = [Side(f"Loser {one[1][0]}", None, one[2], ("loser", one[1][0])) for one in sides]
            waits = tuple(one[1][0] for one in sides)
            found.append(Game(f"{name}3P", minutes, *losers, division, number, waits, name=f"{name}3P"))
        sides = []
        for place, (home, away) in enumerate(pairs, 1):
            key = f"{name}R{len(pairs)}-{place}"
            waits = (*home[1], *away[1]) or after
            found.append(Game(key, minutes, home[0], away[0], division, number, waits, name=key))
            could = home[2] | away[2]
            sides.append((Side(f"Winner {key}", None, could, ("winner", key)), (key,), could))
        number += 1
    return found


def open_hours(number: int, hours: float, **more) -> Pitch:
    return Pitch(number, f"Pitch {number}", (Hours(NINE, NINE + timedelta(hours=hours)),), **more)
