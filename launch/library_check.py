"""Checks that a library has the private parts that a shortcut of Timely uses; logs once where it has not."""

import logging
from functools import cache
from typing import Any

log = logging.getLogger("timely.libraries")


def lacking(owner: Any, *names: str) -> list[str]:
    """The attributes that *owner*, a class or a module, does not have, each as `owner.name`."""
    return [f"{owner.__name__}.{name}" for name in names if not hasattr(owner, name)]


def unused(function: Any, *names: str) -> list[str]:
    """The names and string constants that do not occur in the code of *function*, each as `name in function`."""
    code = getattr(function, "__code__", None)
    known = {*code.co_names, *code.co_consts, *code.co_varnames, *code.co_cellvars} if code else set()
    name_of_it = getattr(function, "__qualname__", repr(function))
    return [f"{name} in {name_of_it}" for name in names if name not in known]


def is_known(library: str, shortcut: str, differences: list[str]) -> bool:
    """True without *differences*; else the log says once that *shortcut* is off, and why."""
    if differences:
        _tell(library, shortcut, ", ".join(differences))
    return not differences


@cache
def _tell(library: str, shortcut: str, differences: str) -> None:
    log.warning("%s is not as %s knows it, its own way is taken. Not found: %s.", library, shortcut, differences)
