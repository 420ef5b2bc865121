"""Loader options for the parents of fixtures, without their JSON: a joined column is repeated in every row."""

from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from timely.models import Fixture, Stage


def with_names() -> tuple[ExecutableOption, ...]:
    """Options that load a fixture's teams, stage, group and pitch.

    The event is not among them: a caller that asks for its fixtures has it already, and for fixtures of many events
    selectinload loads each event once.
    """
    return (
        joinedload(Fixture.home_team),
        joinedload(Fixture.away_team),
        joinedload(Fixture.stage).defer(Stage.options),
        joinedload(Fixture.group),
        joinedload(Fixture.pitch),
    )
