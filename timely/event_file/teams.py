"""Parses the teams of an event file, with the points taken off them and their fair-play totals."""

from timely.domain.errors import ValidationError
from timely.domain.statuses import WITHDRAWALS
from timely.domain.translation import lazy_gettext
from timely.domain.validation import whole_number
from timely.event_file.contents import DeductionPart, TeamPart
from timely.event_file.divisions import read_division
from timely.event_file.fields import Fields
from timely.event_file.limits import MOST_DEDUCTIONS, MOST_FAIR_PLAY, MOST_TEAMS
from timely.event_file.roster import Roster


def read_teams(fields: Fields, divisions: list[str]) -> list[TeamPart]:
    teams: dict[tuple[str | None, str], TeamPart] = {}
    for i, item in enumerate(fields.items("teams", MOST_TEAMS)):
        path = f"teams[{i}]"
        entry = Fields({"name": item} if isinstance(item, str) else item, path, fields.ignored)
        team = TeamPart(
            name=entry.text("name", most=80, required=True),
            colour=entry.colour("colour"),
            division=read_division(entry, divisions),
            members=entry.text("members", most=4000, lines=True),
            withdrawn=entry.choice("withdrawn", ("", *WITHDRAWALS), ""),
        )
        entry.note_unknown()
        if (team.division, team.name) in teams:
            message = lazy_gettext("%(name)s stands in the list twice", name=repr(team.name))
            if team.division is not None:
                message = lazy_gettext(
                    "%(name)s stands in the list of the division %(division)s twice",
                    name=repr(team.name),
                    division=repr(team.division),
                )
            raise ValidationError(path, message)
        teams[team.division, team.name] = team
    return list(teams.values())


def read_deductions(fields: Fields, roster: Roster) -> list[DeductionPart]:
    deductions = []
    for i, item in enumerate(fields.items("deductions", MOST_DEDUCTIONS)):
        entry = Fields(item, f"deductions[{i}]", fields.ignored)
        points = entry.whole("points")
        if points is None or not 0 < abs(points) <= 999:
            raise ValidationError(
                entry.at("points"), lazy_gettext("must be a whole number, such as 3 for three points taken off")
            )
        team = roster.find(entry.get("team", str), entry.at("team"))
        deductions.append(DeductionPart(team, points, entry.text("reason", most=200)))
        entry.note_unknown()
    return deductions


def read_fair_play(fields: Fields, roster: Roster) -> dict[str, int]:
    """{distinct name of a team: its points}."""
    totals = {}
    entry = Fields(fields.mapping("fair_play_totals", MOST_TEAMS), "fair_play_totals")
    for team in entry.data:
        points = entry.whole(team)
        if points is not None:
            whole_number(points, entry.at(team), -MOST_FAIR_PLAY, MOST_FAIR_PLAY)
            totals[roster.find(team, entry.at(team))] = points
    return totals
