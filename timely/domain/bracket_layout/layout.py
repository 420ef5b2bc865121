"""Layout of a drawn knockout: positions of boxes and lines. Knows nothing of SVG, so that any page can draw it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from timely.domain.knockout.places import Bracket, brackets
from timely.domain.knockout.source import WinnerOf
from timely.domain.knockout.tie import Tie


@dataclass(frozen=True, slots=True)
class Look:
    """The measures of a drawing, in units of the caller's choice: pixels on a page, millimetres on paper."""

    box_width: float = 180
    box_height: float = 52
    column_gap: float = 36
    row_gap: float = 14
    heading: float = 28  # above each column, and before each bracket
    margin: float = 8


SCREEN = Look()


@dataclass(frozen=True, slots=True)
class Box:
    """The box of one tie. `column` counts from the left; `row` from the top within its column and bracket."""

    code: str
    column: int
    row: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Connector:
    """The line from a tie to the one its winner plays in, through these points; all its angles are right angles."""

    from_code: str
    to_code: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    text: str  # the name of a round
    x: float
    y: float
    width: float


@dataclass(slots=True)
class Drawing:
    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)
    connectors: list[Connector] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RoundOfTies:
    """A round with its ties in one column, for a narrow screen."""

    name: str
    ties: tuple[Tie, ...]


def by_round(ties: Sequence[Tie]) -> list[RoundOfTies]:
    """The rounds in the order of *ties*, which is that of play."""
    rounds: dict[str, list[Tie]] = {}
    for tie in ties:
        rounds.setdefault(tie.round, []).append(tie)
    return [RoundOfTies(name, tuple(of_round)) for name, of_round in rounds.items()]


def draw(ties: Sequence[Tie], look: Look = SCREEN) -> Drawing:
    """The bracket from left to right, the final in the last column; brackets for other places below it, best first."""
    return draw_below_one_another(brackets(ties), look)


def draw_compactly(ties: Sequence[Tie], look: Look = SCREEN) -> Drawing:
    """The same as `draw`, but the game for third place stands where there is room for it: under the final."""
    parts = brackets(ties)
    third = third_place(parts)
    drawing = draw_below_one_another(parts[:1], look)
    if third:
        put_under_final(drawing, parts[0].last, third.last, look)
    columns = len(parts[0].rounds) if parts else 0
    others = [part for part in parts[1:] if part is not third]
    if any(len(part.rounds) > columns for part in others):  # a cup with a larger plate
        return draw(ties, look)
    for part in others:
        _place(drawing, part, look, columns)
    return drawing


def third_place(parts: Sequence[Bracket]) -> Bracket | None:
    """The bracket that is only the game for third place; None if there is none."""
    return next((part for part in parts[1:] if part.first_place == 3 and len(part.ties) == 1), None)


def put_under_final(drawing: Drawing, final: Tie, third: Tie, look: Look) -> None:
    """Puts the game for third place into the last column: level with the lowest box, or lower if it needs to be."""
    above = next(box for box in drawing.boxes if box.code == final.code)
    lowest = max(box.y for box in drawing.boxes)
    y = max(lowest, above.y + above.height + look.heading + look.row_gap)
    drawing.headings.append(Heading(third.round, above.x, y - look.heading, above.width))
    drawing.boxes.append(replace(above, code=third.code, row=1, y=y))
    drawing.height = max(drawing.height, y + above.height + look.heading / 2)


def draw_below_one_another(parts: Sequence[Bracket], look: Look) -> Drawing:
    drawing = Drawing(0, look.margin)
    columns = max((len(part.rounds) for part in parts), default=0)
    for part in parts:
        _place(drawing, part, look, columns)
    drawing.width = 2 * look.margin + columns * look.box_width + max(columns - 1, 0) * look.column_gap
    drawing.height += look.margin if parts else 0
    return drawing


def rows_of(bracket: Bracket) -> tuple[dict[str, float], int]:
    """{code: its row, from 0} and the number of rows; a tie stands in the middle of those it comes from."""
    known = {tie.code: tie for tie in bracket.ties}
    rows: dict[str, float] = {}
    leaves = 0
    waiting = [(bracket.last, False)]
    while waiting:  # without recursion, since an imported chain of ties may be long
        tie, is_fed = waiting.pop()
        feeders = feeders_of(tie, known)
        if not feeders:
            rows[tie.code] = float(leaves)
            leaves += 1
        elif is_fed:
            rows[tie.code] = (rows[feeders[0].code] + rows[feeders[-1].code]) / 2
        else:
            waiting.append((tie, True))
            waiting += [(feeder, False) for feeder in reversed(feeders)]
    return rows, leaves


def feeders_of(tie: Tie, known: dict[str, Tie]) -> list[Tie]:
    """The ties whose winners meet in this one, the upper first."""
    codes = dict.fromkeys(side.code for side in (tie.home, tie.away) if isinstance(side, WinnerOf))
    return [known[code] for code in codes if code in known]


def below(last: Tie, known: dict[str, Tie]) -> Bracket:
    """The part of a bracket that leads to one of its ties."""
    rounds: list[list[Tie]] = []
    level = [last]
    while level:
        rounds.append(level)
        level = [feeder for tie in level for feeder in feeders_of(tie, known)]
    return Bracket(last, rounds)


def elbow(start: tuple[float, float], end: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """Points of a line that goes across, up or down half way, and across."""
    if start[1] == end[1]:
        return start, end
    middle = (start[0] + end[0]) / 2
    return start, (middle, start[1]), (middle, end[1]), end


def _place(drawing: Drawing, bracket: Bracket, look: Look, columns: int) -> None:
    """Draws one bracket below what is drawn; its last tie stands in the last column."""
    rows, count = rows_of(bracket)
    known = {tie.code: tie for tie in bracket.ties}
    top = drawing.height + look.heading
    boxes: dict[str, Box] = {}
    for depth, ties in enumerate(bracket.rounds):
        column = columns - 1 - depth
        x = look.margin + column * (look.box_width + look.column_gap)
        drawing.headings.append(Heading(ties[0].round, x, drawing.height, look.box_width))
        for number, tie in enumerate(sorted(ties, key=lambda tie: rows[tie.code])):
            y = top + rows[tie.code] * (look.box_height + look.row_gap)
            boxes[tie.code] = Box(tie.code, column, number, x, y, look.box_width, look.box_height)
    for tie in bracket.ties:
        for feeder in feeders_of(tie, known):
            drawing.connectors.append(joined(boxes[feeder.code], boxes[tie.code]))
    drawing.boxes += boxes.values()
    drawing.height = top + count * look.box_height + (count - 1) * look.row_gap + look.heading / 2


def joined(feeder: Box, box: Box) -> Connector:
    """The line from the side of *feeder* that faces *box*."""
    to_the_right = feeder.x < box.x
    start = (feeder.x + feeder.width if to_the_right else feeder.x, feeder.y + feeder.height / 2)
    end = (box.x if to_the_right else box.x + box.width, box.y + box.height / 2)
    return Connector(feeder.code, box.code, elbow(start, end))
