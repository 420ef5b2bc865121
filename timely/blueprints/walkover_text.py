"""Text added to a message if a change was to open a game, but the rules gave the game away as a walkover."""

from timely.domain.translation import gettext
from timely.models import Fixture


def given_text(fixture: Fixture) -> str:
    """ "Birch has withdrawn, so Ash has the game by walkover."; "" if that is not the case."""
    sides = (fixture.home_team, fixture.away_team)
    gone = [team for team in sides if team is not None and team.withdrawn]
    if fixture.status != "WALKOVER" or len(gone) != 1:
        return ""
    winner = next(team for team in sides if team is not None and team is not gone[0])
    names = {"team": gone[0].name, "winner": winner.name}
    if gone[0].withdrawn == "withdrawn":
        return gettext("%(team)s has withdrawn, so %(winner)s has the game by walkover.", **names)
    return gettext("%(team)s was expelled, so %(winner)s has the game by walkover.", **names)
