"""Times as text, in the local time of a pitch."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from timely.domain.timetable.games import Booking, Game, Pitch, PitchKey


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

    def at(self, moment: datetime, pitch: PitchKey | None = None) -> str:
        """The time as `10:05` or `Sat 28 Nov 10:05`, with the zone where it would be ambiguous."""
        local = self._local(moment, pitch)
        text = f"{local:%H:%M}"
        if self._names_days:
            text = f"{local:%a} {local.day} {local:%b} {text}"
        if self._names_zones:
            return f"{text} ({getattr(local.tzinfo, 'key', 'UTC')})"
        # The hour that occurs twice when the clocks go back: 01:30 GMT is not 01:30 IST.
        if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
            return f"{text} {local:%Z}"
        return text

    def place(self, booking: Booking) -> str:
        """The place and time as `on Pitch 1 at 10:05`."""
        return f"{self.on(booking.pitch)}at {self.at(booking.start_at, booking.pitch)}"

    def on(self, pitch: PitchKey | None) -> str:
        """The pitch as `on Pitch 1 `, or "" for a game without one."""
        return "" if pitch is None else f"on {self.name(pitch)} "

    def name(self, pitch: PitchKey) -> str:
        return self.pitches[pitch].name if pitch in self.pitches else "another pitch"

    def day(self, moment: datetime, pitch: PitchKey | None) -> object:
        return self._local(moment, pitch).date()

    def _local(self, moment: datetime, pitch: PitchKey | None) -> datetime:
        return moment.astimezone(self._zones.get(pitch, self._usual))


def minutes_text(minutes: int) -> str:
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
