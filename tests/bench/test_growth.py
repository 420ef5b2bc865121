"""The bench of growth at tiny sizes, and its arithmetic: slopes, and what is judged."""

import math
from types import ModuleType

import pytest

from bench.growth import entries, games, many_events, saved_results, site, teams, topics
from bench.growth.event_files import league
from bench.growth.row import Row, exponent

TINY: dict[ModuleType, list[int]] = {
    teams: [4, 8],
    games: [12, 24],
    topics: [4, 8],
    many_events: [1, 2],
    entries: [20, 40],
    saved_results: [4, 8],
}


@pytest.mark.parametrize("part", TINY, ids=lambda part: part.__name__.rpartition(".")[2])
def test_every_cost_is_measured_at_every_size(part: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "RUNS", 1)
    rows = part.measure(TINY[part])
    assert len(rows) >= 6
    for row in rows:
        assert list(row.costs) == TINY[part], row.name
        assert all(cost >= 0 for cost in row.costs.values())
        assert len(row.line().splitlines()) == 1


def test_a_slope_is_the_exponent_of_the_size() -> None:
    sizes = (1, 2, 4, 8)
    assert exponent(dict.fromkeys(sizes, 7.0)) == 0
    assert exponent({size: 3.0 * size for size in sizes}) == pytest.approx(1)
    assert exponent({size: 0.5 * size**2 for size in sizes}) == pytest.approx(2)
    assert math.isnan(exponent({4: 1.0}))
    assert math.isnan(exponent({4: 1.0, 8: -1.0}))


def test_what_is_fixed_does_not_hide_what_is_square_from_the_verdict() -> None:
    row = Row("a cost", "ms", costs={size: 100 + size**2 for size in (1, 2, 4, 8, 16, 32, 64)})
    assert row.slope < 1 < row.last_slope
    assert row.is_met is False
    assert "MISSED" in row.line()


def test_a_row_without_a_limit_is_not_judged_but_explained() -> None:
    row = Row("a cost", "ms", None, "everybody meets everybody", {1: 1.0, 2: 4.0})
    assert row.is_met is None
    assert row.line().endswith("everybody meets everybody")


@pytest.mark.parametrize(("number", "games_"), [(4, 1), (8, 28), (20, 400), (64, 224)])
def test_half_of_a_league_is_played(number: int, games_: int) -> None:
    file = league(number, games_)
    assert len(file["teams"]) == number
    assert len(file["matches"]) == games_
    assert sum("home_score" in match for match in file["matches"]) == games_ // 2
    assert all("home_score" in match for match in league(number, games_, weeks=-60)["matches"])
    assert not any("home_score" in match for match in league(number, games_, weeks=60)["matches"])
