"""Data of `results_update`: results, and the tables that follow from them."""

from timely.live.change_log import Changes
from timely.models.read_only import EventView
from timely.presenters.comparison_rows import comparison_update_row
from timely.presenters.event_rows import progress_row
from timely.presenters.final_places import decided_places_rows
from timely.presenters.fixture_rows import result_row
from timely.presenters.row import Row
from timely.presenters.table_rows import table_update_row
from timely.queries.comparisons import comparisons
from timely.queries.final_places import final_places
from timely.queries.schedule import latest_result, latest_results, played_count, schedule
from timely.queries.tables import leaderboard


def results_update(event: EventView, changes: Changes | None) -> Row:
    group_ids = None
    if changes is None:
        fixtures = latest_results(event)
    else:
        ids = {change.record_id for change in changes if change.kind == "result"}
        fixtures = schedule(event, ids)
        if any(change.kind == "event" for change in changes):
            fixtures = latest_results(event)  # results that were held back may be public now
        if all(change.kind == "result" for change in changes) and len(fixtures) == len(ids):
            group_ids = {fixture.group_id for fixture in fixtures if fixture.group_id}
    # All tables are computed: comparisons of level teams are sent for every table, also for unchanged ones.
    boards = leaderboard(event)
    every = [table_update_row(table) for table in boards]
    tables = [table for table in every if group_ids is None or table["id"] in group_ids]
    first, more = (tables[0], tables[1:]) if tables else (None, [])
    return {
        "event_id": event.id,
        "table": {key: value for key, value in first.items() if key != "leaderboard"} if first else None,
        "leaderboard": first["leaderboard"] if first else [],
        "more_tables": more,
        "comparisons": [comparison_update_row(one) for one in comparisons(event, boards)],
        "final_places": decided_places_rows(final_places(event, boards)),
        "results": [result_row(fixture) for fixture in fixtures],
        **progress_row(event, latest_result(event, fixtures), played_count(event), every),
    }
