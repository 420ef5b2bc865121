"""Stored texts of Timely's own: kept as messages with their values, and worded when they are read."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from timely.domain.translation import LazyText

Words = dict[str, list[dict[str, Any]]]


class Worded(Protocol):
    """A record with texts; `words` has the lines of those that Timely has written, by the name of their column."""

    @property
    def words(self) -> dict[str, Any] | None: ...


def words_of(lines: Mapping[str, Sequence[LazyText]]) -> Words:
    """The lines of each text as they are stored."""
    return {name: [line.as_row() for line in texts] for name, texts in lines.items()}


def stored_text(record: Worded, name: str) -> str:
    """The text in the reader's language, or as somebody has typed it."""
    lines = (record.words or {}).get(name)
    if not lines:
        return str(getattr(record, name))
    return "\n".join(str(LazyText.from_row(line)) for line in lines)
