"""Rulebook: a named, dated order, and where it is written down."""

from dataclasses import dataclass

from timely.domain.rules import Rules


@dataclass(frozen=True)
class Rulebook:
    key: str
    name: str
    source: str
    rules: Rules
