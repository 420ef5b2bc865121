"""Sports are found by what people call them, and each begins with rules that fit it."""

import pytest

from timely.domain.rulebooks import RULEBOOKS, rules_for
from timely.domain.scores.details import FLAGS
from timely.domain.scores.score import check_score, score_form
from timely.domain.sports import GENERIC, SPORTS, find_sport
from timely.domain.sports.sport import FORMS


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("football", "football"),
        (" Football ", "football"),
        ("Soccer", "football"),
        ("Fußball", "football"),
        ("ice hockey", "ice_hockey"),
        ("Ice_Hockey", "ice_hockey"),
        ("ICE-HOCKEY", "ice_hockey"),
        ("rugby", "rugby_union"),
        ("rugby union", "rugby_union"),
        ("hockey", "field_hockey"),
        ("table  tennis", "table_tennis"),
        ("sevens", "rugby_sevens"),
        ("Ultimate Frisbee", "ultimate"),
        ("T20", "cricket"),
        ("Schach", "chess"),
        ("tiddlywinks", "generic"),
        ("", "generic"),
    ],
)
def test_find_sport(text, key):
    assert find_sport(text).key == key


@pytest.mark.parametrize("key", SPORTS)
def test_a_sport_fits_its_own_rules(key):
    sport, rules = SPORTS[key], rules_for(key)
    assert find_sport(sport.key) is find_sport(sport.name) is sport
    assert rules == RULEBOOKS[sport.rulebook].rules
    assert (rules.scoring == "sets") == (sport.score_unit == "sets")
    assert sport.walkover[0] > sport.walkover[1]
    check_score(*sport.walkover, None, rules, sport)
    check_score(*reversed(sport.walkover), None, rules, sport)


@pytest.mark.parametrize("key", SPORTS)
def test_a_sport_says_what_its_form_needs(key):
    sport = SPORTS[key]
    assert sport.form in FORMS
    assert (sport.form == "sets") == (sport.score_unit == "sets") == bool(sport.best_ofs)
    # Of an odd number of sets somebody wins most; and a short game may be one set.
    assert all(number % 2 for number in sport.best_ofs)
    assert not sport.best_ofs or min(sport.best_ofs) == 1
    assert (sport.form == "periods") == (sport.periods is not None)
    assert set(sport.endings) <= set(FLAGS)
    assert sport.laws or sport is GENERIC
    assert score_form(sport, rules_for(key)) == sport.form
    assert score_form(sport, rules_for("generic")) == ("goals" if sport.form == "sets" else sport.form)


def test_no_two_sports_answer_to_one_name():
    names = [alias.casefold() for sport in SPORTS.values() for alias in (sport.name, *sport.aliases)]
    assert len(set(names)) == len(names)


def test_a_sport_nobody_knows_has_the_simplest_rules():
    assert rules_for("tiddlywinks") == rules_for(GENERIC.key) == RULEBOOKS["club-simple"].rules


def test_rulebooks_say_who_wrote_them():
    assert len({book.name for book in RULEBOOKS.values()}) == len(RULEBOOKS)
    for key, book in RULEBOOKS.items():
        assert book.key == key
        assert len(book.source) > 10
