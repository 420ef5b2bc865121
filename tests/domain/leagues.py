"""Leagues as text: one game a line, `Ash 3-0 Birch`, in the order of play."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standing import Standing

LINE = re.compile(r"(?P<home>\S.*?)\s+(?P<h>\d+)-(?P<a>\d+)\s+(?P<away>\S.*?)(?:\s+(?P<words>\(.*\)))?")


@dataclass(frozen=True)
class League:
    teams: list[str]
    outcomes: list[Outcome]


def read_league(text: str, teams: Sequence[str] = ()) -> League:
    """The league in *text*; the teams in order of appearance, after those named in *teams*.

    A line may end in brackets: `(overtime)`, `(tries 4-1)`, `(sets 25-19 25-20)`, `(home yellow 2)`, or
    several of them, divided by commas.
    """
    found = list(teams)
    outcomes = []
    for line in text.splitlines():
        if not line.strip():
            continue
        game = LINE.fullmatch(line.strip())
        assert game, f"not a game: {line!r}"
        found += [team for team in (game["home"], game["away"]) if team not in found]
        extra = read_words(game["words"] or "()")
        outcomes.append(Outcome(game["home"], game["away"], int(game["h"]), int(game["a"]), extra))
    return League(found, outcomes)


def read_words(words: str) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    for note in filter(None, (part.strip() for part in words[1:-1].split(","))):
        kind, *rest = note.split()
        if kind == "tries":
            home, away = rest[0].split("-")
            extra["tries"] = {"home": int(home), "away": int(away)}
        elif kind == "sets":
            extra["sets"] = [[int(points) for points in one.split("-")] for one in rest]
        elif kind in ("home", "away"):
            extra.setdefault("cards", {}).setdefault(kind, {})[rest[0]] = int(rest[1])
        else:
            extra[kind] = True
    return extra


def names(table: Sequence[Standing]) -> list[str]:
    return [str(line.team) for line in table]


def places(table: Sequence[Standing]) -> list[tuple[int, str]]:
    """(position, name) of each line."""
    return [(line.position, str(line.team)) for line in table]


def line_of(table: Sequence[Standing], team: str) -> Standing:
    return next(line for line in table if line.team == team)
