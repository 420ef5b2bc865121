"""Games whose state may change by the clock, judged by domain/game_states.py."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, or_, select

from timely.domain.game_states import AWAITED, LATE, NOW, SCHEDULED, OpenGame, PitchScore, states_at, usual_length
from timely.domain.sports import find_sport
from timely.domain.statuses import OFF
from timely.domain.timetable import read_settings
from timely.extensions import db
from timely.models import Event, Fixture, Pitch, Result, Stage
from timely.models.columns import Day, UtcDateTime

# An old season that is imported without scores is worked through in portions, the latest games first.
MOST_AT_ONCE = 300
# No time zone is further ahead of UTC, and no game that is on began longer ago.
FURTHEST_AHEAD = timedelta(hours=14)
ON_A_DAY = timedelta(hours=24)


_moment, _tomorrow = bindparam("moment", type_=UtcDateTime), bindparam("tomorrow", type_=Day)
_has_no_time = Fixture.start_at.is_(None)
# Built once, for it is asked every second. Each line of the OR is a range of the index of states, so that no game is
# read that is long past or far ahead.
_OPEN_ROWS = (
    select(
        *(Fixture.id, Fixture.event_id, Fixture.pitch_id, Fixture.start_at, Fixture.start_on, Fixture.status),
        *(Fixture.home_team_id, Fixture.away_team_id, Fixture.state, Fixture.state_since, Fixture.venue_timezone),
        Event.status.label("event_status"),
        Event.timezone.label("event_timezone"),
        Pitch.timezone.label("pitch_timezone"),
        Stage.division_id,
        Result.entered_at,
    )
    .join(Event, Event.id == Fixture.event_id)
    .join(Stage, Stage.id == Fixture.stage_id)
    .outerjoin(Pitch, Pitch.id == Fixture.pitch_id)
    .outerjoin(Result, and_(Result.fixture_id == Fixture.id, Result.running))
    .where(
        or_(
            Fixture.state.in_((NOW, LATE)),
            and_(Fixture.state == SCHEDULED, Fixture.start_at <= _moment),
            and_(Fixture.state == SCHEDULED, _has_no_time, Fixture.start_on < _tomorrow),
            # The server's clock was ahead, and has been corrected.
            and_(Fixture.state == AWAITED, Fixture.start_at > _moment),
            and_(Fixture.state == AWAITED, _has_no_time, Fixture.start_on >= _tomorrow),
        )
    )
    .order_by(Fixture.state != NOW, _has_no_time, Fixture.start_at.desc(), Fixture.id)
    .limit(MOST_AT_ONCE)
)


@dataclass(frozen=True, slots=True)
class StateChange:
    """A game whose state at the moment differs from the saved one."""

    fixture_id: int
    state: str
    since: datetime


def states_to_save(moment: datetime) -> list[StateChange]:
    rows = _open_rows(moment)
    if not rows:
        return []
    pitches = {row.pitch_id for row in rows if row.pitch_id is not None}
    scores, starts = _on_pitches(pitches, moment) if pitches else ([], {})
    lengths = _Lengths({row.event_id for row in rows}, starts)
    by_event: dict[int, list[OpenGame]] = defaultdict(list)
    for row in rows:
        by_event[row.event_id].append(_open_game(row, lengths))
    was = {row.id: row.state for row in rows}
    found = []
    for games in by_event.values():
        for key, (state, since) in states_at(moment, games, scores).items():
            if was[key] != state:
                found.append(StateChange(int(str(key)), state, since))
    return found


def _open_rows(moment: datetime) -> Sequence[Any]:
    tomorrow = (moment + FURTHEST_AHEAD).date()
    return db.session.execute(_OPEN_ROWS, {"moment": moment, "tomorrow": tomorrow}).all()


def _on_pitches(ids: Collection[int], moment: datetime) -> tuple[list[PitchScore], dict[int, list[datetime]]]:
    """The scores of the day on these pitches, and the starts of games there."""
    rows = db.session.execute(
        select(Fixture.pitch_id, Fixture.start_at, Result.entered_at)
        .outerjoin(Result, Result.fixture_id == Fixture.id)
        .where(
            Fixture.pitch_id.in_(ids),
            Fixture.start_at > moment - ON_A_DAY,
            Fixture.start_at < moment + ON_A_DAY,
            Fixture.status.not_in((*OFF, "POSTPONED")),
        )
    ).all()
    starts: dict[int, list[datetime]] = defaultdict(list)
    scores = []
    for pitch_id, start_at, entered_at in rows:
        if pitch_id is None or start_at is None:
            continue
        starts[pitch_id].append(start_at)
        if entered_at is not None:
            scores.append(PitchScore(pitch_id, start_at, entered_at))
    return scores, starts


class _Lengths:
    """Length of a game: as its timetable says, else the gap between games on its pitch, else as in its sport."""

    def __init__(self, event_ids: Collection[int], starts: Mapping[int, list[datetime]]) -> None:
        events = db.session.execute(select(Event.id, Event.sport, Event.timetable).where(Event.id.in_(event_ids)))
        self._sports: dict[int, timedelta] = {}
        self._settings = {}
        for id_, sport, timetable in events:
            self._sports[id_] = timedelta(minutes=find_sport(sport).minutes)
            if timetable is not None:
                self._settings[id_] = read_settings(timetable)
        self._starts = starts

    def of(self, event_id: int, division_id: int | None, pitch_id: int | None) -> timedelta:
        settings = self._settings.get(event_id)
        if settings is not None:
            return timedelta(minutes=settings.minutes(str(division_id)))
        return usual_length(self._starts.get(pitch_id or 0, ()), self._sports[event_id])


def _open_game(row: Any, lengths: _Lengths) -> OpenGame:
    zone = ZoneInfo(row.venue_timezone or row.pitch_timezone or row.event_timezone)
    return OpenGame(
        key=row.id,
        state=row.state,
        since=row.state_since if row.state == NOW else None,
        start_at=row.start_at,
        day_over=_end_of(row.start_on, zone) if row.start_at is None and row.start_on else None,
        said_at=row.entered_at,
        is_said=row.status == "LIVE",
        pitch=row.pitch_id,
        sides=tuple(id_ for id_ in (row.home_team_id, row.away_team_id) if id_ is not None),
        is_open=row.event_status == "LIVE",
        lasts=lengths.of(row.event_id, row.division_id, row.pitch_id),
    )


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
