"""Times as text, in the local time of a pitch."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from timely.domain.timetable.games import Booking, Game, Pitch, PitchKey
from timely.domain.translation import LazyText, Text, lazy_gettext, lazy_ngettext, lazy_pgettext

WEEKDAYS = (
    lazy_pgettext("weekday", "Mon"),
    lazy_pgettext("weekday", "Tue"),
    lazy_pgettext("weekday", "Wed"),
    lazy_pgettext("weekday", "Thu"),
    lazy_pgettext("weekday", "Fri"),
    lazy_pgettext("weekday", "Sat"),
    lazy_pgettext("weekday", "Sun"),
)
MONTHS = (
    lazy_pgettext("month", "Jan"),
    lazy_pgettext("month", "Feb"),
    lazy_pgettext("month", "Mar"),
    lazy_pgettext("month", "Apr"),
    lazy_pgettext("month", "May"),
    lazy_pgettext("month", "Jun"),
    lazy_pgettext("month", "Jul"),
    lazy_pgettext("month", "Aug"),
    lazy_pgettext("month", "Sep"),
    lazy_pgettext("month", "Oct"),
    lazy_pgettext("month", "Nov"),
    lazy_pgettext("month", "Dec"),
)


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970.

    Two aware datetimes of the same zone subtract by local time: an hour out when the clocks change.
    """
    return int(moment.timestamp())


def moment_of(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


class Clocks:
    """Formats times and places. Days are named if games and hours touch several, zones if there are several."""

    def __init__(self, games: Iterable[Game], pitches: Iterable[Pitch]) -> None:
        self.pitches: Mapping[PitchKey, Pitch] = {pitch.key: pitch for pitch in pitches}
        self._zones = {key: ZoneInfo(pitch.timezone) for key, pitch in self.pitches.items()}
        self._names_zones = len({pitch.timezone for pitch in self.pitches.values()}) > 1
        # A game without a pitch uses the time zone of the first one.
        self._usual = next(iter(self._zones.values()), ZoneInfo("UTC"))
        days = {self._local(game.booking.start_at, game.booking.pitch).date() for game in games if game.booking}
        days |= {self._local(hours.opens_at, key).date() for key, one in self.pitches.items() for hours in one.hours}
        self._names_days = len(days) > 1

    def at(self, moment: datetime, pitch: PitchKey | None = None) -> Text:
        """The time as `10:05` or `Sat 28 Nov 10:05`, with the zone where it would be ambiguous."""
        local = self._local(moment, pitch)
        text: Text = f"{local:%H:%M}"
        if self._names_days:
            text = lazy_gettext(
                "%(weekday)s %(day)s %(month)s %(time)s",
                weekday=WEEKDAYS[local.weekday()],
                day=local.day,
                month=MONTHS[local.month - 1],
                time=text,
            )
        if self._names_zones:
            return lazy_gettext("%(time)s (%(zone)s)", time=text, zone=getattr(local.tzinfo, "key", "UTC"))
        # The hour that occurs twice when the clocks go back: 01:30 GMT is not 01:30 IST.
        if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
            return lazy_gettext("%(time)s %(zone)s", time=text, zone=f"{local:%Z}")
        return text

    def place(self, booking: Booking) -> Text:
        """The place and time as `on Pitch 1 at 10:05`, or `at 10:05` for a game without a pitch."""
        time = self.at(booking.start_at, booking.pitch)
        if booking.pitch is None:
            return lazy_gettext("at %(time)s", time=time)
        return lazy_gettext("on %(pitch)s at %(time)s", pitch=self.name(booking.pitch), time=time)

    def name(self, pitch: PitchKey) -> Text:
        return self.pitches[pitch].name if pitch in self.pitches else lazy_gettext("another pitch")

    def day(self, moment: datetime, pitch: PitchKey | None) -> object:
        return self._local(moment, pitch).date()

    def _local(self, moment: datetime, pitch: PitchKey | None) -> datetime:
        return moment.astimezone(self._zones.get(pitch, self._usual))


def minutes_text(minutes: int) -> LazyText:
    return lazy_ngettext("%(num)s minute", "%(num)s minutes", minutes)
