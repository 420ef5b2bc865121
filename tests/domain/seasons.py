"""Real seasons, told again with other names in another order, so that no accident puts a table right."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from timely.domain.rules.rules import Rules, read_rules
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standing import Standing
from timely.domain.standings.standings import standings

FOLDER = Path(__file__).parent.parent / "data" / "seasons"
SEASONS = sorted(path.stem for path in FOLDER.glob("*.json"))


def season_file(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return data


@dataclass
class Season:
    """A season under false names. `alias` is {real name: false name}, `real` the way back."""

    data: dict[str, Any]
    rules: Rules
    groups: dict[str, list[str]]  # of false names; one group "" where there are none
    games: list[dict[str, Any]]  # table games only, with false names
    alias: dict[str, str]
    real: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.real = {false: true for true, false in self.alias.items()}

    def tables(self, until: str | None = None) -> dict[str, list[Standing]]:
        """The table of each group; *until*: of the games up to that day only."""
        return {group: self.table(group, until) for group in self.groups}

    def table(self, group: str, until: str | None = None) -> list[Standing]:
        chosen = [
            Outcome(game["home"], game["away"], game["home_score"], game["away_score"], game.get("extra") or {})
            for game in self.games
            if game.get("group", "") == group and (until is None or game["date"] <= until)
        ]
        return standings(
            self.groups[group],
            chosen,
            self.rules,
            deductions={self.alias[one["team"]]: one["points"] for one in self.data["deductions"]},
            manual_order=self.disguised(self.data.get("manual_order", {})),
        )

    def disguised(self, manual_order: dict[str, list[str]]) -> dict[str, list[str]]:
        return {criterion: [self.alias[team] for team in teams] for criterion, teams in manual_order.items()}

    def names(self, table: Sequence[Standing]) -> list[str]:
        return [self.real[str(line.team)] for line in table]


def read_season(name: str, seed: int) -> Season:
    """The season with every team renamed, and teams, groups and games shuffled by *seed*."""
    data = season_file(name)
    dice = random.Random(seed)
    false_names = [f"Team {number:02}" for number in range(len(data["teams"]))]
    dice.shuffle(false_names)
    alias = dict(zip(data["teams"], false_names, strict=True))
    groups = {
        group: [alias[team] for team in teams] for group, teams in data.get("groups", {"": data["teams"]}).items()
    }
    for teams in groups.values():
        dice.shuffle(teams)
    order = list(groups)
    dice.shuffle(order)
    games = [
        game | {"home": alias[game["home"]], "away": alias[game["away"]]}
        for game in data["matches"]
        if game.get("stage") != "knockout"
    ]
    dice.shuffle(games)
    return Season(data, read_rules(data["rules"]), {group: groups[group] for group in order}, games, alias)
