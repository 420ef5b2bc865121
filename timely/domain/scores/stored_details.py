"""Checks stored details of a score: whether tables and pages can read them."""

from collections.abc import Mapping
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.scores.cricket import read_innings
from timely.domain.scores.details import check_extra

# No score is higher, so no detail contradicts it: only the shape is checked.
ANY_SCORE = 10**9
ANY_LENGTH = 10**8  # an earlier version accepted details of any length


def is_readable(extra: object) -> bool:
    if not extra:
        return isinstance(extra, Mapping)
    try:
        check_extra(extra, ANY_SCORE, ANY_SCORE, "", most=ANY_LENGTH)
        assert isinstance(extra, Mapping)  # else check_extra would have refused it
        if extra.get("innings"):
            read_innings(extra["innings"], "innings")
    except (ValidationError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return False
    return (
        all(_are_pairs(extra.get(key)) for key in ("sets", "periods"))
        and _are_pairs(extra.get("tie_breaks"), may_lack=True)
    )  # fmt: skip


def _are_pairs(data: Any, *, may_lack: bool = False) -> bool:
    if not data:
        return True
    return isinstance(data, list | tuple) and all((one is None and may_lack) or _is_pair(one) for one in data)


def _is_pair(data: Any) -> bool:
    return isinstance(data, list | tuple) and len(data) == 2 and all(type(number) is int for number in data)
