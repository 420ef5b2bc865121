"""docs/standings.md names every tie-breaker, restart, rule and rulebook."""

from tests.docs.reading import first_cells, keys_in, section
from timely.domain import points, rules
from timely.domain.rulebooks import RULEBOOKS
from timely.domain.tiebreakers import RESTARTS, TIEBREAKERS


def test_every_tie_breaker_restart_rule_and_rulebook_is_named() -> None:
    assert [key for cell in first_cells(section("standings.md", "Tie-breakers")) for key in cell] == list(TIEBREAKERS)
    assert keys_in("standings.md", "Head-to-head") == set(RESTARTS)
    assert keys_in("standings.md", "What a game earns") == set(points.KEYS) | set(rules.KEYS) - {"points"}
    assert keys_in("standings.md", "Rulebooks") == set(RULEBOOKS)
