"""Slots of a knockout in an event file: the places in groups whose teams each of its games waits for."""

from collections.abc import Container, Sequence
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.text import clean_text
from timely.domain.translation import lazy_gettext
from timely.event_file.fields import Fields
from timely.event_file.limits import MOST_SLOTS

Source = dict[str, Any]  # where a side of a tie comes from, as timely.domain.knockout.source has it


def read_slots(fields: Fields, groups: dict[str, list[str]]) -> list[dict[str, Any]]:
    """[{`round`, `teams`: [[group, position], …]}]; a group such as "C/D/E" stands for the best of several."""
    slots = []
    for i, item in enumerate(fields.items("slots", MOST_SLOTS)):
        entry = Fields(item, f"slots[{i}]", fields.ignored)
        places = entry.items("teams", 2)
        slot = {
            "round": entry.text("round", most=60, required=True),
            "teams": [_read_place(place, groups, f"{entry.at('teams')}[{j}]") for j, place in enumerate(places)],
        }
        entry.note_unknown()
        slots.append(slot)
    return slots


def _read_place(place: Any, groups: dict[str, list[str]], path: str) -> list[Any]:
    if (
        not isinstance(place, list)
        or len(place) != 2
        or not isinstance(place[0], str)
        or not isinstance(place[1], int)
        or isinstance(place[1], bool)
    ):
        raise ValidationError(path, lazy_gettext('must be a group and a position, such as ["A", 1]'))
    name = clean_text(place[0], path, most=80)
    for group in [name] if name in groups else name.split("/"):
        if group not in groups:
            raise ValidationError(path, lazy_gettext("there is no group %(group)s", group=repr(group[:40])))
    if not 1 <= place[1] <= 500:
        raise ValidationError(path, lazy_gettext("a position starts at 1"))
    return [name, place[1]]


class OpenSlots:
    """The slots that no match of the file has taken yet."""

    def __init__(self, slots: list[dict[str, Any]], groups: dict[str, list[str]]) -> None:
        self._groups = groups
        self._by_round: dict[str, list[dict[str, Any]]] = {}
        for slot in slots:
            self._by_round.setdefault(slot["round"], []).append(slot)

    def left(self) -> list[dict[str, Any]]:
        return [slot for slots in self._by_round.values() for slot in slots]

    def take(self, round_name: str, teams: Sequence[Any]) -> tuple[Source | None, Source | None]:
        """The sources of both sides of a match, by the first slot of its round that fits; None if none does."""
        waiting = self._by_round.get(round_name, [])
        slot = next((one for one in waiting if _may_be(teams, one["teams"], self._groups)), None)
        if slot is None:
            return None, None
        waiting.remove(slot)
        places = slot["teams"]
        home, away = [_source_of(place, self._groups) for place in places[:2]] + [None] * (2 - len(places[:2]))
        return home, away


def _may_be(names: Sequence[Any], places: Sequence[Any], groups: dict[str, list[str]]) -> bool:
    """Whether these two teams could come from these places; slots are in bracket order, matches in order of time."""
    for name, (group, _) in zip(names, places, strict=False):
        members = [groups.get(one, ()) for one in ([group] if group in groups else group.split("/"))]
        if isinstance(name, str) and not any(name.strip() in one for one in members):
            return False
    return True


def _source_of(place: Sequence[Any], groups_there: Container[str]) -> Source:
    """A slot's place as a source: ["A", 1], or ["C/D/E", 3] for the best of several."""
    groups = [place[0]] if place[0] in groups_there else str(place[0]).split("/")
    return {"group": groups[0], "position": place[1]} if len(groups) == 1 else {"groups": groups, "position": place[1]}
