"""Explanations of whole tables: of real seasons, famous decisions and random leagues, they agree with the order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.seasons import SEASONS, read_season
from tests.domain.test_properties import CRITERIA, TEAMS, games, lots
from tests.explanation_sentences import sentences
from timely.domain.rules.rules import Rules
from timely.domain.rules.tiebreakers import RESTARTS
from timely.domain.standings.explanation import explain
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standings import standings


@pytest.mark.parametrize("name", SEASONS)
def test_the_real_seasons_explain_themselves(name):
    season = read_season(name, seed=5)
    for group, table in season.tables().items():
        chosen = [
            Outcome(one["home"], one["away"], one["home_score"], one["away_score"], one.get("extra") or {})
            for one in season.games
            if one.get("group", "") == group
        ]
        found = explain(
            season.groups[group],
            chosen,
            season.rules,
            deductions={season.alias[one["team"]]: one["points"] for one in season.data["deductions"]},
            manual_order=season.disguised(season.data.get("manual_order", {})),
        )
        assert list(found) == [line.team for line in table]
        assert_agrees(table, found)


def test_famous_decisions():
    season = read_season("football_world_cup_2018", seed=5)
    group = next(group for group, teams in season.groups.items() if season.alias["Japan"] in teams)
    chosen = [
        Outcome(one["home"], one["away"], one["home_score"], one["away_score"], one.get("extra") or {})
        for one in season.games
        if one.get("group", "") == group
    ]
    japan = explain(season.groups[group], chosen, season.rules)[season.alias["Japan"]]
    assert japan.decided_by == "fair_play"
    assert sentences(japan, lambda team: season.real[str(team)])[-1] == "Fair play: −4, ahead of Senegal (−6)."


def assert_agrees(table, found):
    """The steps order any two lines as they stand."""
    for line in table:
        own = found[line.team]
        assert (own.position, own.tied) == (line.position, line.tied)
        for other in table:
            if other.team == line.team:
                continue
            step = own.apart_from(other.team)
            if other.position == line.position:
                assert step is None
                assert other.team in own.level_with
            else:
                ahead = step.values[line.team] > step.values[other.team]
                assert ahead == (line.position < other.position)
                assert found[other.team].apart_from(line.team) is step
        assert all(sentences(own))
        assert own.decided_by == ("" if line.tied or len(table) == 1 else own.steps[-1].criterion)


rules = st.builds(
    Rules,
    overtime_win=st.none() | st.just(2),
    tiebreakers=st.lists(st.sampled_from(CRITERIA), min_size=1, max_size=7, unique=True).map(tuple),
    head_to_head_restart=st.sampled_from(RESTARTS),
)


@settings(deadline=None)
@given(games, rules, lots)
def test_explanation_and_order_agree(played, rules, manual_order):
    outcomes = [Outcome(*game) for game in played]
    table = standings(TEAMS, outcomes, rules, manual_order=manual_order)
    found = explain(TEAMS, outcomes, rules, manual_order=manual_order)
    assert list(found) == [line.team for line in table]
    assert_agrees(table, found)


@settings(deadline=None)
@given(games, rules)
def test_each_step_is_asked_among_those_who_were_level_until_then(played, rules):
    for explanation in explain(TEAMS, [Outcome(*game) for game in played], rules).values():
        level = set(TEAMS)
        for step in explanation.steps:
            assert set(step.values) <= level
            assert explanation.team in step.values
            assert [team for part in step.parts for team in part] == list(step.values)
            level = {explanation.team, *step.level_with(explanation.team)}
