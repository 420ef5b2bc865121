"""Roster of an event file: finds the team that a name in the file means."""

from collections.abc import Sequence
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.list_text import either
from timely.domain.team_names import distinct_names
from timely.domain.text import plain
from timely.domain.translation import lazy_gettext
from timely.domain.validation import refuse
from timely.event_file.contents import TeamPart
from timely.event_file.fields import name_in


class Roster:
    """The teams of a file by their distinct names ("Ash", or "Ash (U9)" where several are called "Ash")."""

    def __init__(self, teams: Sequence[TeamPart]) -> None:
        names = distinct_names((team.name, team.division) for team in teams)
        self.teams = dict(zip(names, teams, strict=True))
        self.division_of = {name: team.division for name, team in self.teams.items()}
        self._in_division = {(team.division, team.name): name for name, team in self.teams.items()}
        self._called: dict[str, list[str]] = {}
        for name, team in self.teams.items():
            self._called.setdefault(team.name, []).append(name)
        self._with_division = {f"{team.name} ({team.division})": name for name, team in self.teams.items()}

    def find(self, value: Any, path: str, division: str | None = None) -> str:
        """The distinct name of the team that *value* names, preferably one of *division*.

        Raises ValidationError if no team has that name, or several have.
        """
        if not isinstance(value, str):
            refuse(value, path, lazy_gettext("the name of a team"))
        name = plain(value)
        found = self._known(name, division)
        if found is None:
            if len(self._called.get(name, ())) > 1:
                choices = either([repr(one) for one in self._called[name][:4]])
                raise ValidationError(
                    path,
                    lazy_gettext(
                        "several teams are called %(name)s; write %(choices)s", name=repr(name[:60]), choices=choices
                    ),
                )
            found = name_in(name, self.division_of, path, "team")
        return found

    def _known(self, name: str, division: str | None) -> str | None:
        here = self._in_division.get((division, name)) if division is not None else None
        if here is not None or name in self.division_of:
            return here or name
        return self._with_division.get(name)

    def division_meant(self, *values: Any) -> str | None:
        """The one division of those *values* that name a single team; None if they name none, or several."""
        names = [self._known(plain(value), None) for value in values if isinstance(value, str)]
        divisions = {self.division_of[name] for name in names if name is not None} - {None}
        return divisions.pop() if len(divisions) == 1 else None
