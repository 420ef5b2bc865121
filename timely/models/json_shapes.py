"""Validates the shape of JSON columns."""

from collections.abc import Callable
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.knockout.source import read_source
from timely.domain.rules.rules import rules_of
from timely.domain.timetable import read_settings


def are_rules(data: Any) -> bool:
    return _is_read(rules_of, data)


def is_source(data: Any) -> bool:
    return _is_read(read_source, data)


def is_timetable(data: Any) -> bool:
    return _is_read(read_settings, data)


def is_order(data: Any) -> bool:
    """{criterion: [team id]}"""
    return all(isinstance(ids, list) and all(type(one) is int for one in ids) for ids in data.values())


def are_totals(data: Any) -> bool:
    """{team id as text: points}"""
    return all(key.isdecimal() and isinstance(points, int) for key, points in data.items())


def is_ranking(data: Any) -> bool:
    """Whether it is a ranking in the event file's format, with team ids in `manual_order`."""
    order, criteria = data.get("manual_order", {}), data.get("tiebreakers", [])
    return isinstance(order, dict) and is_order(order) and isinstance(criteria, list | tuple)


def is_frozen(data: Any) -> bool:
    return isinstance(data.get("fixtures"), dict) and isinstance(data.get("withdrawn", {}), dict)


def are_slots(data: Any) -> bool:
    """[{\"teams\": [[group, position], …]}]"""
    return all(isinstance(slot, dict) and all(len(team) == 2 for team in slot["teams"]) for slot in data)


def _is_read(read: Callable[[Any], object], data: Any) -> bool:
    try:
        read(data)
    except ValidationError:
        return False
    return True
