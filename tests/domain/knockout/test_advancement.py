"""Teams of ties, as far as they are certain."""

from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.replay import by_dice, play
from timely.domain.knockout.advancement import Table, nobody_comes, who_plays
from timely.domain.knockout.places import final_places
from timely.domain.knockout.qualifying import qualifiers
from timely.domain.knockout.source import LoserOf, Place, Rank, WinnerOf
from timely.domain.knockout.tie import Tie
from timely.domain.knockout.tree import knockout
from timely.domain.standings.across_groups import rank_across
from timely.domain.standings.standing import Standing

GROUPS = knockout(qualifiers(["A", "B"], 2), third_place=True)


def table(*teams: str, is_over: bool = True, tied: tuple[int, ...] = (), points: int = 9) -> Table:
    """A finished table; the lines at the positions *tied* are not settled."""
    lines = [Standing(team, position=n, tied=n in tied, points=points - 3 * n) for n, team in enumerate(teams, 1)]
    return Table(lines, is_over)


def comparing(tables):
    standings = {name: one.lines for name, one in tables.items()}
    return lambda position: rank_across(standings, ["points"], position=position)


def test_a_group_fills_its_places_when_it_is_over():
    tables = {"A": table("Ash", "Birch", "Cedar"), "B": table("Dill", "Elm", is_over=False)}
    assert who_plays(GROUPS, {}, tables) == {
        "SF1": ("Ash", None),
        "SF2": (None, "Birch"),
        "3P": (None, None),
        "F": (None, None),
    }


def test_a_tie_in_the_table_keeps_the_place_open():
    tables = {"A": table("Ash", "Birch", "Cedar", tied=(2, 3)), "B": table("Dill", "Elm", tied=(1, 2))}
    assert who_plays(GROUPS, {}, tables)["SF1"] == ("Ash", None)
    assert who_plays(GROUPS, {}, tables)["SF2"] == (None, None)


def test_winners_and_losers_go_on_and_a_correction_cascades():
    tables = {"A": table("Ash", "Birch"), "B": table("Dill", "Elm")}
    sides = who_plays(GROUPS, {"SF1": "home", "SF2": "away"}, tables)
    assert (sides["F"], sides["3P"]) == (("Ash", "Birch"), ("Elm", "Dill"))
    corrected = who_plays(GROUPS, {"SF1": "away", "SF2": "away"}, tables)
    assert (corrected["F"], corrected["3P"]) == (("Elm", "Birch"), ("Ash", "Dill"))
    taken_back = who_plays(GROUPS, {"SF1": None, "SF2": "away"}, tables)
    assert taken_back["F"] == (None, "Birch")


def test_a_withdrawn_opponent_is_a_decided_tie():
    ties = knockout(["Ash", "Birch", "Cedar"])
    assert who_plays(ties, {"SF1": "away"})["F"] == ("Ash", "Cedar")


def test_a_winner_without_a_team_fills_nothing():
    ties = [Tie("SF1", "", 1, Place(("A",), 1), "Birch"), Tie("F", "", 1, WinnerOf("SF1"), LoserOf("SF1"))]
    assert who_plays(ties, {"SF1": "home"})["F"] == (None, "Birch")


def test_what_names_no_tie_or_no_place_stays_open():
    ties = [
        Tie("F", "", 1, WinnerOf("SF9"), Place(("Z",), 1)),
        Tie("X", "", 1, Place(("A",), 9), Rank(3)),
        Tie("Y", "", 1, WinnerOf("Y"), "Ash"),
    ]
    tables = {"A": table("Birch", "Cedar")}
    assert who_plays(ties, {"Y": "home"}, tables, comparing(tables)) == {
        "F": (None, None),
        "X": (None, None),
        "Y": (None, None),
    }


BEST = [Tie("SF1", "", 1, Place(("A",), 1), Place(("A", "B", "C"), 2)), Tie("SF2", "", 1, "x", "y")]


def test_the_best_second_is_known_when_all_groups_are_over():
    tables = {"A": table("Ash", "Birch"), "B": table("Cedar", "Dill", points=12), "C": table("Elm", "Fir")}
    assert who_plays(BEST, {}, tables, comparing(tables))["SF1"] == ("Ash", "Dill")
    tables["C"] = table("Elm", "Fir", is_over=False)
    assert who_plays(BEST, {}, tables, comparing(tables))["SF1"] == ("Ash", None)


