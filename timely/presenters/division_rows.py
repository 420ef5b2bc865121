"""Division of a stage, as keys of the rows of its tables and fixtures."""

from timely.models import Stage
from timely.presenters.row import Row


def division_row(stage: Stage) -> Row:
    """The division of a stage; empty in an event without divisions."""
    if not stage.event.divisions:
        return {}
    return {"division": stage.division.name if stage.division else "", "division_id": stage.division_id}
