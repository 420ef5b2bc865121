"""Text of days and times: "Sat 28 Nov", "10:00 CET" where the clock of the place is another than the event's.

English is written here; other languages have the patterns of CLDR, with its names, and 12 or 24 hours.
"""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_skeleton, format_time

from timely.domain.translation import Language, current_language, gettext
from timely.languages.locales import ENGLISH_LOCALE, locale_of
from timely.presenters.number_text import DASH

# Texts that are kept: the games of a few large events, of which many begin together, in the languages that are read.
DAYS, MOMENTS, TIMES = 2_000, 10_000, 10_000


def day_text(day: date | None) -> str:
    """ "Sat 28 Nov"."""
    return _day_text(day, current_language()) if day else ""


@lru_cache(DAYS)
def _day_text(day: date, language: Language) -> str:
    locale = locale_of(language)
    return f"{day:%a} {day.day} {day:%b}" if locale is ENGLISH_LOCALE else format_skeleton("MMMEd", day, locale=locale)


def long_day_text(day: date) -> str:
    """ "Saturday 28 November 2026"."""
    locale = locale_of(current_language())
    if locale is ENGLISH_LOCALE:
        return f"{day:%A} {day.day} {day:%B %Y}"
    return format_date(day, "full", locale=locale)


def weekday_text(day: date) -> str:
    """ "Sat"."""
    return _weekday_text(day, current_language())


@lru_cache(DAYS)
def _weekday_text(day: date, language: Language) -> str:
    locale = locale_of(language)
    return f"{day:%a}" if locale is ENGLISH_LOCALE else format_skeleton("E", day, locale=locale)


def short_day_text(day: date) -> str:
    """ "28 Nov"."""
    return _short_day_text(day, current_language())


@lru_cache(DAYS)
def _short_day_text(day: date, language: Language) -> str:
    locale = locale_of(language)
    return f"{day.day} {day:%b}" if locale is ENGLISH_LOCALE else format_skeleton("MMMd", day, locale=locale)


def numeric_day_text(day: date) -> str:
    """ "2026-11-28"; in other languages as they write dates in digits."""
    locale = locale_of(current_language())
    return day.isoformat() if locale is ENGLISH_LOCALE else format_skeleton("yMd", day, locale=locale)


def time_text(moment: datetime | time) -> str:
    """ "10:00", as its own clock shows it."""
    return _time_text(moment.hour, moment.minute, current_language())


@lru_cache(TIMES)
def _time_text(hour: int, minute: int, language: Language) -> str:
    locale = locale_of(language)
    if locale is ENGLISH_LOCALE:
        return f"{hour:02}:{minute:02}"
    return format_time(time(hour, minute), "short", locale=locale)


def time_with_seconds_text(moment: datetime | time) -> str:
    """ "10:00:59", as its own clock shows it."""
    locale = locale_of(current_language())
    return f"{moment:%H:%M:%S}" if locale is ENGLISH_LOCALE else format_time(_bare(moment), "medium", locale=locale)


def clock_text(moment: datetime | None, zone: ZoneInfo) -> str:
    """ "10:00" on the clock of the zone; "" for no moment."""
    return time_text(moment.astimezone(zone)) if moment else ""


def place_clock_text(moment: datetime | None, zone: ZoneInfo, home: ZoneInfo) -> str:
    """ "10:00" on the clock at the place of play; "10:00 CET" if the event's own clock shows another time.

    The zone is also given for an hour that occurs twice, because clocks are put back that night.
    """
    return _place_clock_text(moment, zone, home, current_language()) if moment else ""


@lru_cache(MOMENTS)
def _place_clock_text(moment: datetime, zone: ZoneInfo, home: ZoneInfo, language: Language) -> str:
    local = moment.astimezone(zone)
    is_strange = local.utcoffset() != moment.astimezone(home).utcoffset()
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    clock = _time_text(local.hour, local.minute, language)
    return f"{clock} {local:%Z}" if is_strange or is_twice else clock


def day_and_time_text(day: str, clock: str) -> str:
    """ "Sat 28 Nov, 10:00"; one of the two if the other is ""."""
    return _day_and_time_pattern(current_language()).format(clock, day) if day and clock else day or clock


@lru_cache(50)
def _day_and_time_pattern(language: Language) -> str:
    locale = locale_of(language)
    return "{1}, {0}" if locale is ENGLISH_LOCALE else str(locale.datetime_formats["medium"]).replace("'", "")


def start_text(day: date | None, moment: datetime | None, zone: ZoneInfo, home: ZoneInfo | None = None) -> str:
    return day_and_time_text(day_text(day), place_clock_text(moment, zone, home or zone))


def dates_text(first: date | None, last: date | None) -> str:
    """ "Sat 28 November 2026", or "28 – 29 Nov 2026" for several days."""
    if not first:
        return gettext("until %(day)s", day=_dates_text(last, last, current_language())) if last else ""
    return _dates_text(first, last or first, current_language())


@lru_cache(DAYS)
def _dates_text(first: date, last: date, language: Language) -> str:
    locale = locale_of(language)
    if locale is not ENGLISH_LOCALE:
        if first == last:
            return format_skeleton("yMMMMEd", first, locale=locale)
        return format_interval(first, last, "yMMMd", locale=locale)
    if first == last:
        return f"{first:%a} {first.day} {first:%B %Y}"
    start = f"{first.day} {first:%b}" if first.year == last.year else f"{first.day} {first:%b %Y}"
    return f"{start} {DASH} {last.day} {last:%b %Y}"


def _bare(moment: datetime | time) -> time:
    return time(moment.hour, moment.minute, moment.second)
