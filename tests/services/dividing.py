"""Puts teams into divisions, as the lines of their page do."""

from collections.abc import Mapping
from dataclasses import replace

from timely.models import Event
from timely.services.teams import change_teams, details_of


def put_teams(event: Event, wanted: Mapping[int, int | None]) -> int:
    """Move teams, and count them. *wanted* is {team id: division id, None for none}."""
    changes = {
        team.id: replace(details_of(team), division_id=wanted[team.id]) for team in event.teams if team.id in wanted
    }
    return change_teams(event, changes, by=None)
