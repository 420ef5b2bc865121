"""Bracket layout on a projector: on one screen if that is readable from the back of the room, else in parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from timely.domain.bracket_layout.layout import (
    Drawing,
    Look,
    below,
    draw_below_one_another,
    put_under_final,
    rows_of,
    third_place,
)
from timely.domain.knockout.places import Bracket, brackets
from timely.domain.knockout.tie import Tie

MOST_ROWS = 8  # ties below one another: with more of them the names are too small
LAST_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Hall:
    """The space for a bracket on a screen of 1920 by 1080, in pixels."""

    width: float = 1780
    height: float = 820
    heading: float = 48
    widest_box: float = 520
    tallest_box: float = 156
    gap: float = 0.1  # between boxes, as a fraction of the height of a row
    column_gap: float = 0.12


FULL_HD = Hall()


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen of a bracket.

    `part` counts from 1; 0 means the last rounds, or the whole bracket. `of` is the number of parts.
    """

    drawing: Drawing
    part: int = 0
    of: int = 0


def draw_in_hall(ties: Sequence[Tie], hall: Hall = FULL_HD) -> list[Screen]:
    """The main bracket with the game for third place; then the brackets for other places, if they fit on one screen."""
    parts = brackets(ties)
    if not parts:
        return []
    third = third_place(parts)
    main = parts[0]
    is_one = rows_of(main)[1] <= MOST_ROWS
    screens = [Screen(_one(main, third, hall))] if is_one else _in_parts(main, third, hall)
    others = [part for part in parts[1:] if part is not third]
    if others and sum(rows_of(part)[1] for part in others) <= MOST_ROWS - len(others) + 1:
        screens.append(Screen(draw_below_one_another(others, _look(others, hall))))
    return screens


def _in_parts(main: Bracket, third: Bracket | None, hall: Hall) -> list[Screen]:
    known = {tie.code: tie for tie in main.ties}
    depth, roots = 0, [main]
    while depth + 1 < len(main.rounds) and any(rows_of(root)[1] > MOST_ROWS for root in roots):
        depth += 1
        roots = [below(tie, known) for tie in main.rounds[depth]]
    last = Bracket(main.last, main.rounds[: max(depth + 1, LAST_ROUNDS)])
    in_parts = [root for root in roots if len(root.rounds) > len(last.rounds) - depth]
    screens = [Screen(_one(root, None, hall), number, len(in_parts)) for number, root in enumerate(in_parts, 1)]
    return [*screens, Screen(_one(last, third, hall))]


def _one(part: Bracket, third: Bracket | None, hall: Hall) -> Drawing:
    look = _look([part], hall)
    drawing = draw_below_one_another([part], look)
    if third:
        put_under_final(drawing, part.last, third.last, look)
    return drawing


def _look(parts: Sequence[Bracket], hall: Hall) -> Look:
    columns = max(len(part.rounds) for part in parts)
    rows = sum(rows_of(part)[1] for part in parts)
    share = (hall.width - 8) / (columns + hall.column_gap * (columns - 1))
    pitch = (hall.height - len(parts) * 1.5 * hall.heading) / rows
    box = min(pitch * (1 - hall.gap), hall.tallest_box)
    return Look(min(share, hall.widest_box), box, hall.column_gap * share, pitch - box, hall.heading, 4)
