"""Knockouts as event files, for tests."""

from typing import Any

from timely.domain.knockout.tree import knockout


def cup_file(size: int, *, legs: int = 1, day: str = "2026-11-28", **more: Any) -> dict[str, Any]:
    """A knockout of *size* teams, T1 the first seed, all games on one *day*; *more* of an event file."""
    matches: list[dict[str, Any]] = []
    for number, tie in enumerate(knockout(range(1, size + 1), third_place=size > 3)):
        of_tie = legs if tie.code not in ("F", "3P") else 1
        for leg in range(of_tie):
            game: dict[str, Any] = {"stage": "knockout", "round": tie.round, "code": tie.code, "date": day}
            game |= {"time_local": f"{9 + number // 12:02}:{number % 12 * 5:02}", "pitch": f"Court {number % 2 + 1}"}
            game |= {"leg": leg + 1} if of_tie > 1 else {}
            for key, side in (("home", tie.away if leg else tie.home), ("away", tie.home if leg else tie.away)):
                game |= {key: f"T{side}"} if isinstance(side, int) else {f"{key}_from": side.as_dict()}
            matches.append(game)
    return {
        "name": f"Cup of {size}",
        "sport": "football",
        "timezone": "Europe/Dublin",
        "starts_on": day,
        "ends_on": day,
        "teams": [f"T{seed}" for seed in range(1, size + 1)],
        "pitches": ["Court 1", "Court 2"],
        "matches": matches,
    } | more
