"""Race: the first side with a number of points and a lead wins. A set is one, and so is a tie-break."""

from dataclasses import dataclass

from timely.domain.rules.set_rules import SetRules
from timely.domain.translation import LazyText, gettext_noop, lazy_gettext, lazy_pgettext

NUMBERS = {
    2: lazy_pgettext("points of lead", "two"),
    3: lazy_pgettext("points of lead", "three"),
    4: lazy_pgettext("points of lead", "four"),
}


@dataclass(frozen=True, slots=True)
class Race:
    to: int
    clear: int
    cap: int | None = None

    def is_over(self, home: int, away: int) -> bool:
        ahead, behind = max(home, away), min(home, away)
        return ahead >= self.to and (ahead - behind >= self.clear or (self.cap is not None and ahead >= self.cap))

    def can_stand(self, home: int, away: int) -> bool:
        """Whether the race can be at that score, under way or over."""
        ahead, behind = max(home, away), min(home, away)
        # The closest course alternates up to behind-all; no side scores once it is over.
        was_open = behind == 0 or not self.is_over(behind, behind - 1)
        return was_open and (ahead == behind or not self.is_over(ahead - 1, behind))

    def can_end(self, home: int, away: int) -> bool:
        return self.is_over(home, away) and self.can_stand(home, away)

    @property
    def text(self) -> LazyText:
        """The race in words: "to 21, two clear, 30 at most"."""
        clear = NUMBERS.get(self.clear, self.clear)
        if self.clear > 1 and self.cap is not None:
            message = gettext_noop("to %(to)s, %(clear)s clear, %(cap)s at most")
        elif self.clear > 1:
            message = gettext_noop("to %(to)s, %(clear)s clear")
        elif self.cap is not None:
            message = gettext_noop("to %(to)s, %(cap)s at most")
        else:
            message = gettext_noop("to %(to)s")
        return lazy_gettext(message, to=self.to, clear=clear, cap=self.cap)

    def __str__(self) -> str:
        return str(self.text)


def races(rules: SetRules, *, deciding: bool) -> tuple[Race, ...]:
    """The ways in which such a set may be played."""
    if rules.to is None:
        return ()
    if not deciding:
        return (Race(rules.to, rules.clear, rules.cap),)
    last_to = rules.last_to or rules.to
    cap = rules.last_cap or (rules.cap if last_to == rules.to else None)
    found = (Race(last_to, rules.clear, cap),)
    return (*found, Race(rules.match_tie_break, 2)) if rules.match_tie_break else found
