"""Editable order of tie-breakers: a number for each, and buttons that move them."""

import re
from collections.abc import Iterable, Mapping, Sequence

from werkzeug.datastructures import MultiDict

from timely.domain.rules.tiebreakers import TIEBREAKERS
from timely.domain.translation import gettext


def criteria() -> list[str]:
    """The tie-breakers for one table, without those that only compare teams of different groups."""
    return [key for key, one in TIEBREAKERS.items() if not one.across_groups_alone]


class OrderList:
    """`name` is the prefix of its fields: "order" or "running". `chosen` are the tie-breakers, most important first."""

    def __init__(self, name: str, chosen: Iterable[str], titles: Mapping[str, str]) -> None:
        self.name = name
        self.chosen = [one for one in dict.fromkeys(chosen) if one in criteria()]
        self.titles = titles
        self.error = ""
        self.typed: dict[str, str] = {}

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """(tie-breaker, title, number in its field)."""
        return [
            (one, self.titles[one], self.typed.get(one, str(number))) for number, one in enumerate(self.chosen, start=1)
        ]

    @property
    def others(self) -> list[tuple[str, str]]:
        return [(one, self.titles[one]) for one in criteria() if one not in self.chosen]

    def read(self, sent: MultiDict[str, str]) -> None:
        """Reads the submitted list: sorted by the numbers, then changed by the button that was pressed."""
        if not self.is_on_page(sent):
            return
        self.chosen = [one for one in dict.fromkeys(sent.getlist(self.name)) if one in criteria()]
        self._sort({one: sent.get(f"{self.name}-{one}", "").strip() for one in self.chosen})
        action, _, criterion = sent.get(f"{self.name}-do", "").partition(" ")
        if action == "add":
            criterion = sent.get(f"{self.name}-add", "")
            if criterion in criteria() and criterion not in self.chosen:
                self.chosen.append(criterion)
        elif criterion in self.chosen and not self.error:
            self._move(action, criterion)

    def is_on_page(self, sent: Mapping[str, str]) -> bool:
        """Whether the list was on the submitted page; an empty one sends no tie-breakers."""
        return f"{self.name}-there" in sent

    def is_asked_to_change(self, sent: Mapping[str, str]) -> bool:
        """Whether one of its buttons was pressed, so that nothing is saved yet."""
        return bool(sent.get(f"{self.name}-do"))

    def _sort(self, typed: Mapping[str, str]) -> None:
        wrong = [one for one, text in typed.items() if not re.fullmatch(r"[0-9]{1,3}", text, re.ASCII)]
        if wrong:
            self.typed = dict(typed)
            self.error = gettext(
                "%(criterion)s needs a place in the list, from 1 to %(last)s.",
                criterion=self.titles[wrong[0]],
                last=len(self.chosen),
            )
            return
        self.chosen = by_numbers(self.chosen, [int(typed[one]) for one in self.chosen])

    def _move(self, action: str, criterion: str) -> None:
        at = self.chosen.index(criterion)
        if action == "up" and at > 0:
            self.chosen[at - 1 : at + 1] = [criterion, self.chosen[at - 1]]
        elif action == "down" and at + 1 < len(self.chosen):
            self.chosen[at : at + 2] = [self.chosen[at + 1], criterion]
        elif action == "remove":
            self.chosen.remove(criterion)


def by_numbers(listed: Sequence[str], numbers: Sequence[int]) -> list[str]:
    """The list sorted by *numbers*. Of equal numbers, an entry that moves up goes before the entry that is there, one
    that moves down goes behind it."""

    def key(at: int) -> tuple[int, int, int]:
        was, wanted = at + 1, numbers[at]
        return wanted, (wanted > was) - (wanted < was), at

    return [listed[at] for at in sorted(range(len(listed)), key=key)]
