"""A game as the public sees it while the tables are held back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import InstrumentedAttribute

from timely.domain.game_states import SCHEDULED, SETTLED
from timely.models import Fixture, Team
from timely.models.fixture import NOBODY, DerivedFields
from timely.models.read_only import EventView, FixtureView

T = TypeVar("T")

# The values of a result that are stored at the freeze, beside who entered it and when.
RESULT = ("home_score", "away_score", "home_pens", "away_pens", "extra", "status", "annulled", "decided", "decided_by")


class Current(Generic[T]):
    """An attribute of a held-back view that is not held back: it is as the record has it now."""

    def __init__(self, column: InstrumentedAttribute[T]):
        self._read: Callable[[Any], T] = attrgetter(column.key)

    def __get__(self, view: Any, owner: type) -> T:
        return self._read(view.record)


@dataclass(frozen=True, slots=True)
class HeldResult:
    """A result as it stood at the freeze; running scores are not held."""

    event_id: int
    fixture_id: int
    home_score: int
    away_score: int
    home_pens: int | None
    away_pens: int | None
    extra: dict[str, Any]
    status: str
    annulled: bool
    decided: str
    decided_by: str
    entered_by: str
    entered_at: datetime
    running: bool = False


class HeldFixture(DerivedFields):
    """A game as the public sees it.

    Its time, its pitch, and whether it is live, postponed or over are current; its score is not, nor the teams that
    came through to it.
    """

    id = Current(Fixture.id)
    event_id = Current(Fixture.event_id)
    stage_id = Current(Fixture.stage_id)
    stage = Current(Fixture.stage)
    group_id = Current(Fixture.group_id)
    group = Current(Fixture.group)
    round = Current(Fixture.round)
    code = Current(Fixture.code)
    leg = Current(Fixture.leg)
    home_source = Current(Fixture.home_source)
    away_source = Current(Fixture.away_source)
    start_on = Current(Fixture.start_on)
    start_at = Current(Fixture.start_at)
    venue = Current(Fixture.venue)
    venue_timezone = Current(Fixture.venue_timezone)
    pitch_id = Current(Fixture.pitch_id)
    pitch = Current(Fixture.pitch)
    locked = Current(Fixture.locked)
    version = Current(Fixture.version)

    def __init__(
        self,
        fixture: FixtureView,
        event: EventView,
        teams: Mapping[int, Team],
        held: Mapping[str, Any] | None,
        result: HeldResult | None,
    ) -> None:
        """*held* is what was stored of the game at the freeze, None for one that is not held; *teams* are by id."""
        self.record, self.event, self._teams = fixture, event, teams
        self.result = result
        self.saved_no: int | None = held.get("saved_no") if held else None
        self.ruling: str = held["ruling"] if held else ""
        self.home_team = self._team("home", held)
        self.away_team = self._team("away", held)
        self.home_team_id = self.home_team.id if self.home_team else None
        self.away_team_id = self.away_team.id if self.away_team else None
        if self.result is not None and held:
            self.status: str = held.get("status", "FINISHED")
        else:
            # An awarded game reveals a result too, and so does one that neither team comes to.
            is_off = fixture.home_label == fixture.away_label == NOBODY and fixture.status == "CANCELLED"
            public = {"WALKOVER": "FINISHED"} | ({"CANCELLED": "SCHEDULED"} if is_off else {})
            self.status = public.get(fixture.status, fixture.status)
        # If the game is over, but not for the public, its state by the clock must not reveal that.
        is_hidden = self.status not in SETTLED and fixture.state in SETTLED.values()
        self.state = SCHEDULED if is_hidden else SETTLED.get(self.status, fixture.state)

    @property
    def home_label(self) -> str:
        return _shown_label(self.record.home_label, self.home_source)

    @property
    def away_label(self) -> str:
        return _shown_label(self.record.away_label, self.away_source)

    def _team(self, side: str, held: Mapping[str, Any] | None) -> Team | None:
        if held is not None:
            return self._teams.get(held[f"{side}_id"])
        # A team that came through since the freeze is hidden; one put there by hand is shown.
        source = self.home_source if side == "home" else self.away_source
        team = self.record.home_team if side == "home" else self.record.away_team
        return team if source is None else None


def _shown_label(label: str, source: Mapping[str, Any] | None) -> str:
    """The label of a side; the label that nobody comes is hidden, as it would reveal a result."""
    return "" if label == NOBODY and source else label
