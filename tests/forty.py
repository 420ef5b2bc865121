"""A tournament of forty teams: eight groups of five, then a knockout of sixteen, in one afternoon and one morning."""

from typing import Any

from timely.domain.formats.round_robin import round_robin
from timely.domain.knockout.source import SOURCES, Place, Source
from timely.domain.knockout.tree import knockout
from timely.domain.standings.outcome import Team

GROUPS = "ABCDEFGH"
SETTINGS: dict[str, Any] = {
    "game_minutes": 20,
    "changeover_minutes": 5,
    "rest_minutes": 20,
    "step_minutes": 5,
    "days": [{"day": "2026-11-28", "hours": "09:00–18:00"}, {"day": "2026-11-29", "hours": "09:00–14:00"}],
}


def forty(**changed: Any) -> dict[str, Any]:
    """An event file without times."""
    teams = {group: [f"{group} Town {number}" for number in range(1, 6)] for group in GROUPS}
    matches: list[dict[str, Any]] = [
        {"home": home, "away": away, "group": group, "round": f"Round {one.number}"}
        for group, members in teams.items()
        for one in round_robin(members, 1)
        for home, away in one.games
    ]
    # Down the seeds A1 meets B2, B1 meets A2, and so on.
    sides = [Place((group,), 1) for group in GROUPS] + [Place((group,), 2) for group in reversed("BADCFEHG")]
    for tie in knockout(sides, third_place=True):
        sources = {"home_from": _told(tie.home), "away_from": _told(tie.away)}
        matches.append({"stage": "knockout", "round": tie.round, "code": tie.code, **sources})
    return {
        "name": "Autumn Cup",
        "teams": [name for members in teams.values() for name in members],
        "groups": teams,
        "pitches": [f"Pitch {number}" for number in range(1, 7)],
        "matches": matches,
        "timetable": SETTINGS,
        **changed,
    }


def _told(side: Team | Source) -> dict[str, Any]:
    assert isinstance(side, SOURCES)
    return side.as_dict()
