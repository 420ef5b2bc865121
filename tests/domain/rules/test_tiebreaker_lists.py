"""Lists of tie-breakers: all of them order a table, and faults are refused."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.domain.leagues import names, read_league
from timely.domain.errors import ValidationError
from timely.domain.rules.rules import Rules
from timely.domain.rules.tiebreakers import TIEBREAKERS, read_tiebreakers
from timely.domain.standings.standings import standings


def test_every_criterion_orders_a_table_or_is_refused():
    league = read_league("Ash 2-1 Birch (tries 1-0, sets 25-19 20-25 15-9)")
    for criterion in TIEBREAKERS:
        if criterion == "group_position":
            continue
        table = standings(league.teams, league.outcomes, Rules(tiebreakers=("points", criterion)))
        assert names(table) == ["Ash", "Birch"]


@pytest.mark.parametrize(
    ("listed", "between_groups", "path", "words"),
    [
        ([], False, "rules.tiebreakers", "empty"),
        ("points", False, "rules.tiebreakers", "needs a list"),
        (["points", "beauty"], False, "rules.tiebreakers[1]", "not a criterion"),
        (["points", 7], False, "rules.tiebreakers[1]", "not a criterion"),
        (["points", ["wins"]], False, "rules.tiebreakers[1]", "not a criterion"),
        (["points", "wins", "points"], False, "rules.tiebreakers[2]", "twice"),
        (["points", "group_position"], False, "rules.tiebreakers[1]", "different groups"),
        (["points", "head_to_head_points"], True, "rules.tiebreakers[1]", "have not met"),
    ],
)
def test_faults_in_a_list_of_criteria(listed: Sequence[Any], between_groups, path, words):
    with pytest.raises(ValidationError, match=words) as caught:
        read_tiebreakers(listed, "rules.tiebreakers", between_groups=between_groups)
    assert caught.value.path == path


def test_group_position_compares_groups():
    assert read_tiebreakers(["group_position", "points"], "x", between_groups=True) == (
        "group_position",
        "points",
    )
