"""Sides of knockout games that stay empty: labelled, and the game awarded to the opponent or cancelled."""

from collections.abc import Set

from timely.models import Fixture, Team
from timely.models.fixture import NOBODY
from timely.services.forfeits import award
from timely.services.side_labels import SIDES

TO_COME = ("SCHEDULED", "POSTPONED")


def was_awarded(fixture: Fixture) -> bool:
    """Whether the game was not played but awarded, because the opponent is missing or has withdrawn."""
    return fixture.status == "WALKOVER" and any(team is None or team.withdrawn for team in _sides(fixture))


def is_awaited_again(fixture: Fixture, nobody: Set[str]) -> bool:
    """Whether a side that was empty when the game was awarded waits for a team again."""
    return any(getattr(fixture, f"{side}_team") is None and side not in nobody for side in SIDES)


def label_empty_sides(fixture: Fixture, nobody: Set[str]) -> bool:
    """Labels the sides that stay empty; cancels a game that neither side comes to. Returns whether a label changed."""
    was = {side for side in SIDES if getattr(fixture, f"{side}_label") == NOBODY}
    for side in SIDES:
        if (side in was) != (side in nobody):
            setattr(fixture, f"{side}_label", NOBODY if side in nobody else "")
    if len(nobody) == 2 and fixture.status in TO_COME:
        fixture.status = "CANCELLED"
    elif len(was) == 2 > len(nobody) and fixture.status == "CANCELLED":
        fixture.status = "SCHEDULED"
    return was != nobody


def award_to_opponent(fixture: Fixture, nobody: Set[str]) -> bool:
    """Awards a knockout game to the opponent of a team that has withdrawn or does not come. Returns whether it did."""
    if fixture.status not in TO_COME:
        return False
    teams = dict(zip(SIDES, _sides(fixture), strict=True))
    gone = {side for side, team in teams.items() if side in nobody or (team is not None and team.withdrawn)}
    there = [side for side, team in teams.items() if team is not None and side not in gone]
    if len(gone) != 1 or len(there) != 1:
        return False
    award(fixture, there[0], by=None)
    return True


def _sides(fixture: Fixture) -> tuple[Team | None, Team | None]:
    return fixture.home_team, fixture.away_team
