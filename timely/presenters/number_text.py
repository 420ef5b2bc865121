"""Text of numbers: signed differences, ratios to three decimals."""

from fractions import Fraction
from math import inf

from timely.domain.standings.explanation_text import decimals

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


def signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"{MINUS}{-number}" if number < 0 else "0"


def ratio(value: Fraction | float | None) -> float | None:
    """The ratio for JSON; null for infinity, which JSON cannot hold (`…_text` shows it)."""
    return None if value is None or value == inf else round(float(value), 6)


def ratio_text(value: Fraction | float | None, *, cut: bool = False) -> str:
    """Three decimals, rounded; truncated with *cut*, as some federations do."""
    if value is None:
        return DASH
    if isinstance(value, float):
        return "∞"
    return decimals(value, cut=cut)
