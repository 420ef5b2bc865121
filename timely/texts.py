"""How numbers, days and scores are written, so that scripts need not know it."""

from datetime import date, datetime
from fractions import Fraction
from math import inf
from zoneinfo import ZoneInfo

from timely.models import Fixture

FIXTURE_STATUS_TEXT = {
    "SCHEDULED": "",
    "LIVE": "Live",
    "FINISHED": "Full time",
    "POSTPONED": "Postponed",
    "CANCELLED": "Cancelled",
    "ABANDONED": "Abandoned",
    "WALKOVER": "Walkover",
}
EVENT_STATUS_TEXT = {
    "DRAFT": "Draft",
    "PUBLISHED": "Coming up",
    "LIVE": "On now",
    "COMPLETED": "Finished",
    "CANCELLED": "Cancelled",
}
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


def result_text(fixture: Fixture) -> str:
    """ "Ashford Rovers 2–1 Cedar Park", or "" without a score."""
    score = score_text(fixture)
    return f"{fixture.home_name} {score} {fixture.away_name}" if score else ""


def score_text(fixture: Fixture) -> str:
    """ "2–1", "1–1 (4–2 pens)", "2–1 (aet)"; "" without a score."""
    result = fixture.result
    if not result:
        return ""
    note = score_note(fixture)
    return f"{result.home_score}{DASH}{result.away_score}" + (f" ({note})" if note else "")


def score_note(fixture: Fixture) -> str:
    """How the game was decided, where not within its time: "4–2 pens", "aet", "OT", "SO"."""
    result = fixture.result
    if not result:
        return ""
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
    """A ratio for JSON, which knows no infinity: null there, and `…_text` says it."""
    return None if value is None or value == inf else round(float(value), 6)


def ratio_text(value: Fraction | float | None) -> str:
    """Three decimals, cut and not rounded, as the federations print them."""
    if value is None:
        return DASH
    if isinstance(value, float):
        return "∞"
    thousandths = value.numerator * 1000 // value.denominator
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


def day_text(day: date | None) -> str:
    """ "Sat 28 Nov"."""
    return f"{day:%a} {day.day} {day:%b}" if day else ""


def clock_text(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}" if moment else ""


def start_text(day: date | None, moment: datetime | None, zone: ZoneInfo) -> str:
    return ", ".join(part for part in (day_text(day), clock_text(moment, zone)) if part)


def dates_text(first: date | None, last: date | None) -> str:
    """ "Sat 28 November 2026", or from – to."""
    if not first:
        return f"until {last:%a} {last.day} {last:%B %Y}" if last else ""
    if not last or last == first:
        return f"{first:%a} {first.day} {first:%B %Y}"
    start = f"{first.day} {first:%b}" if first.year == last.year else f"{first.day} {first:%b %Y}"
    return f"{start} {DASH} {last.day} {last:%b %Y}"
