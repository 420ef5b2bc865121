"""Points of small line charts, for SVG in the templates."""

from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 600, 120
SMALL_WIDTH, SMALL_HEIGHT = 120, 24
POINTS = 120  # more points are indistinguishable at this width


def line(samples: Sequence[tuple[float, int]], span: float, end: float, width: int, height: int) -> str:
    """The points of a polyline: x from *span* seconds before *end* up to *end*, y from 0 to the largest number.

    *samples* are (moment, number), oldest first; "" for fewer than two.
    """
    thinned = list(thin(samples))
    if len(thinned) < 2:
        return ""
    top = max(1, *(number for _, number in samples))
    points = [
        (width * (1 - (end - moment) / span), (height - 2) * (1 - number / top) + 1) for moment, number in thinned
    ]
    return " ".join(f"{max(0.0, x):.1f},{y:.1f}" for x, y in points)


def area(points: str, height: int) -> str:
    """The points closed along the baseline, for the fill below the line."""
    if not points:
        return ""
    first, last = points.split(" ")[0], points.split(" ")[-1]
    return f"{first.split(',')[0]},{height} {points} {last.split(',')[0]},{height}"


def thin(samples: Sequence[tuple[float, int]]) -> Iterable[tuple[float, int]]:
    """At most POINTS samples, each the highest of its interval, so that no peak is lost."""
    step = -(-len(samples) // POINTS) or 1
    for start in range(0, len(samples), step):
        yield max(samples[start : start + step], key=lambda sample: sample[1])


def bar(number: int, most: int, width: int = 100) -> int:
    """The length of the bar for *number*, if *most* fills the *width*."""
    return round(width * number / most) if most else 0
