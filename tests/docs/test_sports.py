"""docs/sports.md tells every sport as it is, and every key that rules may have under `sets`."""

from tests.docs.reading import first_cells, keys_in, section
from timely.domain.rules import set_rules
from timely.domain.scores import cricket
from timely.domain.sports import SPORTS
from timely.domain.sports.sport import FORMS, Sport


def how_long(sport: Sport) -> str:
    """ "to 25, the last to 15"; "4 quarters"; "" where goals are counted."""
    if sport.periods:
        name = sport.periods.name.lower()
        return f"{sport.periods.count} {'halves' if name == 'half' else name + 's'}"
    how = sport.sets
    if how is None:
        return ""
    parts = [f"to {how.to}"]
    parts += [f"{how.cap} at most"] if how.cap else []
    parts += [f"the last to {how.last_to}"] if how.last_to else []
    parts += [f"or a tie-break to {how.match_tie_break} as the last"] if how.match_tie_break else []
    return ", ".join(parts)


def row(sport: Sport) -> str:
    won, lost = sport.walkover
    source = sport.walkover_source or "our choice"
    draws = "yes" if sport.draws else "no"
    return (
        f"| `{sport.key}` | {sport.name} | {sport.form} | {how_long(sport)} | {sport.minutes} | {draws} | "
        f"{won}–{lost}, {source} | `{sport.rulebook}` | {sport.laws} |"
    )


def test_every_sport_is_told_as_it_is() -> None:
    rows = [line for line in section("sports.md", "The sports").splitlines() if line.startswith("| `")]
    assert rows == [row(sport) for sport in SPORTS.values()]


def test_every_form_and_every_key_of_sets_and_innings_is_named() -> None:
    assert keys_in("sports.md", "Forms") == set(FORMS)
    assert [key for cell in first_cells(section("sports.md", "Shorter games")) for key in cell] == list(set_rules.KEYS)
    assert keys_in("sports.md", "Cricket") == set(cricket.KEYS)
