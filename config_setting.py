"""Entry of the table of settings in config.py: a field of Config that carries its variable, default and parser."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, NamedTuple

from config_parsing import whole_number


class Setting(NamedTuple):
    """One variable of the environment, and one line of the table of settings in the README."""

    name: str
    default: str  # the text that is parsed if the variable is left out or blank
    parse: Callable[[str, str], Any]  # (text, name) → value
    meaning: str
    if_left_out: str  # the README's words for the default
    for_app: bool  # whether Flask's configuration has it under its name

    def read(self, environ: Mapping[str, str]) -> Any:
        """The value in *environ*. Raises ConfigError."""
        return self.parse(environ.get(self.name, "").strip() or self.default, self.name)


def setting(
    name: str,
    default: str,
    parse: Callable[[str, str], Any],
    meaning: str,
    *,
    if_left_out: str = "",
    for_app: bool = True,
    is_required: bool = False,
) -> Any:
    """The field of Config for a setting. With *is_required* a Config is not made without its value."""
    metadata = {"setting": Setting(name, default, parse, meaning, if_left_out or default, for_app)}
    return field(metadata=metadata) if is_required else field(default=parse(default, name), metadata=metadata)


def limit(name: str, default: int, meaning: str, *, least: int) -> Any:
    """The field of Config for a number up to a million."""
    return setting(name, str(default), whole_number(least, 1_000_000, f"{default} is usual."), meaning)
