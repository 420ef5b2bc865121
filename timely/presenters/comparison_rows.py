"""Tables across groups as dicts, shared by page, API and live message."""

from timely.presenters.division_rows import division_row
from timely.presenters.entrant_text import head_text
from timely.presenters.leaderboard_rows import column_rows, leaderboard_row, linked, why_path
from timely.presenters.round_text import table_text
from timely.presenters.row import Row
from timely.queries.comparisons import Comparison


def comparison_row(compared: Comparison) -> Row:
    """A table across groups, with its columns."""
    division = division_row(compared.groups[0].stage)
    head = head_text(compared.groups[0].stage.event.entrant)
    read = read_comparison(compared) | division | {"team_head": head, "note": str(compared.note)}
    rows = linked(read["leaderboard"], read["why_href"])
    return read | {"columns": column_rows(compared.columns), "leaderboard": rows}


def read_comparison(compared: Comparison) -> Row:
    """A table across groups, for the API."""
    return comparison_update_row(compared) | {"why_href": why_path(compared.groups[0], compared.id)}


def comparison_update_row(compared: Comparison) -> Row:
    """A table across groups, for `results_update`: each row names its group."""
    return {
        "id": compared.id,
        "name": table_text(compared.title),
        "leaderboard": [
            leaderboard_row(line) | {"group": group.name}
            for line, group in zip(compared.lines, compared.groups, strict=True)
        ],
    }
