"""Event files of any number of teams and games, of which half are played."""

from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from typing import Any

from timely.domain.formats.round_robin import round_robin

A_DAY = 40  # games
PITCHES = 4
MINUTES = 45


def league(teams: int, games: int, name: str = "League", weeks: int = 0) -> dict[str, Any]:
    """Everybody meets everybody, as often as it takes; forty games a day on four pitches, and what is over is played.

    The first half lies before today, the other half after it; all of it is moved by so many *weeks*.
    """
    names = [f"Town with a name {number}" for number in range(1, teams + 1)]
    games_of_rounds = [game for one in round_robin(names, 2) for game in one.games]
    today = datetime.now(UTC).date()
    first = today + timedelta(days=weeks * 7 - games // 2 // A_DAY - 1)
    matches: list[dict[str, Any]] = []
    for number, (home, away) in enumerate(islice(cycle(games_of_rounds), games)):
        day, place = divmod(number, A_DAY)
        on = first + timedelta(days=day + (0 if number < games // 2 else 3))
        minutes = 9 * 60 + place // PITCHES * MINUTES
        match: dict[str, Any] = {"home": home, "away": away, "round": f"Round {1 + number // (teams // 2)}"}
        match |= {"date": on.isoformat(), "time_local": f"{minutes // 60:02}:{minutes % 60:02}"}
        match |= {"pitch": f"Pitch {1 + place % PITCHES}"}
        if on < today:
            match |= {"home_score": number * 7 % 5, "away_score": number * 3 % 4}
        matches.append(match)
    pitches = [f"Pitch {number}" for number in range(1, PITCHES + 1)]
    return {"name": name, "sport": "football", "teams": names, "pitches": pitches, "matches": matches}
