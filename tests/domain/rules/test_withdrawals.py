"""A team leaves: what becomes of its games, by rulebook and by how much it has played."""

import pytest

from timely.domain.errors import ValidationError
from timely.domain.rulebooks import RULEBOOKS
from timely.domain.rules.rules import read_rules
from timely.domain.rules.withdrawals import (
    ANNULLED,
    Game,
    Withdrawal,
    WithdrawalOutcome,
    read_withdrawal,
    withdrawal_outcomes,
)

GAMES = [
    Game(1, "Ash", "Birch", True),
    Game(2, "Cedar", "Ash", True),
    Game(3, "Ash", "Dill", False),
    Game(4, "Elm", "Ash", False),
    Game(5, "Birch", "Cedar", True),
]
STANDS, ANNUL, CANCEL = WithdrawalOutcome("stands"), WithdrawalOutcome("annulled"), WithdrawalOutcome("cancelled")


@pytest.mark.parametrize(
    ("withdrawal", "expected"),
    [
        (Withdrawal("annul"), {1: ANNUL, 2: ANNUL, 3: CANCEL, 4: CANCEL}),
        (Withdrawal("keep"), {1: STANDS, 2: STANDS, 3: CANCEL, 4: CANCEL}),
        (
            Withdrawal("award"),
            {
                1: STANDS,
                2: STANDS,
                3: WithdrawalOutcome("awarded", 0, 3, "home"),
                4: WithdrawalOutcome("awarded", 3, 0, "away"),
            },
        ),
        (Withdrawal("keep", annul_below=75), {1: ANNUL, 2: ANNUL, 3: CANCEL, 4: CANCEL}),
        (
            Withdrawal("award", annul_below=50),  # half of them are played
            {
                1: STANDS,
                2: STANDS,
                3: WithdrawalOutcome("awarded", 0, 3, "home"),
                4: WithdrawalOutcome("awarded", 3, 0, "away"),
            },
        ),
        (Withdrawal("award", annul_below=51), {1: ANNUL, 2: ANNUL, 3: CANCEL, 4: CANCEL}),
    ],
)
def test_fates(withdrawal, expected):
    assert withdrawal_outcomes("Ash", GAMES, withdrawal, (3, 0)) == expected


def test_nobody_wins_a_game_that_both_have_left():
    found = withdrawal_outcomes("Ash", GAMES, Withdrawal("award"), (3, 0), gone=frozenset({"Elm"}))
    assert (found[3].what, found[4]) == ("awarded", CANCEL)


def test_a_team_without_games():
    assert withdrawal_outcomes("Fir", GAMES, ANNULLED, (3, 0)) == {}


@pytest.mark.parametrize(
    ("key", "played", "way"),
    [
        ("fa-standard-code", 22, "annul"),
        ("fa-standard-code", 23, "keep"),  # 75 % of 30 are 22.5
        ("serie-a-2008", 14, "annul"),
        ("serie-a-2008", 15, "award"),
        ("serie-a-2022", 29, "annul"),
        ("fiba-2022", 29, "annul"),
        ("fide-2023", 14, "annul"),
        ("fide-2023", 15, "award"),
        ("club-simple", 29, "annul"),
    ],
)
def test_what_the_rulebooks_say(key, played, way):
    assert RULEBOOKS[key].rules.withdrawal.way(played, 30) == way


@pytest.mark.parametrize("data", ["annul", "keep", "award", {"annul_below": 75, "then": "keep"}])
def test_it_is_read_and_written_again(data):
    assert read_withdrawal(data, "rules.withdrawal").as_data() == data
    rules = read_rules({"withdrawal": data})
    assert read_rules(rules.as_dict()) == rules
    assert rules.as_dict().get("withdrawal", "annul") == data


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ("forget", "w"),
        (3, "w"),
        ({"annul_below": 0, "then": "keep"}, "w.annul_below"),
        ({"annul_below": 101, "then": "keep"}, "w.annul_below"),
        ({"then": "keep"}, "w.annul_below"),
        ({"annul_below": 50, "then": "annul"}, "w.then"),
        ({"annul_below": 50}, "w.then"),
    ],
)
def test_faults(data, path):
    with pytest.raises(ValidationError) as caught:
        read_withdrawal(data, "w")
    assert caught.value.path == path
