"""Fallback rows for fixtures that cannot be read, so that no page, message or response fails because of one."""

from collections.abc import Callable
from functools import wraps
from types import SimpleNamespace
from typing import Any, cast

from timely.domain.errors import ValidationError
from timely.models import Fixture
from timely.models.columns import note_unreadable

UNREADABLE = "Unreadable"
FAULTS = (ArithmeticError, AttributeError, ValidationError, LookupError, TypeError, ValueError)

Make = Callable[[Fixture], dict[str, Any]]


def guarded(make: Make) -> Make:
    """Wraps *make*: if the fixture cannot be read, the row is that of a bare fixture, marked as unreadable."""

    @wraps(make)
    def made(fixture: Fixture) -> dict[str, Any]:
        try:
            return make(fixture)
        except FAULTS as error:
            note_unreadable("fixture", error)
            return make(bare_fixture(fixture)) | {"status_text": UNREADABLE}

    return made


def bare_fixture(fixture: Fixture) -> Fixture:
    """A stand-in that has only the fixture's ids and its place in the event."""
    bare = SimpleNamespace(
        id=fixture.id,
        event_id=fixture.event_id,
        event=fixture.event,
        stage=fixture.stage,
        version=fixture.version,
        code=str(fixture.code),
        leg=None,
        timezone="UTC",
        status="SCHEDULED",
        status_now="SCHEDULED",
        state="SCHEDULED",
        home_name="?",
        away_name="?",
        venue="",
        round="",
    )
    nothing = ("group", "pitch", "home_team", "away_team", "home_team_id", "away_team_id", "start_on", "start_at")
    for name in (*nothing, "home_source", "away_source", "result"):
        setattr(bare, name, None)
    return cast(Fixture, bare)
