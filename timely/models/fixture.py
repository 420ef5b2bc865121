"""A fixture: a game that is arranged."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from timely.domain.game_states import GAME_STATES, NOW, SCHEDULED, SETTLED
from timely.domain.knockout.source import read_source
from timely.domain.statuses import FIXTURE_STATUSES
from timely.models.base import Base
from timely.models.columns import Day, Json, UtcDateTime, Word, Zone
from timely.models.json_shapes import is_source

if TYPE_CHECKING:
    from timely.models.event import Event
    from timely.models.pitch import Pitch
    from timely.models.read_only import FixtureView
    from timely.models.result import Result
    from timely.models.stage import Group, Stage
    from timely.models.team import Team


NOBODY = "Nobody"  # the label of a side that stays empty, because neither side of the tie before goes on


class DerivedFields:
    """Fields of a fixture that follow from its others, for the record and for every view of it."""

    __slots__ = ()

    @property
    def is_knockout(self: FixtureView) -> bool:
        return self.stage.kind == "knockout"

    @property
    def status_now(self: FixtureView) -> str:
        """The recorded status as far as it still holds: LIVE only while the game is on, by the clock or by a report."""
        if self.status in SETTLED:
            return self.status
        return "LIVE" if self.state == NOW else "SCHEDULED"

    @property
    def home_name(self: FixtureView) -> str:
        return _side_name(self.home_team, self.home_label, self.home_source)

    @property
    def away_name(self: FixtureView) -> str:
        return _side_name(self.away_team, self.away_label, self.away_source)

    @property
    def timezone(self: FixtureView) -> str:
        """IANA name of the time zone at the place of play."""
        return self.venue_timezone or (self.pitch.timezone if self.pitch else "") or self.event.timezone


class Fixture(DerivedFields, Base):
    """`start_on` is the day at the place of play; `start_at` is null while only the day is known.

    `saved_no` numbers the event's results in the order in which they were saved. It is stored here, so that saving a
    result also raises the fixture's `version`: one version guards the game and its score.
    `code` names the knockout tie that the fixture is, or is the first or second `leg` of; the sources say which team
    fills a side (domain/knockout/source.py). `locked`: the scheduler leaves its time and pitch alone. `ruling` is the
    organiser's decision after a correction changed who should have played: "keep", "void" or "replay".
    `status` is recorded; `state`, since `state_since`, follows from it, the clock and the other games
    (domain/game_states.py). It is set with each save, and updated by the clock (models/save_versions.py).
    """

    __tablename__ = "fixtures"
    __table_args__ = (
        Index("ix_fixtures_day", "event_id", "start_on"),
        Index("ix_fixtures_state", "state", "start_at", "start_on"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    round: Mapped[str] = mapped_column(String(60), default="")
    home_team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id", ondelete="RESTRICT"), index=True)
    away_team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id", ondelete="RESTRICT"), index=True)
    code: Mapped[str] = mapped_column(String(20), default="")
    leg: Mapped[int | None]
    home_source: Mapped[dict[str, Any] | None] = mapped_column(Json(optional=True, or_null=True, is_fit=is_source))
    away_source: Mapped[dict[str, Any] | None] = mapped_column(Json(optional=True, or_null=True, is_fit=is_source))
    home_label: Mapped[str] = mapped_column(String(80), default="")
    away_label: Mapped[str] = mapped_column(String(80), default="")
    start_on: Mapped[date | None] = mapped_column(Day)
    start_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    venue: Mapped[str] = mapped_column(String(120), default="")
    venue_timezone: Mapped[str] = mapped_column(Zone(), default="")
    pitch_id: Mapped[int | None] = mapped_column(ForeignKey("pitches.id", ondelete="SET NULL"), index=True)
    status: Mapped[str] = mapped_column(Word(10, FIXTURE_STATUSES, "SCHEDULED"), default="SCHEDULED")
    locked: Mapped[bool] = mapped_column(default=False)
    ruling: Mapped[str] = mapped_column(String(8), default="")
    saved_no: Mapped[int | None]
    state: Mapped[str] = mapped_column(Word(10, GAME_STATES, SCHEDULED), default=SCHEDULED)
    state_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    # Raised by models/save_versions.py with every save except the clock's.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    event: Mapped[Event] = relationship(back_populates="fixtures")
    stage: Mapped[Stage] = relationship()
    group: Mapped[Group | None] = relationship()
    pitch: Mapped[Pitch | None] = relationship()
    home_team: Mapped[Team | None] = relationship(foreign_keys=[home_team_id])
    away_team: Mapped[Team | None] = relationship(foreign_keys=[away_team_id])
    result: Mapped[Result | None] = relationship(
        cascade="all, delete-orphan", back_populates="fixture", single_parent=True
    )


def source_label(source: dict[str, Any] | None) -> str:
    """The placeholder for a team that is not known yet: "A1", "Winner QF2"."""
    return read_source(source).label if source else ""


def _side_name(team: Team | None, label: str, source: dict[str, Any] | None) -> str:
    """The name of a side of a game: its team's, else its label, else that of its source."""
    return team.name if team else label or source_label(source)
