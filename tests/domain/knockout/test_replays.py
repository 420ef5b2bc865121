"""Replays: games of a tie that is played again until it is decided."""

import pytest

from timely.domain.knockout.link_inference import Meeting, infer_links
from timely.domain.knockout.source import WinnerOf
from timely.domain.knockout.tie import TieGame

# The FA Cup of 1990/91: Arsenal and Leeds met four times, Everton had the second replay at home as well.
ARSENAL = ["Arsenal 0-0 Leeds", "Leeds 1-1 Arsenal", "Arsenal 0-0 Leeds", "Leeds 1-2 Arsenal"]


EVERTON = ["Liverpool 0-0 Everton", "Everton 4-4 Liverpool", "Everton 1-0 Liverpool"]


def meetings_of(*games: str, round_: str = "Round of 16") -> list[Meeting]:
    found = []
    for game in games:
        home, score, away = game.split()
        scores = None if score == "v" else TieGame(*map(int, score.split("-")))
        found.append(Meeting(round_, home, away, scores))
    return found


@pytest.mark.parametrize(
    ("games", "legs", "winner"),
    [
        (ARSENAL, [1, 2, 3, 4], "home"),
        (EVERTON, [1, 2, 4], "away"),
        (ARSENAL[:2], [1, 2], None),
        ([*EVERTON[:2], "Everton v Liverpool"], [1, 2, 4], None),
        (["Ash 1-1 Birch", "Ash 0-2 Birch"], [1, 3], "away"),
        (["Ash 1-0 Birch", "Birch 1-0 Ash", "Ash 0-3 Birch"], [1, 2, 3], "away"),
    ],
)
def test_replays_are_one_tie_that_the_last_of_them_decides(games, legs, winner):
    found = infer_links(meetings_of(*games))
    assert [tie.code for tie in found.ties] == ["R16-1"]
    assert found.meetings == [("R16-1", leg) for leg in legs]
    assert found.winners == {"R16-1": winner}


def test_two_who_meet_again_after_a_decision_play_another_tie():
    assert len(infer_links(meetings_of("Ash 1-0 Birch", "Ash 2-0 Birch")).ties) == 2
    assert len(infer_links(meetings_of("Ash 1-0 Birch", "Birch 0-1 Ash", "Ash 1-0 Birch")).ties) == 2


def test_who_wins_the_last_replay_goes_on():
    final = meetings_of("Arsenal 2-0 Everton", round_="Final")
    found = infer_links([*meetings_of(*ARSENAL, *EVERTON), *final])
    last = found.ties[-1]
    assert (last.home, last.away) == (WinnerOf("R16-1"), WinnerOf("R16-2"))
