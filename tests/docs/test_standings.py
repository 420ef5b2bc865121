"""docs/standings.md names every tie-breaker, restart and rule, and tells the rulebooks as they are."""

from collections.abc import Mapping

from tests.docs.reading import first_cells, keys_in, section
from timely.domain.rulebooks import RULEBOOKS, Rulebook
from timely.domain.rules import points, rules, withdrawals
from timely.domain.rules.tiebreakers import RESTARTS, TIEBREAKERS
from timely.domain.standings.across_groups import EQUALISERS


def test_every_tie_breaker_restart_rule_and_rulebook_is_named() -> None:
    assert [key for cell in first_cells(section("standings.md", "Tie-breakers")) for key in cell] == list(TIEBREAKERS)
    assert keys_in("standings.md", "Head-to-head") == set(RESTARTS)
    assert keys_in("standings.md", "What a game earns") == set(points.KEYS) | set(rules.KEYS) - {"points"}
    assert keys_in("standings.md", "Rulebooks") == set(RULEBOOKS)
    assert keys_in("standings.md", "Withdrawals") == set(withdrawals.WAYS)
    assert keys_in("standings.md", "Groups of unequal size") == set(EQUALISERS)


def row(book: Rulebook) -> str:
    """What the table says of the book."""
    order = " › ".join(book.rules.tiebreakers)
    restart = book.rules.head_to_head_restart
    again = "" if restart == "never" else f" ({restart})"
    return f"| `{book.key}` | {book.name} | {book.date} | {book.source} | {order}{again} |"


def test_the_rulebooks_are_told_as_they_are() -> None:
    rows = [line for line in section("standings.md", "Rulebooks").splitlines() if line.startswith("| `")]
    assert rows == [row(book) for book in RULEBOOKS.values()]


def numbers(given: Mapping[str, int]) -> str:
    """`win 3, draw 1, loss 0`."""
    return ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in given.items())


def earnings(book: Rulebook) -> str:
    """What the table says of the book's points, and of a walkover, cards and overs where it says something of them."""
    data = book.rules.as_dict()
    by_sets, bonus = data["points"].pop("by_sets", None), data["points"].pop("bonus", {})
    points = numbers(by_sets or data["points"] | bonus)
    won, lost = data.get("walkover", ("", ""))
    beside = [f"walkover {won}–{lost}"] if won else []
    beside += [f"cards {numbers(book.rules.fair_play_points)}"] if book.rules.fair_play_points else []
    beside += [f"{book.rules.overs} overs"] if book.rules.overs else []
    withdrawal = data.get("withdrawal")
    beside += [f"{withdrawal['then']} from {withdrawal['annul_below']} % played"] if withdrawal else []
    return f"| `{book.key}` | {points} | {'; '.join(beside)} |"


def test_what_the_rulebooks_pay_is_told_as_it_is() -> None:
    rows = [line for line in section("standings.md", "Points of each rulebook").splitlines() if line.startswith("| `")]
    assert rows == [earnings(book) for book in RULEBOOKS.values()]


def test_the_orders_while_running_are_told_as_they_are() -> None:
    rows = [line for line in section("standings.md", "While games are to come").splitlines() if line.startswith("| `")]
    assert rows == [
        f"| `{book.key}` | {' › '.join(book.rules.tiebreakers_while_running)} |"
        for book in RULEBOOKS.values()
        if book.rules.tiebreakers_while_running
    ]
