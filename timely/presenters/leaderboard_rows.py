"""Lines of a table as dicts, shared by page, API and live message."""

from collections.abc import Callable, Iterable, Sequence
from math import inf
from typing import Any

from timely.domain.rules.tiebreaker import NO_VALUE
from timely.domain.rules.tiebreakers import TIEBREAKERS
from timely.domain.standings.columns import Column
from timely.domain.standings.standing import Standing
from timely.domain.statuses import WITHDRAWALS
from timely.domain.translation import gettext, pgettext
from timely.models import Group
from timely.presenters.number_text import ratio, ratio_text, signed
from timely.presenters.play_text import half_text, signed_half_text
from timely.presenters.row import Row
from timely.presenters.value_text import value_text
from timely.queries.tables import Line

# The values that a sport may add to a row, beside those of tie-breakers; the rules say which of them a row has.
OWN_FIGURES: dict[str, Callable[[Standing], Any]] = {
    "otw": lambda s: s.overtime_won,
    "otl": lambda s: s.overtime_lost,
    "tf": lambda s: s.tries_for,
    "ta": lambda s: s.tries_against,
    "bp": lambda s: s.bonus,
    "bpt": lambda s: s.bonus_try,
    "bpl": lambda s: s.bonus_losing,
    "sw": lambda s: s.sets_won,
    "sl": lambda s: s.sets_lost,
    "pw": lambda s: s.points_won,
    "pl": lambda s: s.points_lost,
    "set_ratio": lambda s: ratio(s.set_ratio),
    "set_ratio_text": lambda s: ratio_text(s.set_ratio, cut=True),
    "point_ratio": lambda s: ratio(s.point_ratio),
    "point_ratio_text": lambda s: ratio_text(s.point_ratio, cut=True),
    "fp": lambda s: s.fair_play,
    "gf_text": lambda s: half_text(s.goals_for),
    "ga_text": lambda s: half_text(s.goals_against),
    "gd_text": lambda s: signed_half_text(s.goal_difference),
    "pts_text": lambda s: half_text(s.points),
}


def figure(key: str, s: Standing) -> Any:
    """The value of a key of `own_figures`."""
    if key in OWN_FIGURES:
        return OWN_FIGURES[key](s)
    column = key.removesuffix("_text")
    tiebreaker = next(one for one in TIEBREAKERS.values() if one.column == column)
    value = tiebreaker.value(s)
    if value in (inf, NO_VALUE):
        return ratio_text(None if value == NO_VALUE else value) if key != column else None
    return value_text(tiebreaker.key, value) if key != column else ratio(value)


def leaderboard_row(line: Line) -> Row:
    """One line of a table. Numbers stay numbers; `…_text` is added where the page shows something else."""
    s = line.standing
    row: Row = {
        "position": s.position,
        "team_id": line.team.id,
        "team_name": line.team.name,
        "team_colour": line.team.colour,
        "p": s.played,
        "w": s.won,
        "d": s.drawn,
        "l": s.lost,
        "gf": s.goals_for,
        "ga": s.goals_against,
        "gd": s.goal_difference,
        "pts": s.points,
        "form": s.form,
        "tied": s.tied,
        "moved": line.moved,
        "zone": line.zone,
    }
    # The whole table is sent to everybody with each result, so a `…_text` that would only repeat the value is left out.
    if s.goal_difference > 0:
        row["gd_text"] = signed(s.goal_difference)
    if line.moved:
        row["moved_text"] = f"▲{line.moved}" if line.moved > 0 else f"▼{-line.moved}"
    if s.tied:
        row["position_text"] = f"{s.position}="
    if line.zone in WITHDRAWALS:
        row["team_name_text"] = _gone_text(line.team.name, line.zone)
    if line.figures:
        row |= {key: figure(key, s) for key in line.figures if key != "fp" or s.fair_play}
        if "pts_text" in row and "sb" in row:
            row["sb_text"] = half_text(s.sonneborn_berger)
    return row


def _gone_text(name: str, zone: str) -> str:
    if zone == "expelled":
        return pgettext("team", "%(team)s (expelled)", team=name)
    return pgettext("team", "%(team)s (withdrawn)", team=name)


def column_rows(columns: Iterable[Column]) -> list[Row]:
    return [{"key": c.key, "head": str(c.head), "title": str(c.title), "narrow": c.narrow} for c in columns]


def linked(rows: Iterable[Row], path: str) -> list[Row]:
    """The rows with links to their explanations."""
    return [row | {"why_href": f"{path}{row['team_id']}/"} for row in rows]


def why_path(group: Group, table_id: int | str) -> str:
    """The path under which a table's rows are explained, each at its team's id."""
    return f"/events/{group.stage.event.slug}/leaderboard/{table_id}/"


def tied_text(tables: Sequence[Row]) -> str:
    """A note that teams share a position in a table with games played, else ""."""
    if any(row["tied"] and row["p"] for table in tables for row in table["leaderboard"]):
        return gettext("= nothing in the rules separates these teams yet; they share the position.")
    return ""
