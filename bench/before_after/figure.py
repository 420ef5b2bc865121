"""One figure of both trees, its target, and its line in the table."""

from dataclasses import dataclass, field
from statistics import median

from bench.table import verdict


@dataclass
class Figure:
    """Figures of several runs, before and after.

    *most_times* is the largest ratio of the medians, *most* the largest median after; without either it is not judged.
    """

    name: str
    unit: str
    most_times: float | None = None
    most: float | None = None
    before: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)

    def add(self, figure: float, *, is_before: bool) -> None:
        (self.before if is_before else self.after).append(figure)

    @property
    def times(self) -> float:
        """The figure after for each of the figure before."""
        return median(self.after) / (median(self.before) or float("nan")) if self.before else float("nan")

    @property
    def is_met(self) -> bool | None:
        """None if there is no target."""
        if self.most_times is None and self.most is None:
            return None
        is_ratio_met = self.most_times is None or self.times <= self.most_times
        return is_ratio_met and (self.most is None or median(self.after) <= self.most)

    def line(self) -> str:
        before = f"{median(self.before):10.2f}" if self.before else f"{'':10}"
        times = f"{self.times:7.2f}" if self.before else f"{'':7}"
        targets = [f"{self.most_times:g} ×"] if self.most_times is not None else []
        targets += [f"{self.most:g}"] if self.most is not None else []
        judged = "" if self.is_met is None else verdict(self.is_met)
        figures = f"{before}{median(self.after):10.2f}{times}"
        return f"{self.name:58} {self.unit:5}{figures}  {', '.join(targets):12} {judged}"


HEAD = f"{'':58} {'unit':5}{'before':>10}{'after':>10}{'ratio':>7}  {'at most':12}"
