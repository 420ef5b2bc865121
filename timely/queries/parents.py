"""Loader options for what fixtures belong to, without its JSON: a joined column is repeated in every row."""

from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from timely.models import Fixture, Stage


def with_names() -> tuple[ExecutableOption, ...]:
    """What a row says beside the fixture's own: its sides, stage, group and pitch.

    The event is not among them: whoever asks for its fixtures holds it, and for those of many events selectinload
    loads each event once.
    """
    return (
        joinedload(Fixture.home_team),
        joinedload(Fixture.away_team),
        joinedload(Fixture.stage).defer(Stage.options),
        joinedload(Fixture.group),
        joinedload(Fixture.pitch),
    )
