"""The row of a game that cannot be read, in place of a page, message or answer that fails because of it."""

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
    """*make*, which gives the row of a game without anything of its own where that cannot be read."""

    @wraps(make)
    def made(fixture: Fixture) -> dict[str, Any]:
        try:
            return make(fixture)
        except FAULTS as error:
            note_unreadable("fixture", error)
            return make(bare_fixture(fixture)) | {"status_text": UNREADABLE}

    return made


def bare_fixture(fixture: Fixture) -> Fixture:
    """The game by its place in the event alone."""
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
