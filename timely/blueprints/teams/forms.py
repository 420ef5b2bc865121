"""The forms of teams: a list to paste, a line for each team, and the groups."""

from collections.abc import Iterable

from wtforms import Form, HiddenField, StringField

from timely.blueprints.fields import Clean, ColourField, HouseForm
from timely.blueprints.name_lists import PasteForm, names_field
from timely.models import Event, Team
from timely.services.stages import table_groups
from timely.services.teams import MOST_CHARACTERS

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class TeamsForm(PasteForm):
    noun, nouns = "team", "teams"
    names = names_field("Teams, one a line", noun, rows=10)


class TeamLine(Form):
    """One team. `was` are the name and colour that were shown: only what was touched is saved."""

    name = StringField("Name", [Clean(MOST_CHARACTERS, required="A team needs a name.")])
    colour = ColourField("Colour", render_kw={"list": "colours", "autocomplete": "off", "maxlength": 20, "size": 9})
    was = HiddenField()

    @property
    def is_touched(self) -> bool:
        return self.was.data != shown_as(self.name.data or "", self.colour.data or "")


def shown_as(name: str, colour: str) -> str:
    return f"{colour} {name}"


def line_of(team: Team, formdata: object = None) -> TeamLine:
    """The team's own small form inside the page's."""
    return TeamLine(
        formdata=formdata,
        data={"name": team.name, "colour": team.colour, "was": shown_as(team.name, team.colour)},
        prefix=f"team-{team.id}-",
    )


class GroupsForm(HouseForm):
    """Nothing but the protection; the groups come as one field a team."""


def dealt(teams: Iterable[Team], count: int) -> dict[int, str]:
    """{team id: letter}: the teams dealt out to so many groups, back and forth, so that strong ones are spread."""
    order = list(range(count)) + list(range(count - 1, -1, -1))
    return {team.id: LETTERS[order[place % len(order)]] for place, team in enumerate(teams)}


def saved_groups(event: Event) -> dict[int, str]:
    """{team id: group name}."""
    return {entry.team_id: group.name for group in table_groups(event) for entry in group.entries}


def group_names(event: Event) -> list[str]:
    """What one may choose from: the names there are, then letters."""
    there = [group.name for group in table_groups(event) if group.name]
    return [*there, *(letter for letter in LETTERS if letter not in there)]
