"""Tables of groups as dicts, shared by page, API and live message."""

from timely.models import Team
from timely.models.read_only import EventView
from timely.models.stage import STAGE_NAMES
from timely.presenters.division_rows import division_row
from timely.presenters.entrant_text import head_text
from timely.presenters.leaderboard_rows import column_rows, leaderboard_row, linked, why_path
from timely.presenters.round_text import table_text
from timely.presenters.row import Row
from timely.queries.tables import Table


def table_row(table: Table) -> Row:
    """One table with its columns and rows, each row with the link to its explanation."""
    read = read_table(table)
    return {
        **read,
        "title": table_text(table.group.title),
        "team_head": head_text(table.group.stage.event.entrant),
        "of_pairs": table.group.stage.event.entrants == "pair",
        "columns": column_rows(table.columns),
        "leaderboard": linked(read["leaderboard"], read["why_href"]),
    }


def read_table(table: Table) -> Row:
    """One table for the API. Messages omit the link to the explanation, which the page already has."""
    return table_update_row(table) | {"why_href": why_path(table.group, table.group.id)}


def table_update_row(table: Table) -> Row:
    """One table for `results_update`."""
    return table_name(table) | {"leaderboard": table_rows(table)}


def table_rows(table: Table) -> list[Row]:
    return [leaderboard_row(line) | _members(line.team, table.group.stage.event) for line in table.lines]


def table_name(table: Table) -> Row:
    name, title = table.group.name or STAGE_NAMES[table.group.stage.kind], table_text(table.group.full_title)
    return {
        "id": table.group.id,
        "name": name,
        **({"name_text": title} if title != name else {}),
        "stage": table.group.stage.kind,
        **division_row(table.group.stage),
    }


def _members(team: Team, event: EventView) -> Row:
    """The names of the two players of a pair, whom readers look for by name."""
    return {"members": ", ".join(team.members.split("\n"))} if event.entrants == "pair" else {}
