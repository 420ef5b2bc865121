"""The bench of languages, with few clients: each language is one message more, and nobody misses anything."""

import pytest

from bench.before_after.trees import Trees
from bench.languages import live, pages
from bench.league import League
from tests.browser.server import ROOT


def test_each_language_is_one_message_more_for_as_many_clients(one: League) -> None:
    rows = live.measure(one, {"sio": 6, "sse": 3}, runs=1, rounds=2)
    assert [(row.mode, row.languages) for row in rows] == [
        (mode, many) for mode in ("sio", "sse") for many in (1, 2, 3)
    ]
    for row in rows:
        assert (row.held, row.lost, row.built) == ([row.clients], [0], [row.languages])
    assert len(live.table(rows)) == 1 + len(rows)


def test_a_row_shows_what_each_further_language_costs() -> None:
    alone, third = (
        live.Row("sio", 5, many, [5], [0], [many], [cpu], [1], [1], [9]) for many, cpu in ((1, 4.0), (3, 7.0))
    )
    assert live.table([alone, third])[-1].split()[-2:] == ["1.50", "1.75"]


def test_saves_and_pages_are_compared_in_every_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "WARMING_ROUNDS", 0)
    # A copy without its history lacks the earlier commit: both are this tree, one of them by another path.
    trees = Trees(ROOT / "tests" / "..")
    found = {figure.name: figure for figure in pages.measure(trees, rounds=1)}
    assert next(iter(found)) == "a save over the API, with its message"
    for tab in pages.TABS:
        english, german = found[f"{tab}, in English"], found[f"{tab}, in German"]
        assert english.before == german.before
        assert len(english.after) == len(german.after) == 1
    for figure in found.values():
        assert all(took > 0 for took in figure.before + figure.after)
