"""SVG geometry of a bracket: positions of boxes, names and lines, and font sizes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from timely.domain.bracket_layout.layout import Drawing, Look, draw_compactly
from timely.domain.bracket_layout.paper import A4, draw_on_paper
from timely.domain.bracket_layout.projector import draw_in_hall
from timely.domain.knockout.places import brackets
from timely.domain.knockout.source import LoserOf, WinnerOf
from timely.domain.knockout.tie import Tie
from timely.domain.translation import pgettext
from timely.presenters.bracket import CUTS
from timely.presenters.round_text import round_text
from timely.presenters.text_width import width as width_of

PAGE_WIDTH = 1112  # of a page's card; larger screens scale it up
GAPS = 26
WIDEST, TALLEST = 540, 70
BESIDE_THE_NAME = 0.9  # em for the colour stripe and the gaps
DIGIT = 0.75  # em for one digit of a score
DIGITS = 2


@dataclass(frozen=True, slots=True)
class Inside:
    """Layout inside every box of a drawing, from its upper left corner. `cut` is the cut (`CUTS`) that names fit in."""

    width: float
    height: float
    corner: float
    font: float
    small: float  # font size of the tie's code and caption
    caption_y: float  # 0: no room for a caption
    home_y: float  # baseline
    away_y: float
    home_colour_y: float
    away_colour_y: float
    rule_y: float
    colour_x: float
    colour_width: float
    colour_height: float
    name_x: float
    score_x: float
    cut: str
    caption: str


@dataclass(frozen=True, slots=True)
class Type:
    """Font sizes, and the share of a box's height that its caption takes.

    `largest` is the limit for names; `least` the size down to which they shrink before they are cut shorter, and
    `least_of_long` the same for names longer than usual; `heading` is for headings.
    """

    largest: float
    least: float
    least_of_long: float
    heading: float
    caption: float = 0.26


@dataclass(frozen=True, slots=True)
class Placed:
    code: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    x: float
    y: float
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Picture:
    width: float
    height: float
    inside: Inside
    boxes: Sequence[Placed]
    lines: str  # the `d` of one path
    headings: Sequence[Words]
    byes: Sequence[Words]
    heading_font: float
    part: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class TextSizes:
    """The content that a drawing must have room for: the longest name in em, and the digits of a score."""

    longest: float = CUTS["short"]
    digits: int = DIGITS


USUAL = TextSizes()
ON_PAGE = Type(15, 13, 13, 13)
ON_PAPER = Type(6, 2, 2.8, 3.2)
IN_HALL = Type(50, 26, 30, 26, 0.22)


def text_sizes(names: Iterable[str], digits: int) -> TextSizes:
    return TextSizes(max([USUAL.longest, *(width_of(name) for name in names)]), max(digits, DIGITS))


def on_page(ties: Sequence[Tie], text_sizes: TextSizes = USUAL) -> Picture:
    columns = max((len(part.rounds) for part in brackets(ties)), default=1)
    box = int(min(WIDEST, (PAGE_WIDTH - 8 - (columns - 1) * GAPS) / columns))
    drawing = draw_compactly(ties, Look(box, TALLEST, GAPS, 14, 34, 3))
    drawing.width = PAGE_WIDTH
    return _picture(drawing, ties, ON_PAGE, text_sizes)


def on_paper(ties: Sequence[Tie], text_sizes: TextSizes = USUAL) -> list[Picture]:
    """One picture per sheet of paper, in millimetres."""
    return [_picture(page, ties, ON_PAPER, text_sizes) for page in draw_on_paper(ties, A4)]


def in_hall(ties: Sequence[Tie], text_sizes: TextSizes = USUAL) -> list[Picture]:
    return [
        replace(_picture(screen.drawing, ties, IN_HALL, text_sizes), part=screen.part, of=screen.of)
        for screen in draw_in_hall(ties)
    ]


def _picture(drawing: Drawing, ties: Sequence[Tie], type_: Type, text_sizes: TextSizes) -> Picture:
    first = drawing.boxes[0]
    inside = _inside(first.width, first.height, type_, text_sizes)
    heading = min(type_.heading, first.width / 8)
    return Picture(
        _round(drawing.width),
        _round(drawing.height),
        inside,
        [Placed(box.code, _round(box.x), _round(box.y)) for box in drawing.boxes],
        "".join(_path(line.points) for line in drawing.connectors),
        [Words(round_text(one.text), _round(one.x), _round(one.y + 1.4 * type_.heading)) for one in drawing.headings],
        _byes(drawing, ties, inside),
        _round(heading),
    )


def _inside(width: float, height: float, type_: Type, text_sizes: TextSizes) -> Inside:
    # A box lower than 7 mm on paper has room for the names alone.
    captioned = height >= 7
    caption = type_.caption * height if captioned else 0
    row = (height - caption) / 2
    largest = min(0.8 * row, type_.largest)
    cut, font = _cut(width, largest, type_, text_sizes)
    small = min(0.74 * caption, 0.8 * font)
    return Inside(
        width=_round(width),
        height=_round(height),
        corner=_round(0.08 * height),
        font=_round(font),
        small=_round(small),
        caption_y=_round(0.56 * caption + 0.36 * small) if captioned else 0,
        home_y=_round(caption + 0.5 * row + 0.35 * font),
        away_y=_round(caption + 1.5 * row + 0.35 * font),
        home_colour_y=_round(caption + 0.5 * row - 0.45 * font),
        away_colour_y=_round(caption + 1.5 * row - 0.45 * font),
        rule_y=_round(caption + row),
        colour_x=_round(0.25 * font),
        colour_width=_round(0.25 * font),
        colour_height=_round(0.9 * font),
        name_x=_round(0.8 * font),
        score_x=_round(width - 0.45 * font),
        cut=cut,
        caption="caption" if small and width / small > 16 else "caption_short",
    )


def _cut(width: float, largest: float, type_: Type, text_sizes: TextSizes) -> tuple[str, float]:
    """(cut, font size) for the names of such a box: a cut no longer than the longest name needs."""
    beside = BESIDE_THE_NAME + DIGIT * text_sizes.digits
    needed = min([em for em in CUTS.values() if em >= text_sizes.longest], default=max(CUTS.values()))
    sizes = {cut: min(largest, width / (em + beside)) for cut, em in CUTS.items() if em <= needed}
    for cut, size in sizes.items():
        least = type_.least if CUTS[cut] <= USUAL.longest else type_.least_of_long
        if size >= min(least, largest):
            return cut, size
    return "shortest", sizes["shortest"]


def _byes(drawing: Drawing, ties: Sequence[Tie], inside: Inside) -> list[Words]:
    """A "bye" beside each side that entered without a game, where a line from one would arrive."""
    boxes = {box.code: box for box in drawing.boxes}
    from_both_sides = any(line.points[0][0] > line.points[-1][0] for line in drawing.connectors)
    middle = drawing.width / 2
    bye = pgettext("beside a side that enters a round without a game", "bye")
    words = []
    for tie, side in [one for came in byes(ties).values() for one in came]:
        box = boxes.get(tie.code)
        if box:
            # Above and below the line, which arrives in the middle.
            y = box.y + box.height / 2 + (-0.35 if side == "home" else 1) * (inside.small or inside.font)
            is_right = from_both_sides and box.x > middle
            x = box.x + box.width + 0.4 * inside.small if is_right else box.x - 0.4 * inside.small
            words.append(
                Words(
                    bye,
                    _round(x),
                    _round(y),
                    "start" if is_right else "end",
                )
            )
    return words


def byes(ties: Sequence[Tie]) -> dict[str, list[tuple[Tie, str]]]:
    """{round sat out: [(tie entered at, side)]}, without teams that lost elsewhere before."""
    found: dict[str, list[tuple[Tie, str]]] = {}
    for bracket in brackets(ties):
        for round_ties, before in zip(bracket.rounds, bracket.rounds[1:], strict=False):
            for tie in round_ties:
                sides = (("home", tie.home), ("away", tie.away))
                came = [(tie, side) for side, source in sides if not isinstance(source, WinnerOf | LoserOf)]
                if came:
                    found.setdefault(before[0].round, []).extend(came)
    return found


def _path(points: Sequence[tuple[float, float]]) -> str:
    """The shortest path data: all segments are horizontal or vertical."""
    (x, y), *rest = points
    steps = [f"M{_round(x):g} {_round(y):g}"]
    for to_x, to_y in rest:
        steps.append(f"H{_round(to_x):g}" if to_y == y else f"V{_round(to_y):g}")
        x, y = to_x, to_y
    return "".join(steps)


def _round(number: float) -> float:
    found = round(number, 2)
    return int(found) if found == int(found) else found
