"""One cost at several sizes, its slope, and its line in the table."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from bench.table import verdict

# A little more than straight: noise, and the logarithm in a sort or an index.
STRAIGHT = 1.15
# For what has nothing to do with the size: the logarithm in an index, and noise.
FLAT = 0.25


@dataclass
class Row:
    """A cost by size. *most* is the steepest slope that it may have; *why* explains one that is not judged."""

    name: str
    unit: str
    most: float | None = STRAIGHT
    why: str = ""
    costs: dict[int, float] = field(default_factory=dict)

    @property
    def slope(self) -> float:
        """The exponent of the size in the cost: 0 flat, 1 straight, 2 square; fitted in log-log to all sizes."""
        return exponent(self.costs)

    @property
    def last_slope(self) -> float:
        """The same of the three largest sizes, where what is not straight comes out from under what is fixed."""
        return exponent(dict(sorted(self.costs.items())[-3:]))

    @property
    def is_met(self) -> bool | None:
        """None if it is not judged."""
        return None if self.most is None else self.last_slope <= self.most

    def line(self) -> str:
        (first, least), *_, (last, largest) = sorted(self.costs.items())
        judged = self.why if self.is_met is None else f"at most {self.most:g}  {verdict(self.is_met)}"
        costs = f"{self.unit:9}{least:>11,.2f}{largest:>11,.2f}{self.slope:>7.2f}{self.last_slope:>7.2f}"
        return f"{self.name:44}{f'{first:,} – {last:,}':>16}  {costs}  {judged}"


HEAD = f"{'':44}{'sizes':>16}  {'unit':9}{'smallest':>11}{'largest':>11}{'slope':>7}{'last':>7}"
Measure = Callable[[list[int]], list[Row]]


def exponent(costs: dict[int, float]) -> float:
    """The slope of the straight line through the logarithms of sizes and costs; NaN for fewer than two sizes."""
    points = [(math.log(size), math.log(cost)) for size, cost in costs.items() if cost > 0]
    if len(points) < 2:
        return math.nan
    middle_x, middle_y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread


def step_slopes(costs: dict[int, float]) -> list[float]:
    """The slope from each size to the next."""
    return [exponent(dict(pair)) for pair in pairwise(sorted(costs.items()))]
