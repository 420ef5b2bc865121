"""Formats numbers, days and scores on the server, so that scripts need not."""

from datetime import date, datetime
from fractions import Fraction
from math import inf
from zoneinfo import ZoneInfo

from timely.domain.standings.explanation_text import decimals
from timely.models import Fixture
from timely.presenters.play_text import half_text, play_text

FIXTURE_STATUS_TEXT = {
    "SCHEDULED": "",
    "LIVE": "Live",
    "FINISHED": "Full time",
    "POSTPONED": "Postponed",
    "CANCELLED": "Cancelled",
    "ABANDONED": "Abandoned",
    "WALKOVER": "Walkover",
}
# A state that follows from the clock takes precedence over the recorded status.
GAME_STATE_TEXT = {"LATE": "Late", "AWAITED": "Result awaited"}
EVENT_STATE_TEXT = {
    "DRAFT": "Draft",
    "COMING": "Coming up",
    "NOW": "On now",
    "AWAITED": "Results awaited",
    "FINISHED": "Finished",
    "CANCELLED": "Cancelled",
}
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


def game_state_text(fixture: Fixture) -> str:
    """ "Live", "Late", "Result awaited", "Full time", "Annulled"; "" for a game that is still to come."""
    if fixture.result and fixture.result.annulled:
        return "Annulled"
    return GAME_STATE_TEXT.get(fixture.state) or FIXTURE_STATUS_TEXT[fixture.status_now]


def result_text(fixture: Fixture) -> str:
    """ "Ashford Rovers 2–1 Cedar Park", or "" without a score."""
    score = score_text(fixture)
    return f"{fixture.home_name} {score} {fixture.away_name}" if score else ""


def score_text(fixture: Fixture) -> str:
    """ "2–1", "1–1 (4–2 pens)", "2–1 (aet)", "½–½"; "" without a score."""
    result = fixture.result
    if not result:
        return ""
    note = decided_note(fixture)
    home, away = number_text(fixture, result.home_score), number_text(fixture, result.away_score)
    return f"{home}{DASH}{away}" + (f" ({note})" if note else "")


def number_text(fixture: Fixture, number: int) -> str:
    """One side of the score; some sports count in half points."""
    return half_text(number) if fixture.event.sport_kind.halves else str(number)


def score_note(fixture: Fixture) -> str:
    """How the game was decided, and the scores of its sets, periods or innings: "OT; 21–18, 19–20, …"."""
    result = fixture.result
    if not result:
        return ""
    decided = "" if result.annulled else decided_note(fixture)  # "Annulled" is shown as the game's state
    return "; ".join(part for part in (decided, play_text(result.extra)) if part)


def decided_note(fixture: Fixture) -> str:
    """How the game was decided, if not in normal time: "4–2 pens", "aet", "OT", "SO", "Ash by lot"; else ""."""
    result = fixture.result
    if not result:
        return ""
    if result.annulled:
        return "annulled"
    if result.decided == "none":
        return "neither goes on"
    if result.decided:
        return f"{fixture.home_name if result.decided == 'home' else fixture.away_name} by {result.decided_by}"
    if result.home_pens is not None and result.away_pens is not None:
        return f"{result.home_pens}{DASH}{result.away_pens} pens"
    for key, word in (
        ("shootout", "SO"),
        ("overtime", "OT"),
        ("extra_time", "aet"),
        ("cancelled", "not played"),
    ):
        if result.extra.get(key):
            return word
    return ""


def played_text(played: tuple[int, int]) -> str:
    """ "28 of 56 games"; "" without games."""
    return f"{played[0]} of {played[1]} games" if played[1] else ""


def signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"{MINUS}{-number}" if number < 0 else "0"


def ratio(value: Fraction | float | None) -> float | None:
    """The ratio for JSON; null for infinity, which JSON cannot hold (`…_text` shows it)."""
    return None if value is None or value == inf else round(float(value), 6)


def ratio_text(value: Fraction | float | None, *, cut: bool = False) -> str:
    """Three decimals, rounded; truncated with *cut*, as some federations do."""
    if value is None:
        return DASH
    if isinstance(value, float):
        return "∞"
    return decimals(value, cut=cut)


def day_text(day: date | None) -> str:
    """ "Sat 28 Nov"."""
    return f"{day:%a} {day.day} {day:%b}" if day else ""


def place_clock_text(moment: datetime | None, zone: ZoneInfo, home: ZoneInfo) -> str:
    """ "10:00" on the clock at the place of play; "10:00 CET" if the event's own clock shows another time.

    The zone is also given for an hour that occurs twice, because clocks are put back that night.
    """
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    is_strange = local.utcoffset() != moment.astimezone(home).utcoffset()
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{local:%H:%M %Z}" if is_strange or is_twice else f"{local:%H:%M}"


def start_text(day: date | None, moment: datetime | None, zone: ZoneInfo, home: ZoneInfo | None = None) -> str:
    return ", ".join(part for part in (day_text(day), place_clock_text(moment, zone, home or zone)) if part)


def dates_text(first: date | None, last: date | None) -> str:
    """ "Sat 28 November 2026", or "28 – 29 Nov 2026" for several days."""
    if not first:
        return f"until {last:%a} {last.day} {last:%B %Y}" if last else ""
    if not last or last == first:
        return f"{first:%a} {first.day} {first:%B %Y}"
    start = f"{first.day} {first:%b}" if first.year == last.year else f"{first.day} {first:%b %Y}"
    return f"{start} {DASH} {last.day} {last:%b %Y}"
