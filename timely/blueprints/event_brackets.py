"""Template context of the bracket tab and of the display's brackets."""

from collections.abc import Sequence
from typing import Any

from timely.blueprints.event_context import divisions_shown
from timely.domain.translation import gettext
from timely.models.read_only import EventView
from timely.presenters.bracket import bracket_row
from timely.presenters.bracket_svg import Picture, TextSizes, text_sizes
from timely.presenters.drawn_bracket import drawn_bracket, drawn_in_hall
from timely.presenters.round_text import round_text
from timely.presenters.row import Row
from timely.presenters.text_width import cut
from timely.queries.brackets import EventBracket

SHEET_TITLE = 32.0  # width of a sheet's title in em, beside its dates


def drawn_brackets(event: EventView, found: Sequence[EventBracket]) -> dict[str, Any]:
    """For the tab: the bracket of each division, or of the chosen one, by round and drawn for the page and on paper.

    `ties_left_out` are the ties of the divisions that are not shown.
    """
    chosen = divisions_shown(event)["division_id"]
    shown = [bracket for bracket in found if chosen in (None, bracket.stage.division_id)]
    left_out = [played.fixtures[0].id for bracket in found if bracket not in shown for played in bracket.ties]
    return {"brackets": [_drawn(bracket) for bracket in shown], "ties_left_out": left_out}


def _drawn(bracket: EventBracket) -> Row:
    row = bracket_row(bracket)
    rows = rows_by_code(row)
    drawn = drawn_bracket(tuple(played.tie for played in bracket.ties), text_sizes_of(bracket, rows))
    return {
        **row,
        "rounds": [one | {"name": round_text(one["name"])} for one in row["rounds"]],
        "rows": rows,
        "drawn": drawn.page,
        "sheets": drawn.sheets,
        "sheet_title": cut(" · ".join(filter(None, (bracket.stage.event.name, row["name"]))), SHEET_TITLE),
        "byes": {
            round_text(name): [(rows[tie.code], side) for tie, side in found] for name, found in drawn.byes.items()
        },
    }


def hall_brackets(found: Sequence[EventBracket]) -> dict[str, Any]:
    """For the display: the screens of each division with their titles, and the ties that are on no screen."""
    screens: list[Row] = []
    left_out: list[int] = []
    for bracket in found:
        row = bracket_row(bracket)
        rows = rows_by_code(row)
        pictures = drawn_in_hall(tuple(played.tie for played in bracket.ties), text_sizes_of(bracket, rows))
        screens += [_screen(row["name"], picture, rows, pictures) for picture in pictures]
        shown = {box.code for picture in pictures for box in picture.boxes}
        left_out += [tie["id"] for code, tie in rows.items() if code not in shown]
    return {"knockouts": screens, "ties_left_out": left_out}


def _screen(division: str, picture: Picture, rows: dict[str, Row], pictures: Sequence[Picture]) -> Row:
    title = " · ".join(filter(None, (division, gettext("Knockout"))))
    if picture.of:
        title = gettext("%(title)s, part %(part)s of %(of)s", title=title, part=picture.part, of=picture.of)
    # The screen of the last rounds is not shown before anybody has reached them: the parts contain all that is known.
    is_last = not picture.of and pictures[0].of > 0
    return {"title": title, "picture": picture, "rows": rows, "is_last": is_last}


def text_sizes_of(bracket: EventBracket, rows: dict[str, Row]) -> TextSizes:
    """Room for the names, and for the scores there are; at least three digits for sports that count points or runs."""
    usual = 3 if bracket.stage.event.sport_kind.score_unit in ("points", "runs") else 2
    sides = [tie[side] for tie in rows.values() for side in ("home", "away")]
    return text_sizes((side["name"] for side in sides), max([usual, *(len(side["score_text"]) for side in sides)]))


def rows_by_code(bracket: Row) -> dict[str, Row]:
    return {tie["code"]: tie for one in bracket["rounds"] for tie in one["ties"]}
