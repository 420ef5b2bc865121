"""Bracket layout on paper: the main bracket on one page; a large one from both sides, with the final in the middle."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from timely.domain.bracket_layout.layout import (
    Box,
    Drawing,
    Heading,
    Look,
    below,
    draw_below_one_another,
    feeders_of,
    joined,
    put_under_final,
    rows_of,
    third_place,
)
from timely.domain.knockout.places import Bracket, brackets
from timely.domain.knockout.tie import Tie


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet in millimetres: A4 landscape with margins that every printer keeps."""

    width: float = 297
    height: float = 210
    margin: float = 8
    heading: float = 7
    title: float = 12  # the page's own title above the drawing
    largest_box: float = 20  # its height; with 128 teams it is reduced to 5 mm for two names
    gap: float = 0.16  # between boxes, as a fraction of the height of a row


A4 = Sheet()
MOST_ROWS_FROM_THE_LEFT = 8


def draw_on_paper(ties: Sequence[Tie], sheet: Sheet = A4) -> list[Drawing]:
    """The pages: the main bracket with the game for third place, then those for other places, if they are played."""
    parts = brackets(ties)
    if not parts:
        return []
    third = third_place(parts)
    pages = [_main_page(parts[0], third, sheet)]
    others = [part for part in parts[1:] if part is not third]
    return pages + _other_pages(others, sheet)


def _main_page(main: Bracket, third: Bracket | None, sheet: Sheet) -> Drawing:
    if rows_of(main)[1] > MOST_ROWS_FROM_THE_LEFT:
        return _from_both_sides(main, third, sheet)
    columns, rows = len(main.rounds), rows_of(main)[1]
    share = (sheet.width - 2 * sheet.margin) / (columns + 0.15 * (columns - 1))
    pitch = min((sheet.height - sheet.title - sheet.margin - 1.5 * sheet.heading) / rows, 1.5 * sheet.largest_box)
    box = pitch * (1 - sheet.gap)
    look = Look(share, box, 0.15 * share, pitch - box, sheet.heading, sheet.margin)
    drawing = draw_below_one_another([main], look)
    if third:
        put_under_final(drawing, main.last, third.last, look)
    return _moved_down(drawing, sheet)


def _from_both_sides(main: Bracket, third: Bracket | None, sheet: Sheet) -> Drawing:
    page = Drawing(sheet.width, sheet.height)
    known = {tie.code: tie for tie in main.ties}
    halves = [below(feeder, known) for feeder in feeders_of(main.last, known)]
    deepest = max((len(half.rounds) for half in halves), default=0)
    columns = 2 * deepest + 1
    # Names are long and paper is narrow: the lines get a fifth of the width of a box.
    share = (sheet.width - 2 * sheet.margin) / (columns + 0.2 * (columns - 1))
    gap = 0.2 * share
    rows = max((rows_of(half)[1] for half in halves), default=1)
    top = sheet.title + sheet.heading
    room = sheet.height - sheet.margin - top
    pitch = min(room / rows, sheet.largest_box / (1 - sheet.gap))
    height = pitch * (1 - sheet.gap)
    middle = top + rows * pitch / 2

    def x_of(column: int) -> float:
        return sheet.margin + column * (share + gap)

    boxes: dict[str, Box] = {}

    def put(tie: Tie, column: int, number: int, centre: float) -> None:
        boxes[tie.code] = Box(tie.code, column, number, x_of(column), centre - height / 2, share, height)

    for number, half in enumerate(halves):
        at, count = rows_of(half)
        for depth, ties in enumerate(half.rounds):
            column = deepest - 1 - depth if number == 0 else deepest + 1 + depth
            page.headings.append(Heading(ties[0].round, x_of(column), sheet.title, share))
            for row, tie in enumerate(sorted(ties, key=lambda tie: at[tie.code])):
                put(tie, column, row, middle + (at[tie.code] - (count - 1) / 2) * pitch)
    page.headings.append(Heading(main.last.round, x_of(deepest), sheet.title, share))
    # The final stands level with the middle, so that straight lines lead to it; halves with byes may lie elsewhere.
    put(main.last, deepest, 0, middle)
    for tie in main.ties:
        page.connectors += [joined(boxes[feeder.code], boxes[tie.code]) for feeder in feeders_of(tie, known)]
    if third:
        low = min(middle + 2 * pitch + sheet.heading, sheet.height - sheet.margin - height / 2)
        page.headings.append(Heading(third.last.round, x_of(deepest), low - height / 2 - sheet.heading, share))
        put(third.last, deepest, 1, low)
    page.boxes = list(boxes.values())
    return page


def _other_pages(parts: Sequence[Bracket], sheet: Sheet) -> list[Drawing]:
    """As many brackets on a page as it holds at a readable size, best places first."""
    pages: list[Drawing] = []
    waiting = list(parts)
    while waiting:
        taken = [waiting.pop(0)]
        page = draw_below_one_another(taken, _look(taken, sheet))
        while waiting:
            more = [*taken, waiting[0]]
            larger = draw_below_one_another(more, _look(more, sheet))
            if larger.height > sheet.height - sheet.title:
                break
            taken, page = more, larger
            waiting.pop(0)
        pages.append(_moved_down(page, sheet))
    return pages


def _look(parts: Sequence[Bracket], sheet: Sheet) -> Look:
    columns = max(len(part.rounds) for part in parts)
    share = min((sheet.width - 2 * sheet.margin) / (columns + 0.25 * (columns - 1)), 60)
    rows = max(rows_of(part)[1] for part in parts)
    room = sheet.height - sheet.title - 2 * sheet.margin - 1.5 * sheet.heading
    pitch = min(room / rows, sheet.largest_box)
    return Look(share, pitch * (1 - sheet.gap), 0.25 * share, pitch * sheet.gap, sheet.heading, sheet.margin)


def _moved_down(page: Drawing, sheet: Sheet) -> Drawing:
    """The drawing on its sheet, moved down to leave room for the title."""
    down = sheet.title - sheet.margin
    return Drawing(
        sheet.width,
        sheet.height,
        [replace(box, y=box.y + down) for box in page.boxes],
        [replace(line, points=tuple((x, y + down) for x, y in line.points)) for line in page.connectors],
        [replace(one, y=one.y + down) for one in page.headings],
    )
