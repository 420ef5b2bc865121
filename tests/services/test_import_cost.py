"""An event file costs the same few questions to the database however many games it has, and lets others go on."""

from itertools import combinations

import pytest

from tests.conftest import LEAGUE
from tests.statements import statements
from timely.event_file.read import read_event
from timely.services import advancement
from timely.services.event_files import import_event

pytestmark = pytest.mark.usefixtures("in_app")
TEAMS = [f"Team {number:02}" for number in range(24)]


def questions_for(games: int, *more: dict[str, object]) -> int:
    pairs = list(combinations(TEAMS, 2))[:games]
    matches = [{"home": home, "away": away, "home_score": 2, "away_score": 1} for home, away in pairs]
    file = read_event({**LEAGUE, "teams": TEAMS, "matches": [*matches, *more]})
    with statements() as asked:
        import_event(file)
    return sum(one.startswith("SELECT") for one in asked)


def knockout() -> list[dict[str, object]]:
    tie = {"stage": "knockout", "round": "Cup", "home_score": 2, "away_score": 1}
    semi_finals = [
        {**tie, "code": "SF1", "home": TEAMS[0], "away": TEAMS[1]},
        {**tie, "code": "SF2", "home": TEAMS[2], "away": TEAMS[3]},
    ]
    final = {"stage": "knockout", "round": "Final", "code": "F"}
    return [*semi_finals, {**final, "home_from": {"winner_of": "SF1"}, "away_from": {"winner_of": "SF2"}}]


@pytest.mark.parametrize("with_knockout", [False, True])
def test_more_games_are_no_more_questions(with_knockout: bool) -> None:
    more = knockout() if with_knockout else []
    assert questions_for(240, *more) == questions_for(40, *more)


def test_others_go_on_between_the_sides_that_are_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[None] = []
    monkeypatch.setattr(advancement, "yield_to_others", lambda: turns.append(None))
    questions_for(40, *knockout())
    assert len(turns) >= 2
