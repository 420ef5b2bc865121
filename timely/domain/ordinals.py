"""Ordinal numbers as lazy texts: "3rd" in English, as its message has it in another language."""

from dataclasses import dataclass

from timely.domain.knockout.source import ordinal
from timely.domain.translation import ENGLISH, current_language, lazy_pgettext


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal that becomes a text of the reader's language whenever it becomes a string."""

    number: int

    def __str__(self) -> str:
        if current_language() == ENGLISH:
            return ordinal(self.number)
        return str(lazy_pgettext("ordinal number, such as 3rd", "%(number)s.", number=self.number))
