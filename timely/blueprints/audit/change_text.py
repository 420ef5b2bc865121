"""Formats the changes of an audit entry: label, before, after."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from timely.blueprints.audit.words import DETAILS, LABELS, NO, UNREADABLE, WORDS, YES
from timely.domain.moments import read_day, read_moment
from timely.domain.sports import GENERIC, find_sport
from timely.domain.translation import gettext
from timely.models import AuditEntry
from timely.models.columns import is_unreadable
from timely.presenters.date_text import clock_text, dates_text, day_and_time_text
from timely.presenters.number_text import DASH
from timely.presenters.round_text import label_text, round_text, table_text

MOST_CHARACTERS = 160
DAYS = ("start_on", "starts_on", "ends_on")
MOMENTS = ("start_at", "publish_at", "expires_at", "ends_at", "made")


def change_lines(entry: AuditEntry, zone: ZoneInfo) -> list[tuple[str, str, str]]:
    """(label, before, after) of each value that changed, times as in *zone*; "" where there is no value."""
    if is_unreadable(entry.before, entry.after):
        return [(str(DETAILS), str(UNREADABLE), "")]
    before, after = _paired(entry.before), _paired(entry.after)
    keys = dict.fromkeys([*before, *after])
    lines = [
        (_label(key), _value_text(key, before.get(key), zone), _value_text(key, after.get(key), zone)) for key in keys
    ]
    return [line for line in lines if line[1] != line[2]]


def _paired(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """The values, with each pair of scores or penalties joined into one text."""
    found = dict(values or {})
    if not found.get("running"):
        found.pop("running", None)  # only worth showing while a game is on
    for kind in ("score", "pens"):
        home, away = found.get(f"home_{kind}"), found.pop(f"away_{kind}", None)
        if home is not None and away is not None:
            found[f"home_{kind}"] = f"{home}{DASH}{away}"
    return found


def _label(key: str) -> str:
    return str(LABELS.get(key) or key.replace("_", " ").capitalize())


def _value_text(key: str, value: Any, zone: ZoneInfo) -> str:
    if not isinstance(value, str):
        return shown(value)
    if value in WORDS.get(key, {}):
        return str(WORDS[key][value])
    if key in DAYS or key in MOMENTS:
        return _time_text(key, value, zone)
    return shown(NAMES[key](value) if key in NAMES else value)


def _time_text(key: str, value: str, zone: ZoneInfo) -> str:
    try:
        if key in DAYS:
            day = read_day(value)
            return dates_text(day, day)
        local = read_moment(value).astimezone(zone)
    except ValueError:
        return shown(value)  # an older version may have kept it otherwise
    return day_and_time_text(dates_text(local.date(), local.date()), clock_text(local, zone))


def _sport_text(key: str) -> str:
    sport = find_sport(key)
    return key if sport is GENERIC else gettext(sport.name)


# Values that Timely may have named itself, in English.
NAMES: dict[str, Callable[[str], str]] = {
    "home": label_text,
    "away": label_text,
    "round": round_text,
    "group": table_text,
    "sport": _sport_text,
}


def shown(value: Any) -> str:
    """The value formatted for people."""
    if isinstance(value, Mapping):
        text = ", ".join(
            f"{LABELS.get(key) or str(key).replace('_', ' ')} {shown(inner)}" for key, inner in value.items()
        )
    elif isinstance(value, list | tuple):
        text = ", ".join(shown(one) for one in value)
    elif value is None or isinstance(value, bool):
        text = str({None: "", True: YES, False: NO}[value])
    else:
        text = str(value)
        text = text.lower() if text.isupper() and len(text) > 3 else text
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"
