"""Team list of a format's form: one team per line, an empty line between groups."""

from collections.abc import Sequence

from timely.domain.text import same_name
from timely.domain.translation import gettext, gettext_noop
from timely.models import Team
from timely.models.entrants import Entrant
from timely.services.errors import RuleBroken

MOST_FAULTS = 8
# By the entrant's word.
UNKNOWN = {
    "team": gettext_noop("Line %(line)s: no team is called “%(name)s”."),
    "pair": gettext_noop("Line %(line)s: no pair is called “%(name)s”."),
    "player": gettext_noop("Line %(line)s: no player is called “%(name)s”."),
}


def as_lines(groups: Sequence[Sequence[Team]]) -> str:
    return "\n\n".join("\n".join(team.name for team in members) for members in groups)


def read_order(text: str, teams: Sequence[Team], entrant: Entrant) -> list[Team]:
    """The teams in the listed order, unlisted ones last. Raises RuleBroken that names every wrong line."""
    order = [team for group in _read(text, teams, entrant) for team in group]
    return order + [team for team in teams if team not in order]


def read_groups(text: str, teams: Sequence[Team], entrant: Entrant) -> list[list[Team]]:
    """The groups; a list without an empty line is one group. Raises RuleBroken that names every wrong line."""
    groups = _read(text, teams, entrant)
    there = {team.id for group in groups for team in group}
    missing = [team.name for team in teams if team.id not in there]
    if len(groups) > 1 and missing:
        names = ", ".join(f"“{name}”" for name in missing[:MOST_FAULTS])
        if len(missing) > MOST_FAULTS:
            raise RuleBroken(gettext("In no group yet: %(names)s and more.", names=names), field="order")
        raise RuleBroken(gettext("In no group yet: %(names)s.", names=names), field="order")
    return groups


def _read(text: str, teams: Sequence[Team], entrant: Entrant) -> list[list[Team]]:
    by_name = {same_name(team.name): team for team in teams}
    groups: list[list[Team]] = [[]]
    seen: dict[int, int] = {}
    faults = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if not line.strip():
            if groups[-1]:
                groups.append([])
            continue
        team = by_name.get(same_name(line))
        if team is None:
            faults.append(gettext(UNKNOWN[entrant.one], line=number, name=line.strip()[:40]))
        elif team.id in seen:
            faults.append(
                gettext(
                    "Line %(line)s: “%(name)s” stands in line %(other)s as well.",
                    line=number,
                    name=team.name,
                    other=seen[team.id],
                )
            )
        else:
            seen[team.id] = number
            groups[-1].append(team)
    if faults:
        more = len(faults) - MOST_FAULTS
        raise RuleBroken(
            "\n".join(faults[:MOST_FAULTS] + ([gettext("And %(number)s more.", number=more)] if more > 0 else [])),
            field="order",
        )
    return [group for group in groups if group]
