"""The example event: a Saturday tournament of eight teams, half of it played, two games on now."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from timely import timezones
from timely.clock import now, stamp
from timely.database.transactions import writing
from timely.demo.timetable import PITCHES, first_free, slot
from timely.domain.formats.round_robin import round_robin
from timely.event_file.read import read_event
from timely.extensions import db
from timely.models import Event, Meta, User
from timely.services.event_files import import_event

# The id of the demo's event is saved, because a club may have a real cup of the same name.
MARK = "example_event"

# The strength of each team, so that the table is not random.
TEAMS = (
    ("Fernhill Juniors", "#15803d", 4),
    ("Ashford Rovers", "#d62828", 9),
    ("Hazel Grove", "#475569", 2),
    ("Cedar Park", "#7c3aed", 7),
    ("Dunmore Athletic", "#0891b2", 6),
    ("Greenside", "#be185d", 3),
    ("Birchwood United", "#1d4ed8", 8),
    ("Elmfield Town", "#ca8a04", 5),
)
STRENGTH = {name: strength for name, _, strength in TEAMS}
CHANCES = 6
RUNNING = ((2, 1), (0, 0))
DETAILS = (
    "An example to play with: everybody against everybody, home and away, two games at a time. "
    "Started with --demo, Timely plays it by itself. Change what you like; nothing in here is real."
)


def make_example_event(owner: User | None = None) -> Event:
    """The example event that `start` plays: made around this moment, in this computer's time zone, if there is none.

    *owner* is given the organiser's right in a new one; an administrator has it anyway.
    """
    with writing():
        event = example_event()
        if event is not None:
            return event
        file = read_event(example_file(now(), timezones.local_name()))
        event = import_event(file, by=owner, owner=None if owner and owner.is_administrator else owner)
        db.session.merge(Meta(key=MARK, value=str(event.id)))
    return event


def example_event() -> Event | None:
    """The example event; None before it is made, and after it has been deleted."""
    mark = db.session.get(Meta, MARK)
    return db.session.get(Event, int(mark.value)) if mark else None


def example_file(moment: datetime, zone: str) -> dict[str, Any]:
    """The event file: the same teams and scores each time, the clock times around *moment*."""
    chance = Random(0)
    rounds = round_robin([name for name, _, _ in TEAMS], times=2)
    games = [(one.number, str(home), str(away)) for one in rounds for home, away in one.games]
    played = len(games) // 2
    free = first_free(moment)
    matches = [
        _match(number, home, away, slot(place, played + len(RUNNING), free), PITCHES[place % len(PITCHES)])
        | _score(place - played, home, away, chance)
        for place, (number, home, away) in enumerate(games)
    ]
    today = moment.astimezone(ZoneInfo(zone)).date().isoformat()
    return {
        "name": "Saturday Summer Cup",
        "sport": "football",
        "season": "Under 12",
        "status": "LIVE",
        "timezone": zone,
        "place": "Riverside Ground",
        "details": DETAILS,
        "starts_on": today,
        "ends_on": today,
        "rulebook": "club-simple",
        "teams": [{"name": name, "colour": colour} for name, colour, _ in sorted(TEAMS)],
        "pitches": list(PITCHES),
        "matches": matches,
        "announcements": _announcements(moment, zone),
    }


def _match(number: int, home: str, away: str, start_at: datetime, pitch: str) -> dict[str, Any]:
    return {
        "round": f"Round {number}",
        "home": home,
        "away": away,
        "kickoff_utc": stamp(start_at),
        "pitch": pitch,
    }


def _score(since_half: int, home: str, away: str, chance: Random) -> dict[str, Any]:
    """The score of the game that stands so many places after the half."""
    if since_half < 0:
        better = share(home, away)
        return {"home_score": _goals(better, chance), "away_score": _goals(1 - better, chance)}
    if since_half < len(RUNNING):
        home_score, away_score = RUNNING[since_half]
        return {"home_score": home_score, "away_score": away_score, "running": True}
    return {}


def share(home: str, away: str) -> float:
    """The home side's share of the play, 0 to 1. Teams of unknown strength play like the middle of the table."""
    ours, theirs = (float(STRENGTH.get(name, 5) ** 1.5) for name in (home, away))
    return ours / (ours + theirs)


def _goals(part: float, chance: Random) -> int:
    return sum(chance.random() < part * 0.55 for _ in range(CHANCES))


def _announcements(moment: datetime, zone: str) -> list[dict[str, Any]]:
    late = (moment + timedelta(minutes=10)).astimezone(ZoneInfo(zone))
    notes = (
        (150, "info", "low", "Lost: one small red glove", "It waits at the tea stall, beside the cakes."),
        (70, "info", "normal", "Prize-giving after the last game", "In the hall. Every team gets something."),
        (
            12,
            "schedule",
            "high",
            "Pitch 2 runs ten minutes late",
            f"Games on Pitch 2 from {late:%H:%M} on start ten minutes later.",
        ),
    )
    return [
        {
            "title": title,
            "message": message,
            "type": kind,
            "priority": priority,
            "publish_at": stamp(moment - timedelta(minutes=ago)),
        }
        for ago, kind, priority, title, message in notes
    ]
