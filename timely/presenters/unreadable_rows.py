"""Fallback rows for fixtures that cannot be read, so that no page, message or response fails because of one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.translation import lazy_pgettext
from timely.models import Stage
from timely.models.columns import note_unreadable
from timely.models.read_only import EventView, FixtureView

UNREADABLE = lazy_pgettext("state of a game or an event", "Unreadable")
FAULTS = (ArithmeticError, AttributeError, ValidationError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class BareFixture:
    """A fixture of which only the ids and the place in the event are known."""

    id: int
    event_id: int
    event: EventView
    stage_id: int
    stage: Stage
    version: int
    code: str
    group_id: None = None
    group: None = None
    round: str = ""
    leg: None = None
    home_team_id: None = None
    away_team_id: None = None
    home_team: None = None
    away_team: None = None
    home_source: None = None
    away_source: None = None
    home_label: str = ""
    away_label: str = ""
    home_name: str = "?"
    away_name: str = "?"
    start_on: None = None
    start_at: None = None
    timezone: str = "UTC"
    venue: str = ""
    venue_timezone: str = ""
    pitch_id: None = None
    pitch: None = None
    locked: bool = False
    ruling: str = ""
    saved_no: None = None
    status: str = "SCHEDULED"
    status_now: str = "SCHEDULED"
    state: str = "SCHEDULED"
    result: None = None

    @property
    def is_knockout(self) -> bool:
        return self.stage.kind == "knockout"


Make = Callable[[FixtureView], dict[str, Any]]


def guarded(make: Make) -> Make:
    """Wraps *make*: if the fixture cannot be read, the row is that of a bare fixture, marked as unreadable."""

    @wraps(make)
    def made(fixture: FixtureView) -> dict[str, Any]:
        try:
            return make(fixture)
        except FAULTS as error:
            note_unreadable("fixture", error)
            return make(bare_fixture(fixture)) | {"status_text": str(UNREADABLE)}

    return made


def bare_fixture(fixture: FixtureView) -> FixtureView:
    """A stand-in that has only the fixture's ids and its place in the event."""
    return BareFixture(
        id=fixture.id,
        event_id=fixture.event_id,
        event=fixture.event,
        stage_id=fixture.stage_id,
        stage=fixture.stage,
        version=fixture.version,
        code=str(fixture.code),
    )
