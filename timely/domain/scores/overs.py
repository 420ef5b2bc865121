"""Overs of cricket in their usual notation: "19.3" are nineteen overs and three balls."""

import re

BALLS = 6  # in an over


def balls(overs: object) -> int | None:
    """The number of balls; None for text that is not overs."""
    if isinstance(overs, bool):
        return None
    written = re.fullmatch(r"(\d{1,3})(?:\.([0-5]))?", str(overs), re.ASCII)
    return int(written[1]) * BALLS + int(written[2] or 0) if written else None


def overs_text(count: int) -> str:
    """The balls as overs: 117 are "19.3"."""
    over, ball = divmod(count, BALLS)
    return f"{over}.{ball}" if ball else str(over)
