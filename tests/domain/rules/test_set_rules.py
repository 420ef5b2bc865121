"""Set rules of an event: read, written, refused; and the scores that a set can end with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timely.domain.errors import ValidationError
from timely.domain.rules.rules import Rules, read_rules, unknown_keys
from timely.domain.rules.set_rules import SetRules
from timely.domain.scores.race import Race
from timely.domain.scores.sets import set_rules
from timely.domain.sports import SPORTS


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ([], "rules.sets"),
        ({"to": 0}, "rules.sets.to"),
        ({"to": "21"}, "rules.sets.to"),
        ({"to": 200}, "rules.sets.to"),
        ({"best_of": 100}, "rules.sets.best_of"),
        ({"cap": 30}, "rules.sets.to"),
        ({"last_to": 15}, "rules.sets.to"),
        ({"to": 21, "cap": 20}, "rules.sets.cap"),
        ({"to": 21, "last_to": 15, "last_cap": 14}, "rules.sets.last_cap"),
        ({"to": 6, "tie_break": 7}, "rules.sets.cap"),
        ({"clear": 0}, "rules.sets.clear"),
    ],
)
def test_nonsense_is_refused(data, path):
    with pytest.raises(ValidationError) as caught:
        read_rules({"sets": data})
    assert caught.value.path == path


def test_what_is_read_is_written_again():
    data = {"to": 4, "cap": 5, "last_to": 3, "best_of": 3, "tie_break": 5, "match_tie_break": 7}
    rules = read_rules({"sets": data})
    assert rules.as_dict()["sets"] == data
    assert read_rules(rules.as_dict()) == rules
    assert "sets" not in Rules().as_dict()
    assert list(unknown_keys({"sets": {"to": 11, "towards": 12}})) == ["rules.sets.towards"]


def test_who_gives_the_points_gives_all_of_the_set():
    tennis = SPORTS["tennis"]
    assert set_rules(tennis, Rules()) == tennis.sets
    assert set_rules(tennis, Rules(sets=SetRules(to=8))) == SetRules(to=8)
    kept = set_rules(tennis, Rules(sets=SetRules(best_of=5)))
    assert (kept.to, kept.tie_break, kept.best_of) == (6, 7, 5)


def test_the_listed_scores_say_how_many_sets_there_are():
    volleyball = SPORTS["volleyball"]
    assert set_rules(volleyball, Rules(by_sets={"2-0": 3, "2-1": 2}, scoring="sets")).best_of == 3
    all_played = Rules(by_sets={"3-0": 3, "2-1": 2}, scoring="sets")
    assert set_rules(volleyball, all_played).best_of is None


@given(to=st.integers(1, 12), clear=st.integers(1, 3), cap=st.none() | st.integers(0, 5))
def test_a_race_can_stand_exactly_where_play_comes_by(to, clear, cap):
    """Compared with walking through all points that can be played."""
    race = Race(to, clear, None if cap is None else to + cap)
    most = 20
    seen, coming = set(), [(0, 0)]
    while coming:
        score = coming.pop()
        if score in seen or max(score) > most:
            continue
        seen.add(score)
        if not race.is_over(*score):
            coming += [(score[0] + 1, score[1]), (score[0], score[1] + 1)]
    for home in range(most + 1):
        for away in range(most + 1):
            assert race.can_stand(home, away) == ((home, away) in seen)
            assert race.can_end(home, away) == ((home, away) in seen and race.is_over(home, away))
