"""Events that are hard to lay out: names of 60 letters in several scripts, scores of three digits, many teams."""

from datetime import datetime, timedelta
from typing import Any

from timely.clock import stamp
from timely.domain.formats.round_robin import round_robin
from timely.domain.knockout.tree import knockout

ONE_WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkverein"
WORDS = "The Old Boys of Saint Bartholomew and Saint Mary by the Water"[:60]
CHINESE = "北京朝阳区青少年业余体育学校第一足球俱乐部联合代表队红队甲组东城西城海淀丰台石景山门头沟房山通州顺义昌平大兴"
ARABIC = "نادي الاتحاد الرياضي الثقافي الاجتماعي لشباب المدينة القديمة"[:60]
HEBREW = "מועדון הכדורגל העירוני של בני הנוער"
THAI = "สโมสรฟุตบอลเยาวชนแห่งชาติกรุงเทพมหานครและปริมณฑล"
WIDE = "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"
SHORT = "I"
NAMES = (ONE_WORD, WORDS, CHINESE, ARABIC, WIDE, THAI, HEBREW, SHORT)
COLOURS = ("#000000", "#ffffff", "#ff0000", "#ffff00", "#0c1210", "#141d19", "#1d4ed8", "")
SCORES = ((102, 98), (12, 3), (999, 0), (7, 10), (0, 999), (123, 123))
PITCHES = ("Pitch 1", "The Pitch behind the Clubhouse of Saint Bartholomew, Gate C", ONE_WORD)
URGENT = {
    "title": "Thunderstorm: all games stop until the lightning is ten kilometres away from the grounds",
    "message": "Go to the hall. " * 12,
    "priority": "urgent",
    "type": "emergency",
}
SAID = "Corrected: Saint Bartholomew and Saint Mary by the Water 102–98 the Old Boys, sets 25–19, 25–23, 22–25, 25–31."
NOTICES = [
    {"title": "Lunch from noon", "message": f"{SAID} Lunch is in the tent behind Pitch 2, from 12:00–14:30."},
    {"title": ONE_WORD * 2, "message": ONE_WORD * 4, "priority": "high", "type": "weather"},
]


def names(count: int) -> list[str]:
    """So many different ones, each at most 60 letters long."""
    return [name if turn == 0 else f"{name[:56]} {turn}" for turn in range(count) for name in NAMES][:count]


def league_file(moment: datetime, teams: int = 8, **more: Any) -> dict[str, Any]:
    """Everybody against everybody around *moment*: half of it played, three games on now, the others to come."""
    listed = names(teams)
    games = [(one.number, home, away) for one in round_robin(listed, 1) for home, away in one.games]
    played = len(games) // 2
    matches = [
        {"round": f"Round {number}", "home": home, "away": away, "pitch": PITCHES[place % 3]}
        | {"kickoff_utc": stamp(moment + timedelta(minutes=20 * ((place - played - 3) // 3) + 10))}
        | _score(place, played)
        for place, (number, home, away) in enumerate(games)
    ]
    return _event(moment, "A Cup of Long Names and High Scores by the Water, held for the Hundredth Time") | {
        "teams": _teams(listed),
        "matches": matches,
        **more,
    }


def groups_file(moment: datetime, **more: Any) -> dict[str, Any]:
    """Forty teams in eight groups."""
    listed = names(40)
    groups = {letter: listed[number::8] for number, letter in enumerate("ABCDEFGH")}
    matches: list[dict[str, Any]] = []
    for letter, members in groups.items():
        for one in round_robin(members, 1):
            for home, away in one.games:
                game = {"group": letter, "round": f"Round {one.number}", "home": home, "away": away}
                at = stamp(moment + timedelta(minutes=20 * (one.number - 3) + 10))
                running = {"running": True} if one.number == 3 and letter in "AB" else {}
                scored = _score(len(matches), len(matches) + 1) if one.number < 3 or running else {}
                matches.append(game | scored | running | {"pitch": f"Pitch {letter}", "kickoff_utc": at})
    return _event(moment, "Forty Teams") | {"teams": _teams(listed), "groups": groups, "matches": matches, **more}


def divisions_file(moment: datetime, size: int = 16, **more: Any) -> dict[str, Any]:
    """Two divisions: a bracket of *size*, of which two rounds are played, and a bracket of eight, to be played."""
    listed = names(size + 8)
    divisions = ["Under 12, boys and girls of all the clubs by the Water", "Veterans"]
    members = dict(zip(divisions, (listed[:size], listed[size:]), strict=True))
    matches: list[dict[str, Any]] = []
    for division, teams in members.items():
        told = set[str]()
        for tie in knockout(range(1, len(teams) + 1), third_place=True):
            sides = {side: getattr(tie, side) for side in ("home", "away")}
            game: dict[str, Any] = {"stage": "knockout", "round": tie.round, "code": tie.code, "division": division}
            game |= {side: teams[of - 1] if isinstance(of, int) else None for side, of in sides.items()}
            game |= {f"{side}_from": of.as_dict() for side, of in sides.items() if not isinstance(of, int)}
            game = {key: value for key, value in game.items() if value is not None}
            if division == divisions[0] and "home_from" not in game and "away_from" not in game:
                told.add(tie.code)
                game |= dict(zip(("home_score", "away_score"), SCORES[len(told) % 5], strict=True))
            at = stamp(moment + timedelta(minutes=20 * (len(matches) // 6)))
            matches.append(game | {"pitch": PITCHES[len(matches) % 3], "kickoff_utc": at})
    return _event(moment, "Two Divisions") | {
        "divisions": divisions,
        "teams": [team | {"division": one} for one, teams in members.items() for team in _teams(teams)],
        "matches": matches,
        **more,
    }


def _event(moment: datetime, name: str) -> dict[str, Any]:
    today = moment.date().isoformat()
    return {
        "name": name,
        "sport": "netball",
        "season": "Under 12, boys and girls, 2026/27",
        "status": "LIVE",
        "timezone": "Europe/Dublin",
        "place": "The Grounds of the Old Boys of Saint Bartholomew by the Water, Gate C",
        "starts_on": today,
        "ends_on": today,
        "accent": "#ff6a00",
        "pitches": [*PITCHES, *(f"Pitch {letter}" for letter in "ABCDEFGH")],
        "announcements": [URGENT, *NOTICES],
    }


def _teams(listed: list[str]) -> list[dict[str, Any]]:
    return [
        {"name": name} | ({"colour": COLOURS[place % len(COLOURS)]} if COLOURS[place % len(COLOURS)] else {})
        for place, name in enumerate(listed)
    ]


def _score(place: int, played: int) -> dict[str, Any]:
    if place >= played + 3:
        return {}
    home, away = SCORES[place % len(SCORES)]
    return {"home_score": home, "away_score": away} | ({"running": True} if place >= played else {})