def test_level_best_seconds_wait_for_the_lot():
    tables = {"A": table("Ash", "Birch"), "B": table("Cedar", "Dill"), "C": table("Elm", "Fir", points=6)}
    assert who_plays(BEST, {}, tables, comparing(tables))["SF1"] == ("Ash", None)
    # Nothing is open between two that both go on.
    both = [Tie("SF1", "", 1, Place(("B", "C"), 2), Place(("A", "C"), 2))]
    assert who_plays(both, {}, tables, comparing(tables))["SF1"] == ("Dill", "Birch")


def test_a_place_that_is_tied_in_its_own_group_is_nobodys():
    tables = {"A": table("Ash", "Birch", "Gum", tied=(2, 3), points=15), "B": table("Cedar", "Dill")}
    assert who_plays(BEST, {}, tables, comparing(tables))["SF1"] == ("Ash", None)


def test_ranks_across_the_groups():
    tables = {"A": table("Ash", "Birch", points=12), "B": table("Cedar", "Dill", points=11)}
    ties = knockout([Rank(n) for n in range(1, 5)])
    sides = who_plays(ties, {}, tables, comparing(tables))
    assert (sides["SF1"], sides["SF2"]) == (("Ash", "Dill"), ("Cedar", "Birch"))
    tables["A"] = table("Ash", "Birch", points=12, tied=(1, 2))
    assert who_plays(ties, {}, tables, comparing(tables))["SF1"] == (None, "Dill")
    tables["B"] = table("Cedar", "Dill", is_over=False)
    assert who_plays(ties, {}, tables, comparing(tables))["SF1"] == (None, None)


@given(st.integers(2, 40), st.integers(), st.data())
@settings(deadline=None)
def test_the_order_of_results_and_of_ties_makes_no_difference(size, seed, data):
    ties = knockout(range(size), all_places=True)
    sides, winners = play(ties, by_dice(seed))
    some = data.draw(st.permutations(sorted(winners)))[: data.draw(st.integers(0, len(winners)))]
    partly = {code: winners[code] for code in some}
    shuffled = data.draw(st.permutations(ties))
    known = who_plays(ties, partly)
    assert who_plays(shuffled, dict(reversed(partly.items()))) == known
    # What was certain with some of the results stays so with all of them.
    for code, pair in known.items():
        assert all(team in (None, later) for team, later in zip(pair, sides[code], strict=True))
    assert who_plays(shuffled, winners) == sides
    assert final_places(shuffled, sides, winners) == final_places(ties, sides, winners)


@given(st.permutations("ABCDEF"), st.integers(0, 9))
@settings(deadline=None)
def test_the_order_of_the_groups_makes_no_difference_to_the_best_thirds(order, seed):
    ties = knockout(qualifiers(list("ABCDEF"), 2, 4))
    tables = {
        name: table(*(f"{name}{n}" for n in range(1, 5)), points=12 + (seed * (number + 3)) % 7 * 6 + number)
        for number, name in enumerate("ABCDEF")
    }
    again = {name: tables[name] for name in order}
    compare = partial(who_plays, ties, {})
    sides = compare(tables, comparing(tables))
    assert compare(again, comparing(again)) == sides
    assert sorted(team for pair in sides.values() for team in pair if team is not None and team[1] != "3") == sorted(
        f"{name}{n}" for name in "ABCDEF" for n in (1, 2)
    )
    assert sum(team is not None and team[1] == "3" for pair in sides.values() for team in pair) == 4


def test_nobody_has_won_while_two_lead_nowhere():
    semis = [Tie("SF1", "", 1, "Ash", "Birch"), Tie("SF2", "", 2, "Cedar", "Dill")]
    sides = {"SF1": ("Ash", "Birch"), "SF2": ("Cedar", "Dill"), "F": ("Ash", "Cedar"), "9P": ("Elm", "Fir")}
    won = dict.fromkeys(sides, "home")
    assert final_places(semis, sides, won) == {}
    final = Tie("F", "", 1, "Ash", "Cedar")
    assert final_places([*semis, final], sides, won) == {"Ash": 1, "Cedar": 2}
    ninth = Tie("9P", "9th place", 1, Place(("A",), 5), Place(("B",), 5))
    assert final_places([*semis, final, ninth], sides, won) == {"Ash": 1, "Cedar": 2, "Elm": 9, "Fir": 10}


def test_nobody_comes_where_neither_went_on():
    ties = knockout(["Ash", "Birch", "Cedar", "Dill", "Elm", "Fir", "Gum", "Hazel"], third_place=True)
    assert nobody_comes(ties, {"QF1": "none", "QF2": "home"}) == {("SF1", "home"), ("3P", "home")}
    both = nobody_comes(ties, {"QF1": "none", "QF2": "none"})
    assert both == {("SF1", "home"), ("SF1", "away"), ("3P", "home"), ("F", "home")}
    assert nobody_comes(ties, {"QF1": "home"}) == set()
