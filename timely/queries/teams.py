"""Names of an event's teams."""

from timely.domain.team_names import distinct_names
from timely.models.read_only import EventView


def team_names(event: EventView) -> dict[int, str]:
    """{team id: its name}, followed by the division where several teams share a name: "Ash (U9)"."""
    divisions = {division.id: division.name for division in event.divisions}
    names = distinct_names((team.name, divisions.get(team.division_id or 0)) for team in event.teams)
    return {team.id: name for team, name in zip(event.teams, names, strict=True)}


def team_choices(event: EventView) -> list[tuple[str, str]]:
    """[(team id as text, its name)] in alphabetical order, for a select field."""
    names = team_names(event)
    return [(str(id_), names[id_]) for id_ in sorted(names, key=lambda id_: names[id_].casefold())]
