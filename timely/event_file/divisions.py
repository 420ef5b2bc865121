"""Parses the divisions of an event file: their names, their groups, and the options of their stages."""

from collections.abc import Mapping
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.formats.format import KINDS, TIE_OPTIONS, read_format, unknown_format_keys
from timely.domain.text import clean_text
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.domain.validation import a_list, refuse
from timely.event_file.contents import StagePart
from timely.event_file.fields import Fields, name_in
from timely.event_file.limits import MOST_GROUPS, MOST_PLACES, Total
from timely.event_file.roster import Roster

MOST_DIVISIONS = 50

Groups = dict[str, list[str]]


def read_divisions(fields: Fields) -> list[str]:
    names: list[str] = []
    for i, item in enumerate(fields.items("divisions", MOST_DIVISIONS)):
        name = Fields({"name": item}, f"divisions[{i}]").text("name", most=60, required=True)
        if name in names:
            raise ValidationError(f"divisions[{i}]", lazy_gettext("%(name)s stands in the list twice", name=repr(name)))
        names.append(name)
    return names


def read_all_groups(fields: Fields, roster: Roster, divisions: list[str]) -> dict[str | None, Groups]:
    """{division: its groups}; those of teams that are in no division are under None."""
    found: dict[str | None, Groups] = {}
    counted, places = (
        Total(MOST_GROUPS, gettext_noop("makes %(count)s groups in all, at most %(most)s")),
        Total(MOST_PLACES, gettext_noop("makes %(count)s places of teams in groups in all, at most %(most)s")),
    )
    division_of = roster.division_of
    plain = fields.mapping("groups", MOST_GROUPS)
    if plain:
        counted.add(plain, "groups")
        found[None] = _read_groups(plain, roster, "groups", None, places)
    for division, groups in fields.mapping("division_groups", MOST_DIVISIONS).items():
        path = f"division_groups.{division[:40]}"
        name_in(division, set(divisions), path, "division")
        if not isinstance(groups, dict):
            refuse(groups, path, lazy_gettext('an object such as {"A": ["Ash", "Birch"]}'))
        counted.add(groups, path)
        found[division] = _read_groups(groups, roster, path, division, places)
    for home, groups in found.items():
        for name, members in groups.items():
            for i, member in enumerate(members):
                if division_of[member] != home:
                    _refuse_foreign(member, division_of[member], home, f"{name}[{i}]")
    return found


def _refuse_foreign(member: str, division: str | None, home: str | None, where: str) -> None:
    if home is None:
        message = lazy_gettext(
            "%(team)s is in the division %(division)s; write its group under division_groups",
            team=repr(member),
            division=repr(division),
        )
        raise ValidationError(f"groups.{where}", message)
    message = lazy_gettext("%(team)s is in no division", team=repr(member))
    if division is not None:
        message = lazy_gettext("%(team)s is in the division %(division)s", team=repr(member), division=repr(division))
    raise ValidationError(f"division_groups.{home[:40]}.{where}", message)


def _read_groups(data: Mapping[str, Any], roster: Roster, where: str, division: str | None, places: Total) -> Groups:
    groups: Groups = {}
    for raw_name, members in data.items():
        path = f"{where}.{raw_name[:40]}"
        name = clean_text(raw_name, path, most=40)
        if not name or name in groups:
            raise ValidationError(path, lazy_gettext("needs a name of its own"))
        places.add(a_list(members, path, needed=lazy_gettext("a list of team names")), path)
        groups[name] = [roster.find(member, f"{path}[{i}]", division) for i, member in enumerate(members)]
        if len(set(groups[name])) != len(members):
            raise ValidationError(path, lazy_gettext("names a team twice"))
    return groups


def read_stages(fields: Fields, divisions: list[str]) -> list[StagePart]:
    stages: list[StagePart] = []
    for i, item in enumerate(fields.items("stages", 2 * MOST_DIVISIONS + 2)):
        entry = Fields(item, f"stages[{i}]", fields.ignored)
        division = read_division(entry, divisions)
        kind = entry.choice("kind", KINDS, "league")
        if any((stage.division, stage.kind == "knockout") == (division, kind == "knockout") for stage in stages):
            raise ValidationError(entry.path, lazy_gettext("this stage stands in the list twice"))
        stages.append(StagePart(division, kind, _read_options(entry), entry.flag("by_hand")))
        entry.note_unknown()
    return stages


def _read_options(entry: Fields) -> dict[str, Any]:
    data = entry.get("options", dict)
    if data is None:
        return {}
    options = Fields(data, entry.at("options"), entry.ignored)
    found: dict[str, Any] = {name: True for name in TIE_OPTIONS if options.flag(name)}
    if options.get("format", dict) is not None:
        found["format"] = read_format(data["format"], options.at("format")).as_dict()
        options.ignored.update(unknown_format_keys(data["format"], "stages[].options.format"))
    options.note_unknown()
    return found


def read_division(entry: Fields, divisions: list[str]) -> str | None:
    """The division that the entry names, None if it names none."""
    name = entry.get("division", str)
    return None if name is None else name_in(name, set(divisions), entry.at("division"), "division")
