"""Timetable settings of an event: lengths of games, gaps, and opening hours of the pitches."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from timely.domain.errors import ValidationError
from timely.domain.timetable.games import Hours, Spacing
from timely.domain.timetable.opening_hours import CLOSED, clock_hours_text, read_clock_hours
from timely.domain.translation import lazy_gettext
from timely.domain.validation import a_day, a_list, a_mapping, inside, refuse, whole_number

LONGEST_GAME = 24 * 60
MOST_DAYS = 31
STEPS = (1, 5, 10, 15, 30)


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day: the hours of every pitch, and of those that have their own, "closed" included."""

    day: date
    hours: str = CLOSED
    pitches: Mapping[str, str] = field(default_factory=dict)

    def of(self, pitch: str) -> str:
        return self.pitches.get(pitch, self.hours)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings. Divisions and pitches are keys: ids in the database, names in the event file."""

    game_minutes: int = 20
    changeover_minutes: int = 5
    rest_minutes: int = 0
    step_minutes: int = 5
    division_minutes: Mapping[str, int] = field(default_factory=dict)  # of divisions that differ
    days: tuple[DayHours, ...] = ()

    @property
    def spacing(self) -> Spacing:
        return Spacing(self.changeover_minutes, self.rest_minutes, self.step_minutes)

    def minutes(self, division: str) -> int:
        return self.division_minutes.get(division, self.game_minutes)

    def hours(self, pitch: str, zone: ZoneInfo) -> tuple[Hours, ...]:
        """The hours of the pitch in time zone *zone*, as UTC; right on days when the clocks change."""
        return tuple(
            Hours(_moment(one.day, since, zone), _moment(one.day, until, zone))
            for one in self.days
            for since, until in read_clock_hours(one.of(pitch))
        )

    def renamed(self, divisions: Mapping[str, str], pitches: Mapping[str, str]) -> "Settings":
        """The same settings with other keys for divisions and pitches; keys without a new one are left out."""
        return replace(
            self,
            division_minutes={divisions[key]: n for key, n in self.division_minutes.items() if key in divisions},
            days=tuple(
                replace(one, pitches={pitches[key]: text for key, text in one.pitches.items() if key in pitches})
                for one in self.days
            ),
        )

    def as_dict(self) -> dict[str, Any]:
        """The settings for `read_settings`; empty ones are left out."""
        data: dict[str, Any] = {
            "game_minutes": self.game_minutes,
            "changeover_minutes": self.changeover_minutes,
            "rest_minutes": self.rest_minutes,
            "step_minutes": self.step_minutes,
        }
        if self.division_minutes:
            data["division_minutes"] = dict(self.division_minutes)
        if self.days:
            data["days"] = [_day_dict(one) for one in self.days]
        return data


def read_settings(data: object, path: str = "timetable") -> Settings:
    """The settings in parsed JSON, days in order. Raises ValidationError."""
    given = a_mapping(data, path)
    usual = Settings()

    def minutes(key: str, least: int, value: int) -> int:
        return whole_number(given.get(key, value), inside(path, key), least, LONGEST_GAME)

    step = whole_number(given.get("step_minutes", usual.step_minutes), inside(path, "step_minutes"), 1, 60)
    where = inside(path, "division_minutes")
    listed = a_list(given.get("days", []), inside(path, "days"), most=MOST_DAYS)
    days = [_day(one, f"{path}.days[{i}]") for i, one in enumerate(listed)]
    if len({one.day for one in days}) < len(days):
        raise ValidationError(inside(path, "days"), lazy_gettext("names a day twice"))
    return Settings(
        minutes("game_minutes", 1, usual.game_minutes),
        minutes("changeover_minutes", 0, usual.changeover_minutes),
        minutes("rest_minutes", 0, usual.rest_minutes),
        step,
        {
            str(key): whole_number(value, f"{where}.{key}", 1, LONGEST_GAME)
            for key, value in a_mapping(given.get("division_minutes", {}), where).items()
        },
        tuple(sorted(days, key=lambda one: one.day)),
    )


def unknown_settings_keys(data: Mapping[str, Any], path: str = "timetable") -> set[str]:
    """The paths of unknown keys."""
    known = {*Settings().as_dict(), "division_minutes", "days"}
    found = {f"{path}.{key}" for key in data if key not in known}
    for one in data.get("days", ()):
        found |= {f"{path}.days[].{key}" for key in one if key not in ("day", "hours", "pitches")}
    return found


def _day_dict(one: DayHours) -> dict[str, Any]:
    data: dict[str, Any] = {"day": one.day.isoformat(), "hours": one.hours}
    return data | {"pitches": dict(one.pitches)} if one.pitches else data


def _day(data: object, path: str) -> DayHours:
    given = a_mapping(data, path)
    where = inside(path, "pitches")
    return DayHours(
        a_day(given.get("day"), inside(path, "day")),
        _hours(given.get("hours", CLOSED), inside(path, "hours")),
        {str(key): _hours(text, f"{where}.{key}") for key, text in a_mapping(given.get("pitches", {}), where).items()},
    )


def _hours(value: object, path: str) -> str:
    if not isinstance(value, str):
        refuse(value, path, lazy_gettext("hours such as 09:00–18:00"))
    return clock_hours_text(read_clock_hours(value, path))


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The moment of that minute of the day, as UTC; 24:00 is the next day's midnight."""
    later, minutes = divmod(minutes, 24 * 60)
    clock = time(minutes // 60, minutes % 60)
    return datetime.combine(day + timedelta(days=later), clock, zone).astimezone(UTC)
