"""Preview of other rules: the tables as they would be, beside the present ones."""

from timely.domain.rules.rules import Rules
from timely.models import Event
from timely.presenters.leaderboard_rows import column_rows, leaderboard_row
from timely.presenters.row import Row
from timely.presenters.table_rows import table_name
from timely.queries.tables import leaderboard


def compared(event: Event, rules: Rules) -> list[Row]:
    """[{name, columns, rows, changes, points_change}]: each row as it would be, with its present position."""
    found = []
    for now, then in zip(leaderboard(event), leaderboard(event, rules), strict=True):
        before = {line.team.id: leaderboard_row(line) for line in now.lines}
        rows = []
        for line in then.lines:
            row, was = leaderboard_row(line), before[line.team.id]
            places = was["position"] - row["position"]
            row |= {
                "was": was.get("position_text", was["position"]),
                "was_pts": was.get("pts_text", was["pts"]),
                "places": places,
                "is_different": (was["position"], was["tied"]) != (row["position"], row["tied"]),
            }
            rows.append(row)
        found.append(
            {
                **table_name(then),
                "columns": [column for column in column_rows(then.columns) if column["key"] != "form"],
                "rows": rows,
                "changes": sum(row["is_different"] for row in rows),
                "points_change": any(row["was_pts"] != row.get("pts_text", row["pts"]) for row in rows),
            }
        )
    return found
