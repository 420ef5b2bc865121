"""Parses what decides an order beside results: lots, external rankings, comparisons across groups."""

from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.rules.tiebreakers import TIEBREAKERS, by_hand
from timely.domain.standings.across_groups import EQUALISERS
from timely.domain.translation import lazy_gettext
from timely.domain.validation import a_list, shown
from timely.event_file.fields import Fields
from timely.event_file.roster import Roster


def read_names(value: Any, roster: Roster, path: str) -> list[str]:
    """A list of team names, each once."""
    names = a_list(value, path, most=len(roster.teams), needed=lazy_gettext("a list of team names, best first"))
    order = [roster.find(name, f"{path}[{i}]") for i, name in enumerate(names)]
    if len(set(order)) != len(order):
        raise ValidationError(path, lazy_gettext("names a team twice"))
    return order


def read_manual_order(data: Any, roster: Roster, path: str, ignored: set[str]) -> dict[str, list[str]]:
    entry = Fields(data or {}, path, ignored)
    order = {
        criterion: read_names(entry.get(criterion, list), roster, entry.at(criterion))
        for criterion in by_hand()
        if entry.get(criterion, list) is not None
    }
    entry.note_unknown()
    return order


def read_ranking(fields: Fields, key: str, roster: Roster) -> dict[str, Any] | None:
    """{`tiebreakers`: ids, `manual_order`: {tie-breaker: names}}, whichever spelling the file used.

    `unequal_groups` is present unless it is "as_is".
    """
    data = fields.get(key, dict)
    if data is None:
        return None
    entry = Fields(data, key, fields.ignored)
    spelling = "tiebreakers" if "tiebreakers" in data else "criteria"
    ids = entry.items(spelling, len(TIEBREAKERS))
    if not ids:
        raise ValidationError(
            entry.at("tiebreakers"),
            lazy_gettext("is missing: say in which order teams of different groups are compared"),
        )
    for i, criterion in enumerate(ids):
        if not isinstance(criterion, str) or criterion not in TIEBREAKERS:
            raise ValidationError(
                f"{entry.at(spelling)}[{i}]",
                lazy_gettext("%(criterion)s is not a tie-breaker", criterion=shown(criterion)),
            )
        if TIEBREAKERS[criterion].of:
            raise ValidationError(
                f"{entry.at(spelling)}[{i}]", lazy_gettext("teams of different groups have not met each other")
            )
    manual = data.get("manual_order")
    if isinstance(manual, list):
        entry.get("manual_order", list)
        criterion = next((one for one in by_hand() if one in ids), "drawing_of_lots")
        order = {criterion: read_names(manual, roster, entry.at("manual_order"))}
    else:
        order = read_manual_order(entry.get("manual_order", dict), roster, entry.at("manual_order"), fields.ignored)
    if entry.get("external_rank", list) is not None:
        order["external_rank"] = read_names(data["external_rank"], roster, entry.at("external_rank"))
    equalise = entry.choice("unequal_groups", EQUALISERS, "as_is")
    entry.note_unknown()
    ranking = {"tiebreakers": list(ids), "manual_order": order}
    return ranking if equalise == "as_is" else ranking | {"unequal_groups": equalise}
