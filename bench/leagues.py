"""Events to measure on, as event files: a league that has been played, and a cup of 64 teams with 500 games."""

from itertools import permutations
from typing import Any

from bench.league import TEAMS


def league(most_games: int | None = None) -> dict[str, Any]:
    """Everybody meets everybody at home and away: 20 teams play 380 games."""
    names = list(TEAMS)
    matches: list[dict[str, Any]] = []
    for number, (home, away) in enumerate(permutations(names, 2)):
        if most_games is not None and number >= most_games:
            break
        day, hour = 1 + number // 14 % 28, 9 + number % 14
        match = {"home": home, "away": away, "date": f"2026-10-{day:02}", "time_local": f"{hour:02}:00"}
        match |= {"pitch": f"Pitch {1 + number % 4}", "round": f"Round {1 + number // (len(names) // 2)}"}
        match |= {"home_score": number * 7 % 5, "away_score": number * 3 % 4}
        matches.append(match)
    pitches = [f"Pitch {number}" for number in range(1, 5)]
    return {"name": "Club League", "sport": "football", "teams": names, "pitches": pitches, "matches": matches}


def to_be_played(games: int) -> dict[str, Any]:
    """The league, of which so many games, the first of the file, are still to come."""
    file = league()
    for match in file["matches"][:games]:
        del match["home_score"], match["away_score"]
    return file


def small_league() -> dict[str, Any]:
    """20 teams and 40 games, half of them played: what a large event is compared with."""
    file = league(40)
    for match in file["matches"][20:]:
        del match["home_score"], match["away_score"]
    return file


def large_event() -> dict[str, Any]:
    """64 teams in eight groups of eight, 500 games; all but the last twenty have been played."""
    groups = {letter: [f"{letter} Town with a name {number}" for number in range(1, 9)] for letter in "ABCDEFGH"}
    matches: list[dict[str, Any]] = []
    while len(matches) < 500:
        for letter, members in groups.items():
            for home, away in permutations(members, 2):
                number = len(matches)
                if number >= 500:
                    break
                day, hour = 1 + number // 60, 9 + number // 6 % 10
                match = {"home": home, "away": away, "group": letter, "pitch": f"Pitch {1 + number % 6}"}
                match |= {"date": f"2026-10-{day:02}", "time_local": f"{hour:02}:{number % 6}0"}
                if number < 480:
                    match |= {"home_score": number * 7 % 5, "away_score": number * 3 % 4}
                matches.append(match)
    teams = [name for members in groups.values() for name in members]
    pitches = [f"Pitch {number}" for number in range(1, 7)]
    return {
        "name": "Large Cup",
        "sport": "football",
        "teams": teams,
        "groups": groups,
        "pitches": pitches,
        "matches": matches,
    }


def large_league(games: int) -> dict[str, Any]:
    """40 teams with long names: those of the league, and as many that have not played. So many games are to come."""
    file = to_be_played(games)
    for match in file["matches"]:
        match["home"], match["away"] = f"{match['home']} Athletic Club", f"{match['away']} Athletic Club"
    teams = [f"{name} {kind}" for kind in ("Athletic Club", "Town Football Club") for name in file["teams"]]
    return file | {"name": "Large League", "teams": teams}
