"""Rulebook: named, dated rules with their published source."""

from dataclasses import dataclass

from timely.domain.rules.rules import Rules

# The head-to-head block that most rulebooks have.
AMONG_THEM = ("head_to_head_points", "head_to_head_goal_difference", "head_to_head_goals_for")


@dataclass(frozen=True)
class Rulebook:
    """A set of rules with its origin.

    `source` is the regulation, its article and its year; `note` what it leaves to the organiser, or what was not to be
    found in it. `sports` are those it was written for, none if it suits any.
    """

    key: str
    name: str
    date: str  # the seasons or the tournaments it was played by
    source: str
    rules: Rules
    sports: tuple[str, ...] = ()
    note: str = ""
