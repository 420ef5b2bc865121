"""Forms of formats, one for each kind, so that a page shows only the choices of its kind."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, HiddenField

from timely.blueprints.formats.team_list import as_lines, read_groups, read_order
from timely.domain.errors import ValidationError
from timely.domain.formats.format import LARGEST_DRAW_NUMBER, LIMITS, TIE_OPTIONS, Format, check_format
from timely.domain.translation import lazy_gettext
from timely.models import Division, Event
from timely.services import formats
from timely.services.errors import RuleBroken
from timely.services.formats import FormatChoice
from timely.web.fields import BaseForm, ChoiceField, WholeNumberField, lines

# These options mean nothing if no knockout follows.
OF_A_KNOCKOUT = ("seeding", "third_place", "all_places", "legs", "final_legs")
LONGEST_LIST = 60_000
LEGS = [("1", lazy_gettext("One game")), ("2", lazy_gettext("Two games, home and away"))]


class FormatForm(BaseForm):
    """`fingerprint` is the fingerprint of the plan that was previewed; empty, the form asks for a preview."""

    kind = ""
    fingerprint = HiddenField()
    draw_number = WholeNumberField(lazy_gettext("Number of the draw"), *LIMITS["draw_number"], required=False)

    def draw_again(self) -> None:
        self.draw_number.data = secrets.randbelow(LARGEST_DRAW_NUMBER)

    def chosen(self) -> Format:
        """The format as entered. Raises RuleBroken for the field that is wrong."""
        values: dict[str, Any] = {"kind": self.kind}
        for name in Format.__dataclass_fields__:
            if name in self and name != "kind" and self[name].data not in (None, ""):
                data = self[name].data
                values[name] = int(data) if name in LIMITS else data
        if "draw" not in self or self["draw"].data not in ("pots", "lots"):
            values.pop("draw_number", None)
        if self.kind != "knockout" and not values.get("qualifiers"):
            values = {name: value for name, value in values.items() if name not in OF_A_KNOCKOUT}
        return checked(Format(**values))

    def choice(self, event: Event, division: Division | None) -> FormatChoice:
        """The format, teams and options as entered. Raises RuleBroken for the field that is wrong."""
        teams = formats.teams_of(event, division)
        options = {name: bool(self[name].data) for name in TIE_OPTIONS if name in self}
        chosen = self.chosen()
        order = self["order"].data or "" if "order" in self else ""
        if chosen.kind == "groups" and chosen.draw == "listed":
            by_hand = read_groups(order, teams, event.entrant)
            if len(by_hand) > 1:
                chosen = checked(replace(chosen, groups=len(by_hand)))  # the list determines the number of groups
                return FormatChoice(chosen, [team for group in by_hand for team in group], by_hand, options)
        listed = read_order(order, teams, event.entrant) if "order" in self else teams
        return FormatChoice(chosen, listed, (), options)


def checked(chosen: Format) -> Format:
    """The format, if its options are consistent. Raises RuleBroken for the field that is wrong."""
    try:
        return check_format(chosen)
    except ValidationError as fault:
        name = fault.path.split(".")[-1]
        raise RuleBroken(str(fault.sentence), field=name) from None


def _order() -> Any:
    return lines(lazy_gettext("The list"), LONGEST_LIST, render_kw={"rows": 12, "spellcheck": "false"})


class TiesForm(FormatForm):
    """The options of a knockout, which every kind of format may have."""

    third_place = BooleanField(lazy_gettext("A game for the third place"))
    all_places = BooleanField(lazy_gettext("The losers play on, so that everybody has a place of their own"))
    legs = ChoiceField(lazy_gettext("A tie is"), LEGS, default="1")
    final_legs = ChoiceField(lazy_gettext("The final is"), LEGS, default="1")
    away_goals = BooleanField(lazy_gettext("Away goals count double when two games are level"))
    extra_time = BooleanField(lazy_gettext("Extra time when level"))
    penalties = BooleanField(lazy_gettext("Then penalties, or whatever shoot-out the sport has"))


class LeagueForm(TiesForm):
    kind = "league"
    times = WholeNumberField(lazy_gettext("How often two meet"), *LIMITS["times"], default=1)
    qualifiers = WholeNumberField(lazy_gettext("How many go on to a knockout"), *LIMITS["qualifiers"], default=0)
    legs = ChoiceField(lazy_gettext("A knockout tie is"), LEGS, default="1")


class GroupsForm(LeagueForm):
    kind = "groups"
    groups = WholeNumberField(lazy_gettext("Number of groups"), 2, LIMITS["groups"][1], default=2)
    draw = ChoiceField(
        lazy_gettext("Who comes into which group"),
        [
            ("seeded", lazy_gettext("By strength, spread evenly")),
            ("pots", lazy_gettext("Drawn from pots")),
            ("lots", lazy_gettext("Drawn by lots")),
            ("listed", lazy_gettext("By hand, as listed")),
        ],
        default="seeded",
    )
    order = _order()
    qualifiers = WholeNumberField(lazy_gettext("How many of each group go on"), *LIMITS["qualifiers"], default=2)
    best_next = WholeNumberField(
        lazy_gettext("And how many of the best of the next place"), *LIMITS["best_next"], default=0
    )
    seeding = ChoiceField(
        lazy_gettext("Who meets whom then"),
        [("groups", lazy_gettext("By group: A1 – B2")), ("overall", lazy_gettext("First of all – last of all"))],
        default="groups",
    )


class KnockoutForm(TiesForm):
    kind = "knockout"
    draw = ChoiceField(
        lazy_gettext("Who meets whom"),
        [
            ("seeded", lazy_gettext("By strength: first – last")),
            ("listed", lazy_gettext("As listed: first – second")),
            ("lots", lazy_gettext("Drawn by lots")),
        ],
        default="seeded",
    )
    order = _order()


FORMS: dict[str, type[FormatForm]] = {"league": LeagueForm, "groups": GroupsForm, "knockout": KnockoutForm}


def suggested(event: Event, division: Division | None, kind: str) -> dict[str, Any]:
    """Initial values: the present format if it is of this kind, else the usual one for that many teams."""
    present = formats.format_of(event, division)
    data: dict[str, Any] = {"draw_number": secrets.randbelow(LARGEST_DRAW_NUMBER)}
    if present is not None and present.kind == kind:
        said = {name: getattr(present, name) for name in Format.__dataclass_fields__}
        said |= {name: str(said[name]) for name in ("legs", "final_legs")}
        if present.draw not in ("pots", "lots"):
            said["draw_number"] = data["draw_number"]
        data |= said | formats.tie_options_of(event, division)
        if kind == "groups" and present.draw == "listed":
            return data | {"order": as_lines(formats.groups_of(event, division))}
    else:
        data |= usual(kind, len(formats.teams_of(event, division)))
    return data | {"order": as_lines([formats.order_of(event, division)])}


def usual(kind: str, teams: int) -> dict[str, Any]:
    """Groups of about four, their number a power of two for a full bracket, and a third-place game."""
    decided = {"third_place": True, "penalties": True}
    if kind != "groups":
        return decided
    groups = max((count for count in (2, 4, 8, 16) if teams >= 3 * count), default=2)
    return decided | {"groups": groups, "qualifiers": 2 if teams >= 3 * groups else 1}


def hidden_values(form: FormatForm) -> Sequence[tuple[str, str]]:
    """(name, value) of all fields, to be sent again with the next button."""
    pairs = []
    for one in form:
        if one.type in ("CSRFTokenField", "HiddenField"):
            continue
        if one.type == "BooleanField":
            pairs += [(one.name, "y")] if one.data else []
        else:
            pairs.append((one.name, "" if one.data is None else str(one.data)))
    return pairs
