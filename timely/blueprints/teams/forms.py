"""Forms of teams: a pasted list, a line for each team, and the groups."""

import hashlib
from collections.abc import Iterable, Mapping

from wtforms import Form, HiddenField, StringField, TextAreaField

from timely.blueprints.name_lists import PasteForm, names_field
from timely.domain.translation import gettext, lazy_gettext, ngettext
from timely.fingerprint import fingerprint
from timely.models import Division, Event, Team
from timely.models.ids import read_id
from timely.services.stages import table_stage
from timely.services.teams import MOST_CHARACTERS, MOST_MEMBERS, TeamDetails, details_of
from timely.web.fields import BaseForm, ChoiceField, Clean, ColourField

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# By the kind of entrants.
TITLES = {"team": lazy_gettext("Teams"), "pair": lazy_gettext("Pairs"), "person": lazy_gettext("Players")}
NAMES_LABELS = {
    "team": lazy_gettext("Teams, one a line"),
    "pair": lazy_gettext("Pairs, one a line"),
    "person": lazy_gettext("Players, one a line"),
}


class TeamsForm(PasteForm):
    """`division` is a division's id; the page shows it only if the event has divisions."""

    names = names_field(lazy_gettext("Teams, one a line"), lazy_gettext("Type or paste at least one team."), rows=10)
    division = ChoiceField(lazy_gettext("Division"), default="")
    entrants = "team"

    def for_event(self, event: Event) -> "TeamsForm":
        self.entrants = event.entrants
        self.names.label.text = NAMES_LABELS[event.entrants]
        self.division.offer(division_choices(event))
        return self

    def added_text(self, number: int) -> str:
        if self.entrants == "pair":
            return ngettext("%(num)s pair is added.", "%(num)s pairs are added.", number)
        if self.entrants == "person":
            return ngettext("%(num)s player is added.", "%(num)s players are added.", number)
        return ngettext("%(num)s team is added.", "%(num)s teams are added.", number)

    def chosen_division(self, event: Event) -> Division | None:
        return next((one for one in event.divisions if str(one.id) == self.division.data), None)


class TeamLine(Form):
    """One team. `was` identifies the values that were shown: only changed lines are saved."""

    name = StringField(lazy_gettext("Name"), [Clean(MOST_CHARACTERS, required=lazy_gettext("Type a name."))])
    colour = ColourField(lazy_gettext("Colour"), render_kw={"list": "colours", "autocomplete": "off", "size": 9})
    division = ChoiceField(lazy_gettext("Division"), default="")
    members = TextAreaField(lazy_gettext("Names"), [Clean(MOST_MEMBERS, lines=True)], render_kw={"rows": 3})
    was = HiddenField()

    @property
    def is_touched(self) -> bool:
        return bool(self.was.data != shown_as(self.details()))

    def details(self) -> TeamDetails:
        return TeamDetails(
            self.name.data or "",
            self.colour.data or "",
            self.members.data or "",
            read_id(self.division.data or "") or None,
        )


def shown_as(details: TeamDetails) -> str:
    return f"{details.colour} {details.division_id or ''} {details.name} {hash_of(details.members)}"


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8] if text else ""


def line_of(team: Team, event: Event, formdata: object = None) -> TeamLine:
    """The team's subform on the page."""
    details = details_of(team)
    line = TeamLine(
        formdata=formdata,
        data={
            "name": details.name,
            "colour": details.colour,
            "division": str(details.division_id or ""),
            "members": details.members,
            "was": shown_as(details),
        },
        prefix=f"team-{team.id}-",
    )
    line.division.offer(division_choices(event))
    return line


def division_choices(event: Event) -> list[tuple[str, str]]:
    none = (
        [("", gettext("No division"))]
        if not event.divisions or any(team.division_id is None for team in event.teams)
        else []
    )
    return [*none, *((str(one.id), one.name) for one in event.divisions)]


class GroupsForm(BaseForm):
    """The groups are sent as one field per team; `was` is the fingerprint of those that were saved when rendered."""

    was = HiddenField()


def snake_groups(teams: Iterable[Team], count: int) -> dict[int, str]:
    """{team id: letter}: the teams snake_groups into *count* groups, back and forth, so that strong ones are spread."""
    order = list(range(count)) + list(range(count - 1, -1, -1))
    return {team.id: LETTERS[order[place % len(order)]] for place, team in enumerate(teams)}


def saved_groups(event: Event, division_id: int | None = None) -> dict[int, str]:
    """{team id: group name}."""
    stage = table_stage(event, division_id)
    return {entry.team_id: group.name for group in (stage.groups if stage else ()) for entry in group.entries}


def mark_of_groups(groups: Mapping[int, str]) -> str:
    return fingerprint(sorted((team_id, name) for team_id, name in groups.items() if name))


def group_names(event: Event, division_id: int | None = None) -> list[str]:
    """The names to choose from: those in use, then letters."""
    stage = table_stage(event, division_id)
    there = [group.name for group in (stage.groups if stage else ()) if group.name]
    return [*there, *(letter for letter in LETTERS if letter not in there)]
