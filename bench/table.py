"""Verdicts of a bench on its targets, as text."""

MET, MISSED = "met", "MISSED"


def verdict(is_met: bool) -> str:
    return MET if is_met else MISSED


def is_judged(line: str) -> bool:
    """Whether what a bench printed says so."""
    return any(word in line.split() for word in (MET, MISSED))
